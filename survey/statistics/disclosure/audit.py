"""What a reader can work out about hidden cells from the shown ones: the check, not the choice.

Shares no code with `suppress` but the system itself, so that an error there is found here.
"""

from collections.abc import Collection, Iterable, Mapping
from math import ceil, floor, inf
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import optimize, sparse

from survey.statistics.disclosure import tables
from survey.statistics.disclosure.tables import Key, Linked

# Solver's answers are whole up to this.
SLACK = 1e-6


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
    most: Mapping[Key, int] | None = None,
) -> dict[Key, Interval]:
    """The narrowest interval for each hidden cell, by linear programming over all relations.

    Args:
        hidden: cells that are not shown
        of: only these of the hidden ones (all by default)
        known: hidden cells whose count the reader knows otherwise, e.g. by being the only one in it
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
    free = [key for key in linked.cells if key in set(hidden) - set(known)]
    equations, sums = _equations(linked, free)
    bounds = [(0.0, float((most or {}).get(key, inf))) for key in free]
    wanted = set(free) if of is None else set(of)
    found = {}
    for i, key in enumerate(free):
        if key in wanted:
            found[key] = _interval(i, equations, sums, bounds)
    return found


def unsafe(
    linked: Linked,
    hidden: Collection[Key],
    *,
    width: float,
    of: Iterable[Key] | None = None,
    most: Mapping[Key, int] | None = None,
) -> dict[Key, Interval]:
    """The hidden cells that can be narrowed down to less than `width`; empty is what we want."""
    found = intervals(linked, hidden, of=of, most=most)
    return {key: interval for key, interval in found.items() if interval.width < width}


def _equations(linked: Linked, free: list[Key]) -> tuple[sparse.csr_matrix, NDArray[np.float64]]:
    """The relations over the free cells alone; what is shown moves to the other side."""
    full = tables.matrix(linked)
    position = {key: i for i, key in enumerate(linked.cells)}
    columns = [position[key] for key in free]
    kept = full[:, columns]
    sums = kept @ tables.counts(linked)[columns]
    touched = np.diff(kept.indptr) > 0
    return kept[touched], sums[touched]


def _interval(
    i: int,
    equations: sparse.csr_matrix,
    sums: NDArray[np.float64],
    bounds: list[tuple[float, float]],
) -> Interval:
    goal = np.zeros(len(bounds))
    goal[i] = 1.0
    low = _solve(goal, equations, sums, bounds)
    high = _solve(-goal, equations, sums, bounds)
    return Interval(low=ceil(low - SLACK), high=floor(-high + SLACK) if high != -inf else inf)


def _solve(
    goal: NDArray[np.float64],
    equations: sparse.csr_matrix,
    sums: NDArray[np.float64],
    bounds: list[tuple[float, float]],
) -> float:
    given: dict[str, Any] = {"A_eq": equations, "b_eq": sums} if equations.shape[0] else {}
    result = optimize.linprog(goal, bounds=bounds, method="highs", **given)
    if result.status == 3:  # unbounded
        return -inf
    if result.status != 0:
        raise ArithmeticError(f"audit: {result.message}")
    return float(result.fun)
