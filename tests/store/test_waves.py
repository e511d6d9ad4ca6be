"""Waves: states move one way by one hand, the sample is written once."""

from datetime import date

import pytest
from msgspec.structs import replace

from survey.errors import NotFound, RuleBroken
from survey.model.waves import SampleCell, Thresholds, Unit, released_until
from survey.store import waves
from tests.store.conftest import wave


def test_a_wave_comes_back_as_it_was(planned):
    with planned.read() as tx:
        assert waves.find(tx, "w1") == wave()


@pytest.mark.parametrize("again", [wave("w1", 2), wave("w2", 1)])
def test_an_id_and_a_number_are_given_once(planned, again):
    with planned.write() as tx:
        assert not waves.add(tx, again)


def test_all_come_by_programme_and_number(planned):
    with planned.write() as tx:
        waves.add(tx, wave("a", 3))
        waves.add(tx, wave("b", 2))
    with planned.read() as tx:
        assert [each.wave_id for each in waves.list_all(tx)] == ["w1", "b", "a"]


def test_a_state_moves_from_the_one_before_and_once(planned):
    with planned.write() as tx:
        assert not waves.move(tx, "w1", old="sampled", new="open")
        assert waves.move(tx, "w1", old="planned", new="sampled")
        assert not waves.move(tx, "w1", old="planned", new="sampled")
        assert waves.find(tx, "w1").state == "sampled"


def test_a_destroyed_print_key_is_noted(planned):
    with planned.write() as tx:
        assert waves.find(tx, "w1").print_destroyed is False
        waves.note_print_destroyed(tx, "w1")
        assert waves.find(tx, "w1").print_destroyed is True


def test_units_and_sample_come_back_in_order(planned):
    units = [Unit(unit_id=each, label=f"Team {each}") for each in ("b", "a")]
    cells = [SampleCell(unit_id="b", cell="all", invited=30)]
    with planned.write() as tx:
        waves.add_units(tx, "w1", units)
        waves.add_sample(tx, "w1", cells)
    with planned.read() as tx:
        assert [each.unit_id for each in waves.units(tx, "w1")] == ["a", "b"]
        assert waves.sample(tx, "w1") == cells


@pytest.mark.parametrize(
    "wrong",
    [
        replace(wave("w2", 2), thresholds=Thresholds(k=9)),
        replace(wave("w2", 2), closes_on=wave().opens_on.replace(day=1)),
        replace(wave("w2", 2), form_version="0" * 64),
        replace(wave("w2", 2), programme_id="nobody"),
        replace(wave("w2", 2), number=0),
    ],
)
def test_the_database_itself_refuses_what_must_never_be(planned, wrong):
    with pytest.raises(RuleBroken), planned.write() as tx:
        waves.add(tx, wrong)


def test_a_sample_is_written_once(planned):
    cell = SampleCell(unit_id="a", cell="all", invited=30)
    with planned.write() as tx:
        waves.add_units(tx, "w1", [Unit(unit_id="a", label="Team")])
        waves.add_sample(tx, "w1", [cell])
    with pytest.raises(RuleBroken), planned.write() as tx:
        waves.add_sample(tx, "w1", [replace(cell, invited=31)])


def test_an_unknown_wave_is_told(database):
    with pytest.raises(NotFound, match="wave=w9"), database.read() as tx:
        waves.find(tx, "w9")


def test_a_wave_remembers_the_day_on_which_it_was_closed(planned):
    early = date(2026, 11, 16)
    with planned.write() as tx:
        assert not waves.close(tx, "w1", early)
        waves.move(tx, "w1", old="planned", new="open")
        assert waves.close(tx, "w1", early)
        closed = waves.find(tx, "w1")
    assert (closed.state, closed.closed_on, closed.closes_on) == ("closed", early, wave().closes_on)
    assert closed.last_day == early


def test_a_planned_wave_is_corrected_and_a_sampled_one_is_not(planned):
    other = replace(
        wave(), title="Herbst", closes_on=date(2026, 12, 6), thresholds=Thresholds(k=15)
    )
    with planned.write() as tx:
        assert waves.correct(tx, other)
        assert waves.find(tx, "w1") == other
        waves.move(tx, "w1", old="planned", new="sampled")
        assert not waves.correct(tx, wave())


def test_a_withdrawn_wave_stays_with_its_reason_and_goes_no_further(planned):
    with planned.write() as tx:
        assert waves.withdraw(tx, "w1", on=date(2026, 10, 20), because="Umzug des Hauses")
        assert not waves.withdraw(tx, "w1", on=date(2026, 10, 21), because="noch einmal")
        gone = waves.find(tx, "w1")
        assert (gone.state, gone.withdrawn_because) == ("withdrawn", "Umzug des Hauses")
        assert not waves.move(tx, "w1", old="planned", new="sampled")
        assert not waves.correct(tx, wave())


def test_a_prolonged_wave_keeps_the_day_that_letters_say(planned):
    first, second, third = wave().closes_on, date(2026, 12, 7), date(2026, 12, 14)
    with planned.write() as tx:
        assert not waves.prolong(tx, "w1", old=first, new=second)
        waves.move(tx, "w1", old="planned", new="open")
        assert waves.prolong(tx, "w1", old=first, new=second)
        assert not waves.prolong(tx, "w1", old=first, new=third)
        assert waves.prolong(tx, "w1", old=second, new=third)
        there = waves.find(tx, "w1")
    assert (there.closes_on, there.letters_say) == (third, first)
    assert there.shown_until == released_until(first)
