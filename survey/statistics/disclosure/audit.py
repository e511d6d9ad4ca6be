"""Bounds that a reader can derive for hidden cells from the shown ones: the check, not the choice.

Shares no code with `suppress` but the system and who reads it, so that an error there is found
here.
"""

from collections.abc import Collection, Iterable, Mapping
from math import ceil, floor, inf
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import optimize, sparse

from survey.statistics.disclosure import insiders, tables
from survey.statistics.disclosure.tables import Key, Linked

Bounds: TypeAlias = list[tuple[float, float]]

# Solver's answers are whole up to this.
SLACK = 1e-6
# The solver's words for unbounded; with a feasible table (ours is one) 4 can mean only that.
UNBOUNDED = (3, 4)
BLOCKS = 40


class Interval(Struct, frozen=True):
    """All a reader knows of a hidden count: low <= count <= high (high may be inf)."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """0 when the count can be worked out exactly."""
        return self.high - self.low


def intervals(
    linked: Linked,
    hidden: Collection[Key],
    *,
    of: Iterable[Key] | None = None,
    known: Collection[Key] = (),
    least: Collection[Key] = (),
    most: Mapping[Key, int] | None = None,
) -> dict[Key, Interval]:
    """The narrowest interval for each hidden cell, by linear programming over all relations.

    Args:
        hidden: cells that are not shown
        of: only these of the hidden ones (all by default)
        known: hidden cells whose count the reader knows otherwise, e.g. by being the only one in it
        least: hidden cells of which the reader knows one answer, her own
        most: upper bounds known from elsewhere, e.g. how many were invited
    Returns:
        whole numbers, since counts are; both ends equal means recovered
    Raises:
        ValueError: a hidden cell that is not in the table
    References:
        Duncan and Lambert 1986; the "feasibility interval" of tabular disclosure control
    """
    strange = [key for key in hidden if key not in linked.cells]
    if strange:
        raise ValueError(f"no such cells: {strange!r}")
    system = _system(linked, hidden, most or {})
    wanted = set(system.free) if of is None else set(of)
    asked = [key for key in system.free if key in wanted and key not in set(known)]
    knowledge = _told(system, known, least)
    return dict(zip(asked, _solved(system, [(key, knowledge) for key in asked]), strict=True))


def unsafe(
    linked: Linked,
    hidden: Collection[Key],
    *,
    width: int,
    of: Iterable[Key] | None = None,
    most: Mapping[Key, int] | None = None,
    respondents: bool = False,
) -> dict[Key, Interval]:
    """The hidden cells that can be narrowed down to less than `width`; empty is what we want.

    Args:
        respondents: whether those who answered try it too, each knowing herself
    """
    ranges = intervals(linked, hidden, of=of, most=most)
    narrow = {key: interval for key, interval in ranges.items() if interval.width < width}
    if not respondents or narrow:
        return narrow
    system = _system(linked, hidden, most or {})
    asked = [
        (key, _told(system, insider.alone, insider.counted))
        for insider in insiders.every(linked, hidden)
        for key, interval in ranges.items()
        if insiders.asks(insider, key, width, interval.width)
    ]
    return {
        key: interval
        for (key, _), interval in zip(asked, _solved(system, asked), strict=True)
        if interval.width < insiders.least(width, ranges[key].width)
    }


class _System(Struct, frozen=True):
    """The relations over the hidden cells alone, and how many each may hold."""

    free: list[Key]
    counts: list[int]
    equations: sparse.csr_matrix
    sums: NDArray[np.float64]
    bounds: Bounds


def _system(linked: Linked, hidden: Collection[Key], most: Mapping[Key, int]) -> _System:
    gone = set(hidden)
    free = [key for key in linked.cells if key in gone]
    equations, sums = _equations(linked, free)
    bounds = [(0.0, float(most.get(key, inf))) for key in free]
    return _System(free, [linked.cells[key] for key in free], equations, sums, bounds)


def _told(system: _System, known: Collection[Key], least: Collection[Key]) -> Bounds:
    """The bounds of a reader who knows some cells, and of others one answer."""
    exact, at_least_one = set(known), set(least)
    return [
        (float(count), float(count)) if key in exact else (float(key in at_least_one), high)
        for key, count, (_, high) in zip(system.free, system.counts, system.bounds, strict=True)
    ]


def _solved(system: _System, asked: list[tuple[Key, Bounds]]) -> list[Interval]:
    """The interval of each cell under the bounds beside it."""
    places = {key: i for i, key in enumerate(system.free)}
    goals = [(places[key], bounds) for key, bounds in asked]
    lows = _extremes(goals, 1.0, system.equations, system.sums)
    highs = _extremes(goals, -1.0, system.equations, system.sums)
    return [
        Interval(ceil(low - SLACK), floor(high + SLACK) if high < inf else inf)
        for low, high in zip(lows, highs, strict=True)
    ]


def _equations(linked: Linked, free: list[Key]) -> tuple[sparse.csr_matrix, NDArray[np.float64]]:
    """The relations over the free cells alone; what is shown moves to the other side."""
    full = tables.matrix(linked)
    position = {key: i for i, key in enumerate(linked.cells)}
    columns = [position[key] for key in free]
    kept = full[:, columns]
    sums = kept @ tables.counts(linked)[columns]
    touched = np.diff(kept.indptr) > 0
    return kept[touched], sums[touched]


def _extremes(
    asked: list[tuple[int, Bounds]],
    sign: float,
    equations: sparse.csr_matrix,
    sums: NDArray[np.float64],
) -> list[float]:
    """The least (sign 1) or greatest (sign -1) each asked cell can be, under bounds of its own.

    All are solved as one programme of independent blocks: a call costs more than a block.
    """
    extremes: list[float] = []
    for start in range(0, len(asked), BLOCKS):
        some = asked[start : start + BLOCKS]
        size = len(some[0][1])
        goal = np.zeros(size * len(some))
        for block, (i, _) in enumerate(some):
            goal[block * size + i] = sign
        given: dict[str, Any] = {}
        if equations.shape[0]:
            given["A_eq"] = sparse.block_diag([equations] * len(some), format="csr")
            given["b_eq"] = np.tile(sums, len(some))
        bounds = [pair for _, row_bounds in some for pair in row_bounds]
        result = optimize.linprog(goal, bounds=bounds, method="highs", **given)
        if result.status == 0:
            extremes += [float(result.x[block * size + i]) for block, (i, _) in enumerate(some)]
        elif len(some) == 1 and result.status in UNBOUNDED:
            extremes.append(-sign * inf)
        elif len(some) > 1:
            extremes += [_extremes([task], sign, equations, sums)[0] for task in some]
        else:
            raise ArithmeticError(f"audit: {result.message}")
    return extremes
