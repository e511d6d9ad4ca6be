"""Whether a printed mean gives away how a joined category divides."""

from collections.abc import Sequence
from itertools import product
from math import comb, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Undefined
from survey.model.rounding import SLACK
from survey.statistics import mean
from survey.statistics.disclosure import rounding
from survey.statistics.disclosure.merge import Parts
from survey.statistics.disclosure.threshold import CATEGORY

# More divisions than this are not tried; the mean is then withheld.
TRIED = 200_000
# Divisions that differ from the true one by at most so many answers per code are tried first: where
# they leave room enough, all of them do.
NEAR = CATEGORY + 1


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
    if _wide(_around(counts, joint), counts, scores, small):
        return False
    if prod(comb(_total(counts, p) + len(p) - 1, len(p) - 1) for p in joint) > TRIED:
        return True
    return not _wide(_divisions(counts, joint), counts, scores, small)


def _wide(
    possible: NDArray[np.int64], counts: Sequence[int], scores: Sequence[float], small: list[int]
) -> bool:
    """Whether every small code can hold quite different numbers and the mean print the same."""
    fitting = possible[_prints_alike(possible, np.asarray(counts), np.asarray(scores))]
    return bool((np.ptp(fitting[:, small], axis=0) >= CATEGORY).all())


def _around(counts: Sequence[int], joint: list[tuple[int, ...]]) -> NDArray[np.int64]:
    """Divisions of the joined categories near the true one, that itself included."""
    free = [i for part in joint for i in part[:-1]]
    if (2 * NEAR + 1) ** len(free) > TRIED:
        return np.array([counts], dtype=np.int64)
    steps = np.array(list(product(range(-NEAR, NEAR + 1), repeat=len(free))), dtype=np.int64)
    near = np.tile(np.asarray(counts, dtype=np.int64), (len(steps), 1))
    near[:, free] += steps
    for part in joint:
        near[:, part[-1]] = _total(counts, part) - near[:, list(part[:-1])].sum(axis=1)
    return near[(near >= 0).all(axis=1)]


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
    """The divisions whose mean and standard deviation print like the true ones.

    The interval is printed to one decimal outwards, so its half width is known to 0.1.
    """
    n = counts.sum()
    means = possible @ scores / n
    spreads = np.sqrt(np.maximum(possible @ scores**2 / n - means**2, 0.0))
    true = counts @ scores / n
    spread = np.sqrt(max(counts @ scores**2 / n - true**2, 0.0))
    alike = _tenths(means) == _tenths(true)
    near = np.abs(spreads - spread) * 2 / np.sqrt(n) <= 0.05
    return np.asarray(alike & near, dtype=np.bool_)


def _tenths(means: Any) -> Any:
    """Means in tenths, rounded as `rounding.mean` prints them: halves up; grades are positive."""
    return np.floor(10 * means + 0.5 + SLACK)
