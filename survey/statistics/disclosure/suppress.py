"""Chooses the further cells to hide, so that nobody can work out those that must be hidden.

For tables of a report's size the choice is optimal: fewest cells, then the smallest total, then the
first in order, so that a rerun hides the same ones. Larger systems take a good choice instead of
the best. Whether a choice is safe is for `audit` to say.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from survey.statistics.disclosure import audit, constraints, tables
from survey.statistics.disclosure.constraints import SLACK, Cut, Problem
from survey.statistics.disclosure.tables import Key, Linked

# Beyond this many cells the exact choice may take minutes.
OPTIMAL_UP_TO = 400


def suppress(
    linked: Linked,
    primary: Collection[Key],
    *,
    width: int,
    shown: Collection[Key] = (),
    most: Mapping[Key, int] | None = None,
    respondents: bool = True,
) -> frozenset[Key] | None:
    """All cells to hide: `primary` and those needed to protect them.

    Safe means: a reader's interval for each primary cell is at least `width` wide, also for a
    reader who answered and knows herself; hidden cells that can be added up from shown ones come to
    at least `width` people besides her (or all there are); and no two cells of one person each are
    hidden alone in a line.

    Args:
        primary: cells that must not be known
        width: people, usually the threshold k
        shown: cells that have to stay, e.g. published elsewhere
        most: upper bounds a reader knows, e.g. how many were invited
        respondents: whether those who answered are reckoned with; without them the choice is that
            of the literature
    Returns:
        None when no choice is safe: then the whole breakdown must go
    References:
        Fischetti and Salazar-Gonzalez 2001, Management Science 47:1008 (cuts from the reader's
        linear programme); Willenborg and de Waal 2001, Elements of Statistical Disclosure Control
    """
    if not primary:
        return frozenset()
    problem = _problem(linked, primary, width, shown, most or {}, respondents)
    if problem is None or constraints.violated(problem, problem.allowed):
        return None
    choose = _best if len(linked.cells) <= OPTIMAL_UP_TO else _good
    chosen = choose(problem)
    if chosen is None:
        return None
    hidden = frozenset(key for key, hide in zip(linked.cells, chosen, strict=True) if hide)
    unsafe = audit.unsafe(
        linked, hidden, width=width, of=primary, most=most, respondents=respondents
    )
    return None if unsafe else hidden


def _problem(
    linked: Linked,
    primary: Collection[Key],
    width: int,
    shown: Collection[Key],
    most: Mapping[Key, int],
    respondents: bool,
) -> Problem | None:
    keys = list(linked.cells)
    counts = tables.counts(linked)
    must = [i for i, key in enumerate(keys) if key in set(primary)]
    stay = set(shown)
    if stay & set(primary):
        return None
    # An empty cell is often known to be empty: hiding it would protect nothing.
    allowed = np.array([key not in stay and counts[i] > 0 for i, key in enumerate(keys)])
    allowed[must] = True
    far = float(counts.max()) + width
    reach = np.array([most[key] - counts[i] if key in most else far for i, key in enumerate(keys)])
    return Problem(
        linked=linked,
        matrix=tables.matrix(linked),
        counts=counts,
        reach=np.maximum(reach, 0.0),
        primary=tuple(must),
        allowed=allowed,
        width=width,
        respondents=respondents,
    )


def _best(problem: Problem) -> NDArray[np.bool_] | None:
    """The optimal choice: a small integer programme, sharpened by cuts until it is safe."""
    cuts = constraints.first(problem)
    size = len(problem.counts)
    # Whole numbers: one cell more always weighs more than any total.
    price = problem.counts + float(problem.counts.sum()) + 1.0
    chosen = _cheapest(problem, price, cuts)
    if chosen is None:
        return None
    bound = Cut(-price, -float(price @ chosen) - 0.5)
    # Among equals the earliest cells; squares make equal sums of positions rare.
    order = np.arange(1.0, size + 1.0) ** 2
    return _cheapest(problem, order, [*cuts, bound])


def _cheapest(
    problem: Problem, price: NDArray[np.float64], cuts: list[Cut]
) -> NDArray[np.bool_] | None:
    """The cheapest safe choice; the cuts found on the way are appended to `cuts`."""
    low = np.zeros(len(price))
    low[list(problem.primary)] = 1.0
    options: dict[str, Any] = {"mip_rel_gap": 0.0}
    while True:
        rows = optimize.LinearConstraint(
            np.array([cut.weights for cut in cuts]),
            np.array([cut.least - SLACK for cut in cuts]),
            np.inf,
        )
        result = optimize.milp(
            price,
            integrality=np.ones(len(price)),
            bounds=optimize.Bounds(low, problem.allowed.astype(float)),
            constraints=rows,
            options=options,
        )
        if result.status != 0:
            return None
        hidden = np.asarray(result.x > 0.5)
        new = constraints.violated(problem, hidden)
        if not new:
            return hidden
        cuts.extend(new)


def _good(problem: Problem) -> NDArray[np.bool_] | None:
    """A safe choice for large systems: per cell the cheapest move that hides it, then the sums."""
    hidden = np.zeros(len(problem.counts), dtype=bool)
    hidden[list(problem.primary)] = True
    for p in problem.primary:
        if constraints.reached(problem, p, hidden, None)[0] < problem.width - SLACK:
            hidden |= _cheapest_move(problem, p, hidden)
    sums = constraints.first(problem)
    while True:
        broken = [cut for cut in sums if cut.weights @ hidden < cut.least - SLACK]
        broken = broken or constraints.violated(problem, hidden)
        if not broken:
            return hidden
        able = np.flatnonzero(problem.allowed & ~hidden & (broken[0].weights > SLACK))
        if able.size == 0:
            return None
        hidden[able[np.argmin(problem.counts[able])]] = True


def _cheapest_move(problem: Problem, p: int, hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells that must move so that cell `p` may be `width` more than it is; hidden ones are free.

    Every cell moves up by u and down by d; each move costs the size of what it would hide.
    """
    price = np.where(hidden, 1e-3, problem.counts + 1.0)
    room = np.where(problem.allowed, 1.0, 0.0)
    up = np.column_stack((np.zeros(len(price)), problem.reach * room))
    down = np.column_stack((np.zeros(len(price)), problem.counts * room))
    up[p] = problem.width
    down[p] = 0.0
    result = optimize.linprog(
        np.concatenate((price, price)),
        A_eq=sparse.hstack((problem.matrix, -problem.matrix)),
        b_eq=np.zeros(problem.matrix.shape[0]),
        bounds=np.concatenate((up, down)),
        method="highs",
    )
    if result.status != 0:
        return np.zeros(len(price), dtype=bool)
    moved = result.x[: len(price)] + result.x[len(price) :]
    return np.asarray(moved > SLACK)
