"""Nobody can be followed from wave to wave: not by a report run, not by the registry, opened."""

from datetime import date

import pytest

from survey.actions import house
from survey.report import making
from survey.statistics.disclosure import registry
from survey.store import registry as stored
from survey.store import responses
from tests.report import worlds, written

PROGRAMME = "zufriedenheit"
UNITS = {f"u{i}": 80 for i in range(3)}
YEARS = (2023, 2024, 2025)
PEOPLE = 120
DOMAIN = "recipient.main"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The same people answer three waves, all of them reported."""
    here = written.build(tmp_path_factory.mktemp("path") / "house")
    for number, year in enumerate(YEARS):
        people = written.people(worlds.answered(written.SHORT, PEOPLE, seed=number), list(UNITS))
        days = (date(year, 2, 1), date(year, 3, 1))
        wave_id = f"in-{year}"
        written.wave(
            here, wave_id, number + 2, people, days=days, invited=UNITS, form=written.SHORT
        )
        making.freeze(house.desk(here), wave_id, lambda _: None)
    yield house.desk(here)
    here.database.close()


def run(desk, year):
    """Run ids of a report's run, by the inner part that came with each."""
    wave_id = f"in-{year}"
    with desk.database.read() as tx:
        rows = [(row.mark, row.body) for row in responses.sealed(tx, wave_id, DOMAIN)]
    return {part.inner: part.run_id for part in desk.evaluator.strip(PROGRAMME, wave_id, rows)}


def test_a_run_names_nobody_as_another_run_did(desk):
    first, second, other = run(desk, 2023), run(desk, 2023), run(desk, 2024)
    assert len(first) == len(other) == PEOPLE
    assert first.keys() == second.keys()
    assert set(first.values()).isdisjoint(second.values())
    assert set(first.values()).isdisjoint(other.values())


def test_no_two_waves_share_a_member_of_the_registry(desk):
    """The people are the same; the registry knows sheets, each of one wave alone."""
    with desk.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
    known = registry.loads(desk.evaluator.open_registry(PROGRAMME, row.body))
    whole = [e.populations[0].members for e in known.entries if e.variable == "satisfaction/w1"]
    assert len(whole) == len(YEARS)
    assert all(a.overlap(b) == 0 for i, a in enumerate(whole) for b in whole[:i])
    # Sheets of main, the helps' own block if any, and circumstances: no sheet counted twice.
    assert len(known.universe) % PEOPLE == 0
    assert len(known.universe) >= len(YEARS) * PEOPLE


def test_marks_and_members_have_nothing_in_common(desk):
    """A stolen registry and a stolen database, both opened, still do not meet in a pseudonym."""
    with desk.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
        marks = [one.mark for year in YEARS for one in responses.sealed(tx, f"in-{year}", DOMAIN)]
    plain = desk.evaluator.open_registry(PROGRAMME, row.body)
    assert all(mark not in plain and mark[:8] not in plain for mark in marks)
