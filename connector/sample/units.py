"""Reporting units: teams joined until no result can be about one member of staff.

A unit has at least three case managers, none of them responsible for more than half of its invited
people, and at least k_up invited people. Teams are taken in the order of their names, numbers as
numbers; the first that falls short is joined with the one after it, the last with the one before,
until all hold. So the same cases always give the same units.

The rule is on people invited, that is on answers expected. Who answers is known to nobody here, so
that by chance all answers of a unit can come from the people of one case manager.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from connector import similar_spellings
from connector.errors import NothingToInvite
from connector.identifiers import compared
from connector.state.episodes import Candidate
from survey.model.floors import CASE_MANAGERS

LONGEST_LABEL = 80
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Unit(Struct, frozen=True, kw_only=True):
    """Teams that are reported as one."""

    unit_id: str
    label: str
    teams: tuple[str, ...]


def form(drawn: Sequence[Candidate], *, least: int) -> list[Unit]:
    """Units over everybody drawn; `least` is k_up.

    Raises:
        NothingToInvite: all teams together are too few people or case managers
    """
    groups: list[tuple[str, ...]] = [
        (team,) for team in sorted({candidate.team for candidate in drawn}, key=_natural)
    ]
    managers = _managers(drawn)
    while (weak := _first_weak(groups, managers, least)) is not None:
        if len(groups) == 1:
            raise NothingToInvite(
                invited=len(drawn),
                case_managers=len({_manager(candidate) for candidate in drawn} - {""}),
                needed=f"{least} people, {CASE_MANAGERS} case managers, none with more than half",
                cure="map the column of the case manager, or ask a larger circle",
            )
        first = min(weak, len(groups) - 2)
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return _named(groups)


def _managers(drawn: Sequence[Candidate]) -> dict[str, Counter[str]]:
    """Invited people per team and case manager."""
    managers: dict[str, Counter[str]] = {}
    for candidate in drawn:
        managers.setdefault(candidate.team, Counter())[_manager(candidate)] += 1
    return managers


def _manager(candidate: Candidate) -> str:
    """Whom a case counts for: MUE, MÜ and Mue. may be one person, and count as one."""
    return similar_spellings.key(candidate.case_manager) if candidate.case_manager else ""


def _first_weak(
    groups: list[tuple[str, ...]], managers: dict[str, Counter[str]], least: int
) -> int | None:
    for place, teams in enumerate(groups):
        together = sum((managers[team] for team in teams), Counter())
        if not _holds(together, least):
            return place
    return None


def _holds(invited: Counter[str], least: int) -> bool:
    # Cases without a named case manager count as invited, never as a manager.
    named = {manager: times for manager, times in invited.items() if manager}
    total = invited.total()
    return (
        total >= least
        and len(named) >= CASE_MANAGERS
        and all(2 * times <= total for times in named.values())
    )


def _natural(team: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts "FM 2" before "FM 10"."""
    parts = re.findall(r"\d+|\D+", team.casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], team


def _named(groups: list[tuple[str, ...]]) -> list[Unit]:
    units: list[Unit] = []
    ids: set[str] = set()
    labels: set[str] = set()
    for teams in groups:
        label = _free(_label(teams), labels)
        unit_id = base = _slug(label)
        number = 1
        while unit_id in ids:
            number += 1
            unit_id = f"{base}-{number}"
        ids.add(unit_id)
        units.append(Unit(unit_id=unit_id, label=label, teams=teams))
    return units


def _label(teams: tuple[str, ...]) -> str:
    """The names of the teams; of many or long ones the first and last, without their middle."""
    whole = " + ".join(teams)
    if len(whole) <= LONGEST_LABEL:
        return whole
    if len(teams) == 1:
        return _short(teams[0], LONGEST_LABEL)
    count = f" ({len(teams)})"
    width = (LONGEST_LABEL - len(" … ") - len(count)) // 2
    return f"{_short(teams[0], width)} … {_short(teams[-1], width)}{count}"


def _short(name: str, width: int) -> str:
    # Long names of teams differ at their ends: "…, Standort Nord 1".
    if len(name) <= width:
        return name
    half = (width - 1) // 2
    return f"{name[:half]}…{name[-half:]}"


def _free(label: str, taken: set[str]) -> str:
    """The label, numbered when another unit is called so: tables and the next plan go by it."""
    name, number = label, 1
    while compared(name) in taken:
        number += 1
        ending = f" · {number}"
        name = _short(label, LONGEST_LABEL - len(ending)) + ending
    taken.add(compared(name))
    return name


def _slug(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label.casefold().translate(GERMAN))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())[:50].strip("-") or (
        "unit"
    )
