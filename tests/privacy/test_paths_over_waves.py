"""Nobody can be followed from wave to wave: not by a report run, not by the registry, opened."""

from collections import Counter
from datetime import date

import pytest

from survey.errors import Refused
from survey.report import make
from survey.report.measure import open_waves
from survey.report_types import SATISFACTION
from survey.statistics.disclosure import registry
from survey.store import registry as stored
from survey.store import responses
from tests.report import worlds
from tests.world import answered

PROGRAMME = "zufriedenheit"
UNITS = {f"u{i}": 80 for i in range(3)}
YEARS = (2023, 2024, 2025)
PEOPLE = 120
DOMAIN = "recipient.main"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """The same people answer three waves, all of them reported."""
    home = answered.build(tmp_path_factory.mktemp("path") / "house")
    for number, year in enumerate(YEARS):
        people = answered.people(worlds.answered(answered.SHORT, PEOPLE, seed=number), list(UNITS))
        days = (date(year, 2, 1), date(year, 3, 1))
        wave_id = f"in-{year}"
        answered.wave(
            home, wave_id, number + 2, people, days=days, invited=UNITS, form=answered.SHORT
        )
        make.freeze(home.services(), wave_id, SATISFACTION.name, lambda _: None)
    yield home.services()
    home.database.close()


def run(services, *years):
    """Run ids of one run over the waves of these years, by the sheet that came with each."""
    waves = [f"in-{year}" for year in years]
    return {
        sheet.member: run_id
        for _, run_id, sheet in open_waves.open_together(services, waves, "main")
    }


def test_a_run_names_nobody_as_another_run_did(services):
    first, second, other = run(services, 2023), run(services, 2023), run(services, 2024)
    assert len(first) == len(other) == PEOPLE
    assert first.keys() == second.keys()
    assert set(first.values()).isdisjoint(second.values())
    assert set(first.values()).isdisjoint(other.values())


def test_a_run_over_several_waves_pairs_each_person_and_the_next_run_does_not(services):
    first, second = run(services, *YEARS), run(services, *YEARS)
    assert len(first) == len(YEARS) * PEOPLE
    assert set(Counter(first.values()).values()) == {len(YEARS)}
    assert set(first.values()).isdisjoint(second.values())


def test_no_two_waves_share_a_member_of_the_registry(services):
    """The people are the same; the registry knows sheets, each of one wave alone."""
    with services.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
    known = registry.loads(services.evaluator.open_registry(PROGRAMME, row.body))
    whole = [e.populations[0].members for e in known.entries if e.variable == "satisfaction/w1"]
    assert len(whole) == len(YEARS)
    assert all(a.overlap(b) == 0 for i, a in enumerate(whole) for b in whole[:i])
    # Sheets of main, the helps' own block if any, and circumstances: no sheet counted twice.
    assert len(known.universe) % PEOPLE == 0
    assert len(known.universe) >= len(YEARS) * PEOPLE


def test_marks_and_members_have_nothing_in_common(services):
    """A stolen registry and a stolen database, both opened, still do not meet in a pseudonym."""
    with services.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
        marks = [one.mark for year in YEARS for one in responses.sealed(tx, f"in-{year}", DOMAIN)]
    plain = services.evaluator.open_registry(PROGRAMME, row.body)
    assert all(mark not in plain and mark[:8] not in plain for mark in marks)


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    """Two waves in which some people have moved; Amira alone went from u0 to u2."""
    home = answered.build(tmp_path_factory.mktemp("moving") / "house")
    first = answered.people(worlds.answered(answered.SHORT, PEOPLE, seed=1), list(UNITS))
    units = [one.unit_id for one in first]
    movers = [place for place, unit in enumerate(units) if unit == "u1"][:25]
    for place in movers:
        units[place] = "u0"
    units[AMIRA] = "u2"
    second = [
        answered.Person(pseudonym=one.pseudonym, unit_id=unit, answers=one.answers)
        for one, unit in zip(first, units, strict=True)
    ]
    for number, people in enumerate((first, second)):
        days = (date(2024, 2 + number, 1), date(2024, 2 + number, 28))
        answered.wave(
            home, f"m{number}", number + 2, people, days=days, invited=UNITS, form=answered.SHORT
        )
    yield home.services(), [one.unit_id for one in first], units
    home.database.close()


AMIRA = 0


def test_nobody_is_found_by_the_units_she_went_through(moving):
    """The jobcenter knows who was where; whoever watches the run looks for paths of one."""
    services, before, after = moving
    told = {"m0": {}, "m1": {}}
    for wave_id, run_id, sheet in open_waves.open_together(services, ["m0", "m1"], "main"):
        told[wave_id][run_id] = sheet.unit_id
    paths = Counter(
        (told["m0"].get(run_id), told["m1"].get(run_id)) for run_id in told["m0"] | told["m1"]
    )
    assert before[AMIRA] == "u0"
    assert after[AMIRA] == "u2"
    assert ("u0", "u2") not in paths
    known = Counter(zip(before, after, strict=True))
    # Who was invited in both: those who answered. The others were strangers in each wave.
    assert paths[("u1", "u0")] == known[("u1", "u0")] == 25
    assert paths[("u0", "u0")] == known[("u0", "u0")]
    for path in paths:
        if None not in path and "" not in path:
            assert known[path] >= 20


def test_the_same_attack_finds_her_where_paths_are_not_coarsened(moving):
    """What the crowds are for: with whole paths there is one from u0 to u2."""
    _, before, after = moving
    assert Counter(zip(before, after, strict=True))[("u0", "u2")] == 1


def test_a_wave_without_a_list_of_invited_is_not_opened_with_others(services):
    """Of waves closed before there were lists nobody can say how many went a path."""
    with services.database.write() as tx:
        tx.run("DELETE FROM closing WHERE tenant = :tenant AND wave_id = 'in-2023'", {})
    (services.evaluator._openings._folder / PROGRAMME / "openings.log").unlink()
    assert len(run(services, 2023)) == PEOPLE
    with pytest.raises(Refused, match="before it was kept who was invited"):
        run(services, 2023, 2024)
