"""Units hide case managers, cells hide people, whatever the jobcenter looks like."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector import similar_spellings
from connector.errors import NothingToInvite
from connector.sample import cells, units
from connector.state.episodes import Candidate

AS_OF = date(2026, 11, 1)


def candidate(number: int, team: str, manager: str, **more: object) -> Candidate:
    told = {"kind": "case_management", "started_on": date(2026, 9, 1), "ended_on": None} | more
    return Candidate(
        case_index=number.to_bytes(32, "big"),
        person=number.to_bytes(32, "big"),
        team=team,
        case_manager=manager,
        **told,
    )


def office(*teams: tuple[str, dict[str, int]]) -> list[Candidate]:
    """Teams with their case managers and how many people each has."""
    found = []
    for team, managers in teams:
        for manager, people in managers.items():
            found += [(team, manager)] * people
    return [candidate(number, *one) for number, one in enumerate(found)]


EVEN = {"a": 10, "b": 10, "c": 10}


def labels(drawn: list[Candidate]) -> list[str]:
    return [unit.label for unit in units.form(drawn, least=20)]


def test_teams_that_hold_stay_as_they_are_in_the_order_of_their_numbers():
    drawn = office(("FM 10", EVEN), ("FM 2", EVEN), ("U25", EVEN))
    assert labels(drawn) == ["FM 2", "FM 10", "U25"]


@pytest.mark.parametrize(
    "weak",
    [
        {"x": 20, "y": 20},  # two case managers
        {"x": 60, "y": 10, "z": 10},  # one with more than half
        {"x": 5, "y": 5, "z": 5},  # fewer than k_up people
        {"": 60},  # nobody named
    ],
)
def test_a_team_that_falls_short_joins_the_next_and_the_last_the_one_before(weak):
    wide = {"a": 30, "b": 30, "c": 30}
    assert labels(office(("A", weak), ("B", wide), ("C", wide))) == ["A + B", "C"]
    assert labels(office(("A", wide), ("B", wide), ("C", weak))) == ["A", "B + C"]


def test_exactly_half_is_still_allowed_and_one_more_is_not():
    assert labels(office(("A", {"a": 20, "b": 10, "c": 10}), ("B", EVEN))) == ["A", "B"]
    assert labels(office(("A", {"a": 21, "b": 10, "c": 10}), ("B", EVEN))) == ["A + B"]


def test_a_jobcenter_too_small_as_a_whole_invites_nobody():
    with pytest.raises(NothingToInvite):
        units.form(office(("A", {"a": 50, "b": 50})), least=20)


def test_names_of_units_are_ids_the_server_takes():
    long = "Ä" * 70
    formed = units.form(office((long, {"x": 9}), ("Ü/25 §", EVEN), ("ü 25 §", EVEN)), least=20)
    for unit in formed:
        assert len(unit.label) <= 80
        assert unit.unit_id.replace("-", "").isalnum()
        assert unit.unit_id.isascii()
    assert len({unit.unit_id for unit in formed}) == len(formed)


LONG = "Fallmanagement und Beschäftigungsförderung im Stadtgebiet, Außenstelle Alter Hafen, Haus "


@pytest.mark.parametrize(
    "teams",
    [
        tuple(f"{LONG}{number}" for number in range(1, 5)),
        tuple(f"{LONG}{number} und Umland" + " " * number for number in range(1, 5)),
        tuple("x" * length for length in range(90, 96)),
        ("FM 1", "FM-1", "FM.1", "fm/1"),
        ("A" * 90, "A" * 39 + "…" + "A" * 39, "B"),
    ],
)
def test_no_two_units_are_called_the_same(teams):
    drawn = office(*((team, EVEN) for team in teams))
    formed = units.form(drawn, least=20)
    assert len(formed) == len(teams)
    assert len({" ".join(unit.label.split()).casefold() for unit in formed}) == len(teams)
    assert len({unit.unit_id for unit in formed}) == len(teams)
    assert max(len(unit.label) for unit in formed) <= 80


def test_units_of_many_long_teams_are_called_by_first_and_last():
    small = {"a": 3, "b": 3, "c": 3}
    drawn = office(*((f"{LONG}{number}", small) for number in range(1, 7)))
    formed = units.form(drawn, least=20)
    assert [unit.label[-3:] for unit in formed] == ["(3)", "(3)"]
    assert len({unit.label for unit in formed}) == 2


@pytest.mark.parametrize("second", ["MÜ", "Mue.", "mue ", "М\u200bUE"])
def test_one_case_manager_under_two_signs_is_one(second):
    two = {"MUE": 20, second: 20, "BA": 20}
    wide = {"a": 30, "b": 30, "c": 30}
    assert labels(office(("A", two), ("B", wide))) == ["A + B"]
    half = {"MUE": 15, second: 15, "BA": 10, "CK": 10, "DM": 5}
    assert labels(office(("A", half), ("B", wide))) == ["A + B"]


@pytest.mark.parametrize(
    ("cases", "pairs"),
    [
        ({("A", "MUE"): 30, ("A", "MUL"): 2}, [("MUL", "MUE")]),
        ({("A", "MUE"): 30, ("B", "MUL"): 2}, []),
        ({("A", "MUE"): 30, ("A", "MUL"): 28}, []),
        ({("A", "Meier"): 30, ("B", "Meyer"): 28}, [("Meyer", "Meier")]),
        ({("A", "Krüger"): 30, ("A", "Kürger"): 28}, [("Kürger", "Krüger")]),
        ({("A", "1D3"): 30, ("A", "1D4"): 2}, []),
        ({("A", "BA"): 30, ("A", "BB"): 2}, []),
        ({("A", "Schulz"): 30, ("A", "Schulze"): 28}, [("Schulze", "Schulz")]),
        ({("A", "Schmidt"): 30, ("A", "Schulze"): 28}, []),
    ],
)
def test_signs_that_differ_by_a_letter_are_told_where_a_slip_is_likely(cases, pairs):
    assert [(pair.sign, pair.other) for pair in similar_spellings.signs(cases)] == pairs


people = st.lists(
    st.builds(
        candidate,
        st.integers(0, 2**62),
        st.sampled_from(["FM 1", "FM 2", "FM 3", "U25"]),
        st.sampled_from(["", "a", "b", "c", "d", "e", "f"]),
        kind=st.sampled_from(["case_management", "support", "coaching_16k", "benefits"]),
        started_on=st.dates(date(2022, 1, 1), AS_OF),
        ended_on=st.none() | st.just(AS_OF),
    ),
    min_size=30,
    max_size=250,
    unique_by=lambda one: one.case_index,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people, st.integers(5, 30))
def test_whatever_the_jobcenter_every_unit_and_cell_holds(drawn, least):
    try:
        formed = units.form(drawn, least=least)
    except NothingToInvite:
        return
    plan = cells.generalise(drawn, formed, least=least, as_of=AS_OF)
    assert {one.case_index for one in drawn} == set(plan.places)
    counted = Counter(plan.places.values())
    assert {(c.unit_id, c.cell): c.invited for c in plan.cells} == counted
    assert min(counted.values()) >= least
    team_of = {team: unit.unit_id for unit in formed for team in unit.teams}
    for unit in formed:
        mine = Counter(one.case_manager for one in drawn if team_of[one.team] == unit.unit_id)
        named = {manager: times for manager, times in mine.items() if manager}
        assert len(named) >= 3
        assert 2 * max(named.values()) <= mine.total()


def test_attributes_stay_as_fine_as_everybody_can_be_hidden():
    drawn = [
        candidate(n, "A", "abc"[n % 3], started_on=date(2026 - n % 2, 9, 1)) for n in range(120)
    ]
    formed = units.form(drawn, least=20)
    fine = cells.generalise(drawn, formed, least=20, as_of=AS_OF)
    assert {one.cell for one in fine.cells} == {
        "under-6-months.case_management.running",
        "under-24-months.case_management.running",
    }
    coarse = cells.generalise(drawn, formed, least=70, as_of=AS_OF)
    assert {one.cell for one in coarse.cells} == {"case_management.running"}


def test_attributes_become_coarser_for_everybody_alike():
    rare = [candidate(n, "A", "abc"[n % 3], kind="support") for n in range(5)]
    many = [candidate(n, "B", "def"[n % 3]) for n in range(100, 200)]
    mixed = [candidate(n, "A", "abc"[n % 3]) for n in range(10, 60)]
    drawn = rare + mixed + many
    plan = cells.generalise(drawn, units.form(drawn, least=20), least=20, as_of=AS_OF)
    assert {one.cell for one in plan.cells} == {"under-6-months.running"}
