"""Coarse attributes, generalised until every unit and cell covers at least k_up invited people.

Method: k-anonymity by full-domain generalisation without suppression. Every attribute has a fixed
hierarchy from fine to "all"; a node of the lattice says how far each is generalised, for everybody
alike, so that cells of different units can be added up. Taken is a node of least height at which
all classes hold, found by going through the lattice (18 nodes) by height; of nodes of one height
the one with most classes, then the first in order.

Source: Samarati 2001, IEEE Transactions on Knowledge and Data Engineering 13(6):1010-1027, minimal
generalisation; Sweeney 2002, International Journal of Uncertainty, Fuzziness and Knowledge-Based
Systems 10(5):571-588.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import TypeAlias

from msgspec import Struct

from connector.errors import NothingToInvite
from connector.sample.units import Unit
from connector.state.episodes import Candidate
from survey.model.exchange import InvitedCell

Value: TypeAlias = Callable[[Candidate, date], str]
ALL = "all"
KIND_GROUPS = {
    "case_management": "case-management",
    "third_party": "case-management",
    "coaching_16k": "coaching",
    "coaching_16e_16i": "coaching",
}


class Plan(Struct, frozen=True, kw_only=True):
    """Where everybody is counted: case_index -> (unit, cell), and the counts the server gets."""

    places: Mapping[bytes, tuple[str, str]]
    cells: tuple[InvitedCell, ...]


def _months(candidate: Candidate, as_of: date) -> int:
    """Completed months from the start to the end or the day of the draw."""
    until = min(candidate.ended_on or as_of, as_of)
    whole = (until.year - candidate.started_on.year) * 12 + until.month - candidate.started_on.month
    return whole - (until.day < candidate.started_on.day)


def _duration(candidate: Candidate, as_of: date) -> str:
    months = _months(candidate, as_of)
    return "under-6-months" if months < 6 else "under-12-months" if months < 12 else _years(months)


def _years(months: int) -> str:
    return "under-24-months" if months < 24 else "from-24-months"


def _short_or_long(candidate: Candidate, as_of: date) -> str:
    return "under-12-months" if _months(candidate, as_of) < 12 else "from-12-months"


def _kind(candidate: Candidate, _: date) -> str:
    return candidate.kind


def _kind_group(candidate: Candidate, _: date) -> str:
    return KIND_GROUPS.get(candidate.kind, "other")


def _state(candidate: Candidate, as_of: date) -> str:
    return "ended" if candidate.ended_on and candidate.ended_on <= as_of else "running"


def _nothing(_: Candidate, __: date) -> str:
    return ""


# From fine to coarse; each step joins classes of the one before.
HIERARCHIES: tuple[tuple[Value, ...], ...] = (
    (_duration, _short_or_long, _nothing),
    (_kind, _kind_group, _nothing),
    (_state, _nothing),
)


def generalise(
    drawn: Sequence[Candidate], units: Sequence[Unit], *, least: int, as_of: date
) -> Plan:
    """Cells for everybody drawn; `least` is k_up.

    Raises:
        NothingToInvite: even "all" is too small in some unit
    """
    unit_of = {team: unit.unit_id for unit in units for team in unit.teams}
    levels = (range(len(steps)) for steps in HIERARCHIES)
    nodes = sorted(product(*levels), key=lambda node: (sum(node), node))
    best: Plan | None = None
    height = 0
    for node in nodes:
        if best is not None and sum(node) > height:
            break
        plan = _plan(drawn, unit_of, node, as_of)
        if all(cell.invited >= least for cell in plan.cells) and (
            best is None or len(plan.cells) > len(best.cells)
        ):
            best, height = plan, sum(node)
    if best is None or not drawn:
        raise NothingToInvite(
            invited=len(drawn), needed=f"{least} in every unit", cure="ask a larger circle"
        )
    return best


def _plan(
    drawn: Sequence[Candidate], unit_of: Mapping[str, str], node: tuple[int, ...], as_of: date
) -> Plan:
    steps = [hierarchy[level] for hierarchy, level in zip(HIERARCHIES, node, strict=True)]
    places = {}
    for candidate in drawn:
        values = [value for step in steps if (value := step(candidate, as_of))]
        places[candidate.case_index] = (unit_of[candidate.team], ".".join(values) or ALL)
    counted = Counter(places.values())
    cells = tuple(
        InvitedCell(unit_id=unit_id, cell=cell, invited=invited)
        for (unit_id, cell), invited in sorted(counted.items())
    )
    return Plan(places=places, cells=cells)
