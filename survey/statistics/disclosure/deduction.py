"""Whether a printed mean gives away how a joined category divides."""

from collections.abc import Sequence
from itertools import product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Undefined
from survey.statistics import mean
from survey.statistics.disclosure import rounding
from survey.statistics.disclosure.merge import Parts
from survey.statistics.disclosure.threshold import CATEGORY

# More divisions than this are not tried; the mean is then withheld.
TRIED = 200_000


def of_counts(counts: Sequence[int], scores: Sequence[float]) -> Estimate | Undefined:
    """Mean of coded answers with its t interval, as printed."""
    values = np.repeat(np.asarray(scores, dtype=float), np.asarray(counts, dtype=int))
    estimate = mean.mean(values)
    return estimate if isinstance(estimate, Undefined) else rounding.mean(estimate)


def betrays(counts: Sequence[int], scores: Sequence[float], parts: Parts) -> bool:
    """True when base, joined categories and printed mean leave a small category too few values.

    Every division of the joined categories is tried against the printed mean and interval; each
    code with fewer than the least answers must be able to hold at least that many more or less.
    """
    small = [i for i, count in enumerate(counts) if 0 < count < CATEGORY]
    joint = [part for part in parts if len(part) > 1]
    if not small:
        return False
    if prod(comb(_total(counts, p) + len(p) - 1, len(p) - 1) for p in joint) > TRIED:
        return True
    possible = _divisions(counts, joint)
    fitting = possible[_prints_alike(possible, np.asarray(counts), np.asarray(scores))]
    return bool((np.ptp(fitting[:, small], axis=0) < CATEGORY).any())


def _total(counts: Sequence[int], part: tuple[int, ...]) -> int:
    return sum(counts[i] for i in part)


def _divisions(counts: Sequence[int], joint: list[tuple[int, ...]]) -> NDArray[np.int64]:
    every = []
    for choice in product(*(list(_splits(_total(counts, p), len(p))) for p in joint)):
        line = list(counts)
        for part, split in zip(joint, choice, strict=True):
            for i, count in zip(part, split, strict=True):
                line[i] = count
        every.append(line)
    return np.array(every, dtype=np.int64)


def _splits(total: int, size: int) -> list[tuple[int, ...]]:
    if size == 1:
        return [(total,)]
    return [(a, *rest) for a in range(total + 1) for rest in _splits(total - a, size - 1)]


def _prints_alike(
    possible: NDArray[np.int64], counts: NDArray[np.int64], scores: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which divisions have a mean and a standard deviation that print like the true ones.

    The interval is printed to one decimal outwards, so its half width is known to 0.1.
    """
    n = counts.sum()
    means = possible @ scores / n
    spreads = np.sqrt(np.maximum(possible @ scores**2 / n - means**2, 0.0))
    true = counts @ scores / n
    spread = np.sqrt(max(counts @ scores**2 / n - true**2, 0.0))
    alike = np.round(means, 1) == np.round(true, 1)
    near = np.abs(spreads - spread) * 2 / np.sqrt(n) <= 0.05
    return np.asarray(alike & near, dtype=np.bool_)
