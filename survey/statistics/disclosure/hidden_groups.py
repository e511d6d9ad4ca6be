"""Hiding groups whole: the usual case of bases, or of yes and no, by group.

A group is either shown, or keeps its base and hides how it divides, or is hidden wholly; half a
group (a count without its base) would be of no use to a reader. In this small space every choice
can be tried, and what a reader can work out has a formula; `audit` checks the choice all the same.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, product

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.statistics.disclosure import audit
from survey.statistics.disclosure.tables import ALL, Key, Linked

# At most so many groups are hidden for the sake of others; if they do not do, none is shown.
JOINING = 3
# Two or three at a time are sought among the smallest only.
SMALLEST = 20


class HiddenGroups(Struct, frozen=True):
    """Groups hidden wholly, and groups whose division is hidden."""

    gone: frozenset[int]
    divided: frozenset[int]


def hide(
    counts: NDArray[np.int64],
    first: Collection[tuple[int, int | str]],
    table: Linked,
    *,
    width: int,
    most: Mapping[Key, int],
    respondents: bool = True,
) -> frozenset[Key] | None:
    """The cells to hide so that those in `first` are safe: fewest cells, smallest total, in order.

    Args:
        counts: groups x one or two categories; their sums are published
        first: cells that must not be known, (group, category) or (group, ALL)
        table: the same counts with margins
        respondents: whether those who answered are reckoned with, each knowing herself
    Returns:
        None when no choice is safe
    """
    gone = frozenset(g for g, c in first if c == ALL)
    divided = frozenset(g for g, c in first if c != ALL) - gone
    start = HiddenGroups(gone, divided)
    everything = HiddenGroups(frozenset(range(counts.shape[0])) - divided, divided)
    safe = _safe_from_all if respondents else _safe
    if not safe(counts, start, everything, width):
        return None
    for chosen in _choices(counts, start):
        if not safe(counts, start, chosen, width):
            continue
        hidden = _cells(chosen, counts.shape[1])
        if not audit.unsafe(
            table, hidden, width=width, of=first, most=most, respondents=respondents
        ):
            return hidden
    return None


def _choices(counts: NDArray[np.int64], start: HiddenGroups) -> Iterator[HiddenGroups]:
    """The start and everything that adds up to three groups to it, the cheapest first."""
    groups, categories = counts.shape
    bases = counts.sum(axis=1)
    free = [g for g in range(groups) if bases[g] > 0 and g not in start.gone | start.divided]
    small = sorted(sorted(free, key=lambda g: (bases[g], g))[:SMALLEST])
    kinds = (True,) if categories == 1 else (False, True)
    for size in range(JOINING + 1):
        # Sorted by size class, not over all: a class is tried only when the smaller ones failed.
        candidates = []
        for chosen in combinations(free if size < 2 else small, size):
            for whole in product(kinds, repeat=size):
                cells = sum(categories + 1 if is_whole else categories for is_whole in whole)
                pairs = zip(chosen, whole, strict=True)
                total = sum(int(bases[g]) * (2 if is_whole else 1) for g, is_whole in pairs)
                candidates.append((cells, total, chosen, whole))
        for _, _, chosen, whole in sorted(candidates):
            added = list(zip(chosen, whole, strict=True))
            yield HiddenGroups(
                start.gone | {g for g, is_whole in added if is_whole},
                start.divided | {g for g, is_whole in added if not is_whole},
            )


def _safe_from_all(
    counts: NDArray[np.int64], start: HiddenGroups, chosen: HiddenGroups, width: int
) -> bool:
    """Whether the choice is safe from readers, and from everybody who answered in a hidden group.

    She takes herself out of the table, and a group she is alone in: of the rest she may know no
    more than other readers, but for herself.
    """
    if not _safe(counts, start, chosen, width):
        return False
    to_all = _widths(counts, start, chosen)
    for g in sorted(chosen.gone | chosen.divided):
        for c in np.flatnonzero(counts[g]):
            without = counts.copy()
            without[g, c] -= 1
            revealed = not without[g].any() or (g in chosen.divided and not without[g, c])
            alone = frozenset({g} if revealed else ())
            without[sorted(alone)] = 0
            left = HiddenGroups(start.gone - alone, start.divided - alone)
            rest = HiddenGroups(chosen.gone - alone, chosen.divided - alone)
            if not _enough(without, left, rest, width):
                return False
            to_her = _widths(without, left, rest)
            if any(wide < min(width, to_all[p] - 1) for p, wide in to_her.items()):
                return False
    return True


def _safe(counts: NDArray[np.int64], start: HiddenGroups, chosen: HiddenGroups, width: int) -> bool:
    """Whether a reader's intervals are all at least `width` wide, if nothing else is known."""
    if not _enough(counts, start, chosen, width):
        return False
    return all(wide >= width for wide in _widths(counts, start, chosen).values())


def _enough(
    counts: NDArray[np.int64], start: HiddenGroups, chosen: HiddenGroups, width: int
) -> bool:
    """Whether what follows by subtraction is about `width` people at least.

    What is hidden sums to a known number per category and, for the groups gone, to a known number
    of people.
    """
    left, totals = _left(counts, chosen), counts.sum(axis=0)
    if (left < np.minimum(totals, width)).any():
        return False
    if chosen.gone and int(counts[sorted(chosen.gone)].sum()) < width:
        return False
    return not start.gone or len(chosen.gone) >= 2


def _widths(counts: NDArray[np.int64], start: HiddenGroups, chosen: HiddenGroups) -> dict[int, int]:
    """How wide the narrowest interval about each group in `start` is.

    Known are the sums of what is hidden, and the base of a divided group.
    """
    bases = counts.sum(axis=1)
    if counts.shape[1] == 1:
        people = int(bases[sorted(chosen.gone)].sum())
        return dict.fromkeys(start.gone, people)
    first_sum, second_sum = (int(sum_) for sum_ in _left(counts, chosen))
    fixed = int(bases[sorted(chosen.divided)].sum())
    gone = min(first_sum - max(0, fixed - second_sum), second_sum - max(0, fixed - first_sum))
    widths = dict.fromkeys(start.gone, gone)
    for g in start.divided:
        widths[g] = min(int(bases[g]), first_sum) - max(0, int(bases[g]) - second_sum)
    return widths


def _left(counts: NDArray[np.int64], chosen: HiddenGroups) -> NDArray[np.int64]:
    """The sum of what is hidden, per category."""
    sums: NDArray[np.int64] = counts[sorted(chosen.gone | chosen.divided)].sum(axis=0)
    return sums


def _cells(chosen: HiddenGroups, categories: int) -> frozenset[Key]:
    divisions = product(chosen.gone | chosen.divided, range(categories))
    return frozenset(divisions) | {(g, ALL) for g in chosen.gone}
