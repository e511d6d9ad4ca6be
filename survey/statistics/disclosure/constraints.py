"""Conditions that a safe choice of hidden cells satisfies, as cuts for the search."""

from itertools import combinations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import optimize, sparse

from survey.statistics.disclosure import insiders
from survey.statistics.disclosure.insiders import Insider
from survey.statistics.disclosure.tables import Linked

SLACK = 1e-6


class Problem(Struct, frozen=True, kw_only=True):
    """The system as arrays: what to protect, what may be hidden for it, how far it reaches."""

    linked: Linked
    matrix: sparse.csr_matrix
    counts: NDArray[np.float64]
    reach: NDArray[np.float64]
    primary: tuple[int, ...]
    allowed: NDArray[np.bool_]
    width: int
    respondents: bool


class Cut(Struct, frozen=True):
    """No choice is safe unless `weights` times the hidden cells is at least `least`."""

    weights: NDArray[np.float64]
    least: float


def first(problem: Problem) -> list[Cut]:
    """The first cuts, which every safe choice of hidden cells satisfies, relation by relation."""
    position = {key: i for i, key in enumerate(problem.linked.cells)}
    cuts = []
    for relation in problem.linked.relations:
        total = position[relation.total]
        parts = [position[part] for part in relation.parts]
        # One of those who answered takes herself out of the sum.
        least = problem.width + (1 if problem.respondents else 0)
        together = min(float(least), float(problem.counts[parts].sum()))
        for p in parts:
            # Hidden parts under a shown total: their sum is as good as published.
            weights = np.zeros(len(problem.counts))
            weights[parts] = np.minimum(problem.counts[parts], together)
            weights[p] -= together
            weights[total] += together
            cuts.append(Cut(weights, 0.0))
        for left, right in combinations([p for p in parts if problem.counts[p] == 1], 2):
            # Two single people alone in a line know each other's answer: a third must join.
            weights = np.zeros(len(problem.counts))
            weights[[*parts, total]] = 1.0
            weights[[left, right]] = -1.0
            cuts.append(Cut(weights, -1.0))
    return cuts


def violated(problem: Problem, hidden: NDArray[np.bool_]) -> list[Cut]:
    """Cuts that this choice breaks: one per primary cell that is not safe, none when all are.

    Respondents are asked only where other readers learn nothing.
    """
    spreads = {p: reached(problem, p, hidden, None) for p in problem.primary}
    cuts = [
        Cut(np.minimum(price, problem.width), float(problem.width))
        for spread, price in spreads.values()
        if spread < problem.width - SLACK
    ]
    if cuts or not problem.respondents:
        return cuts
    keys = list(problem.linked.cells)
    gone = [key for key, hide in zip(keys, hidden, strict=True) if hide]
    for insider in insiders.every(problem.linked, gone):
        for p, (spread, _) in spreads.items():
            if not insiders.asks(insider, keys[p], problem.width, spread):
                continue
            least = insiders.least(problem.width, spread)
            extent, price = reached(problem, p, hidden, insider)
            if extent < least - SLACK:
                cuts.append(Cut(np.minimum(price, least), least))
    return cuts


def reached(
    problem: Problem, p: int, hidden: NDArray[np.bool_], reader: Insider | None
) -> tuple[float, NDArray[np.float64]]:
    """How wide the reader's interval of cell `p` is, and what each hidden cell adds to that."""
    below, above, keys = problem.counts, problem.reach, problem.linked.cells
    if reader is not None:
        known = np.array([key in reader.alone for key in keys])
        counted = np.array([key in reader.counted for key in keys])
        below, above = np.where(known, 0.0, below - counted), np.where(known, 0.0, above)
    up = _extent(problem, p, 1.0, hidden, (below, above))
    down = _extent(problem, p, -1.0, hidden, (below, above))
    return up[0] + down[0], up[1] + down[1]


def _extent(
    problem: Problem,
    p: int,
    sign: float,
    hidden: NDArray[np.bool_],
    room: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[float, NDArray[np.float64]]:
    """How far cell `p` can move up or down for a reader, and what each hidden cell adds to that.

    By duality the second, times the hidden cells, bounds the first for every choice.

    Args:
        room: how far each cell can move down and up if it is hidden
    """
    below, above = room
    goal = np.zeros(len(hidden))
    goal[p] = -sign
    bounds = np.column_stack((-below * hidden, above * hidden))
    zero = np.zeros(problem.matrix.shape[0])
    result = optimize.linprog(goal, A_eq=problem.matrix, b_eq=zero, bounds=bounds, method="highs")
    if result.status != 0:
        raise ArithmeticError(f"suppression: {result.message}")
    reduced = goal - problem.matrix.T @ result.eqlin.marginals
    price = np.where(reduced > 0, reduced * below, -reduced * above)
    price[np.abs(reduced) < SLACK] = 0.0
    return -float(result.fun), price
