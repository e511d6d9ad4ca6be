"""Waves: states move one way by one hand, the sample is written once."""

import pytest
from msgspec.structs import replace

from survey.errors import NotFound, RuleBroken
from survey.model.waves import SampleCell, Thresholds, Unit
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
        assert [each.wave_id for each in waves.every(tx)] == ["w1", "b", "a"]


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
