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
    asked = [i for i, key in enumerate(free) if key in wanted]
    lows = _extremes(asked, 1.0, equations, sums, bounds)
    highs = _extremes(asked, -1.0, equations, sums, bounds)
    return {
        free[i]: Interval(ceil(low - SLACK), floor(high + SLACK) if high < inf else inf)
        for i, low, high in zip(asked, lows, highs, strict=True)
    }


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


def _extremes(
    asked: list[int],
    sign: float,
    equations: sparse.csr_matrix,
    sums: NDArray[np.float64],
    bounds: list[tuple[float, float]],
) -> list[float]:
    """The least (sign 1) or greatest (sign -1) each asked cell can be.

    All cells are solved as one programme of independent blocks: a call costs more than a block.
    """
    size, found = len(bounds), []
    for start in range(0, len(asked), BLOCKS):
        some = asked[start : start + BLOCKS]
        goal = np.zeros(size * len(some))
        for block, i in enumerate(some):
            goal[block * size + i] = sign
        given: dict[str, Any] = {}
        if equations.shape[0]:
            given["A_eq"] = sparse.block_diag([equations] * len(some), format="csr")
            given["b_eq"] = np.tile(sums, len(some))
        result = optimize.linprog(goal, bounds=bounds * len(some), method="highs", **given)
        if result.status == 0:
            found += [float(result.x[block * size + i]) for block, i in enumerate(some)]
        elif len(some) == 1 and result.status in UNBOUNDED:
            found.append(-sign * inf)
        elif len(some) > 1:
            found += [_extremes([i], sign, equations, sums, bounds)[0] for i in some]
        else:
            raise ArithmeticError(f"audit: {result.message}")
    return found
