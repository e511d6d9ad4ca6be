"""Categories with too few answers are joined with neighbours before anything is suppressed."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from survey.model.estimates import Suppressed
from survey.statistics.disclosure.threshold import CATEGORY, Rules, base

Parts = tuple[tuple[int, ...], ...]


def adjacent(
    counts: Sequence[int], *, least: int = CATEGORY, borders: Sequence[int] = ()
) -> Parts | None:
    """The finest way to join neighbours so that every non-empty category holds at least `least`.

    Args:
        counts: answers per code, in the order of the scale (up to about 15 codes)
        borders: positions no joint category may span (a border b lies before counts[b]), because
            the sum on one side is shown elsewhere as well
    Returns:
        positions per category, e.g. ((0, 1), (2,), (3,)); None when the borders cannot be kept.
        Most categories first; then the fewest answers in joint ones; then the first in order.
    """
    size = len(counts)
    inner = [cut for cut in range(1, size) if cut not in borders]
    fixed = [cut for cut in range(1, size) if cut in borders]
    for free in range(len(inner), -1, -1):
        fitting = []
        for chosen in combinations(inner, free):
            parts = _parts(sorted((*chosen, *fixed)), size)
            if all(_allowed(sum(counts[i] for i in part), least) for part in parts):
                joint = sum(counts[i] for part in parts if len(part) > 1 for i in part)
                fitting.append((joint, parts))
        if fitting:
            return min(fitting)[1]
    return None


def rest(
    counts: Sequence[int], *, least: int = CATEGORY, together: int | None = None
) -> Parts | None:
    """Joins the small categories of a list without order; the joint one ("other") comes last.

    Args:
        together: how many the joint one holds at least, if not `least`: where each category is a
            group of people, one of those joined takes herself out
    Returns:
        positions per category; None when even all together hold fewer than `together` answers
    """
    together = least if together is None else together
    small = [i for i, count in enumerate(counts) if 0 < count < least]
    if not small:
        return tuple((i,) for i in range(len(counts)))
    large = sorted(
        (i for i in range(len(counts)) if i not in small and counts[i] > 0),
        key=lambda i: (counts[i], i),
    )
    # One small category beside others must not be found by subtraction: it is joined all the same.
    while (len(small) < 2 or sum(counts[i] for i in small) < together) and large:
        small.append(large.pop(0))
    if sum(counts[i] for i in small) < together:
        return None
    kept = tuple((i,) for i in range(len(counts)) if i not in small)
    return (*kept, tuple(sorted(small)))


def distribution(
    counts: Sequence[int], rules: Rules, *, borders: Sequence[int] = ()
) -> Parts | Suppressed:
    """How a distribution of ordered answers may be shown: categories as positions, or why not.

    Not where everybody is in one category, nor where everybody is on one side of the borders: the
    share would be all or nothing, and empty categories would say so.
    """
    few = base(sum(counts), rules.k)
    if few is not None:
        return few
    if borders and not all(_sides(counts, borders)):
        return Suppressed(reason="unanimous")
    parts = adjacent(counts, least=rules.category, borders=borders)
    if parts is None or sum(1 for part in parts if sum(counts[i] for i in part) > 0) < 2:
        return Suppressed(reason="unanimous")
    return parts


def _sides(counts: Sequence[int], borders: Sequence[int]) -> tuple[int, int]:
    """Answers on either side; every border changes the side."""
    sides = [0, 0]
    for i, count in enumerate(counts):
        sides[sum(1 for border in borders if border <= i) % 2] += count
    return sides[0], sides[1]


def _parts(cuts: Sequence[int], size: int) -> Parts:
    edges = (0, *cuts, size)
    return tuple(tuple(range(a, b)) for a, b in pairwise(edges))


def _allowed(count: int, least: int) -> bool:
    return count == 0 or count >= least
