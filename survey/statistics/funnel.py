"""Units against the whole in one picture, judged by nothing but what is printed of them.

Of a unit a reader knows its share in whole per cent and its n to the nearest five. A p value here
is the largest that any counts behind these numbers would have: rounding never makes a unit stand
out, and whoever reckons with the exact counts finds no more than is said. Tails are those of the
binomial distribution itself: 12 of 12 where 85 % are expected, one case in seven, is one in seven.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Undefined
from survey.statistics import floors, multiple, unit
from survey.statistics.disclosure import rounding

# Whole per cents that can be printed of a share that is shown.
PRINTABLE = np.arange(1, 100) / 100
HALF = 0.005
SLACK = 1e-9
POWER = 0.80


class Points(Struct, frozen=True, kw_only=True):
    """The units shown at one question, in the order given: shares 0..1 and n as printed."""

    shares: tuple[float, ...]
    answers: tuple[int, ...]
    target: float


class Spread(Struct, frozen=True, kw_only=True):
    """Whether units differ among each other: `p` of the test for it, `tau2` what it is about."""

    p: float
    tau2: float


def p_values(points: Points) -> tuple[float, ...]:
    """Two-sided p per unit of being like the whole; the largest that the printed numbers allow.

    Args:
        points: answers >= 10, target between 0 and 1
    References:
        Clopper and Pearson 1934 (doubled tail of the binomial distribution)
    """
    if not points.shares:
        return ()
    below, above = _tails(np.array(points.shares), np.array(points.answers), points.target)
    return tuple(np.minimum(1.0, 2 * np.minimum(below, above)).tolist())


def limits(n: int, target: float, level: float) -> tuple[float, float]:
    """Between which shares a unit of `n` printed answers has p > `level`.

    The ends lie half a per cent beyond the last printable share inside, so that no dot lies on one.
    """
    below, above = _tails(PRINTABLE, np.full(PRINTABLE.size, n), target)
    low, high = PRINTABLE[2 * below > level], PRINTABLE[2 * above > level]
    # A share of all or nothing is never printed: what includes the last printable is open.
    lowest = float(low[0]) if low.size else target
    highest = float(high[-1]) if high.size else target
    return (
        0.0 if lowest == PRINTABLE[0] else lowest - HALF,
        1.0 if highest == PRINTABLE[-1] else highest + HALF,
    )


def sizes(least: int, most: int) -> tuple[int, ...]:
    """Numbers of answers as they are printed, about fifty of them, with both ends."""
    step = max(1, (most - least) // (50 * rounding.STEP)) * rounding.STEP
    return (*range(rounding.base(least), most, step), most)


def detectable(n: int, target: float, level: float, *, power: float = POWER) -> float | None:
    """How far a unit of `n` answers must lie from the target, to be found with this power.

    Returns:
        whole per cents as 0..1, upwards and downwards as far as there is room; None without any
    """
    low, high = limits(n, target, level)
    most, least = np.ceil(n * low) - 1, np.floor(n * high) + 1
    for step in range(1, 100):
        down, up = target - step / 100, target + step / 100
        powers = [stats.binom.cdf(most, n, down)] if down > 0 else []
        powers += [stats.binom.sf(least - 1, n, up)] if up < 1 else []
        if powers and min(powers) >= power:
            return step / 100
    return None


def spread(points: Points) -> Spread | None:
    """The test whether units differ among each other; None with too few units to tell.

    References:
        Cochran 1954, Biometrics 10:417 (homogeneity); Spiegelhalter 2005, Quality and Safety in
        Health Care 14:347 (tau2)
    """
    if len(points.shares) < floors.BETWEEN:
        return None
    hits = [share * n for share, n in zip(points.shares, points.answers, strict=True)]
    dispersion = unit.overdispersion(hits, points.answers, target=points.target)
    if isinstance(dispersion, Undefined):
        return None
    q = sum(z**2 for z in dispersion.z)
    return Spread(p=float(stats.chi2.sf(q, len(dispersion.z))), tau2=dispersion.tau2)


def spreads(name: str, tested: Sequence[Spread | None], *, level: float = 0.05) -> list[float]:
    """The variance between units per question, 0 where the test of that very question says none.

    The questions are one family.
    """
    known = [tested_unit for tested_unit in tested if tested_unit is not None]
    family = multiple.holm(name, [tested_unit.p for tested_unit in known], level=level)
    if isinstance(family, Undefined):
        return [0.0] * len(tested)
    says = iter(family.rejected)
    return [
        tested_unit.tau2 if tested_unit is not None and next(says) else 0.0
        for tested_unit in tested
    ]


def wider(n: int, target: float, level: float, tau2: float) -> tuple[float, float]:
    """The range of a unit of `n` answers where units differ anyway by a variance of `tau2`."""
    half = float(stats.norm.ppf(1 - level / 2)) * sqrt(target * (1 - target) / n + tau2)
    return max(target - half, 0.0), min(target + half, 1.0)


def _tails(
    shares: NDArray[np.float64], answers: NDArray[np.int64], target: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of at most and of at least what is printed, whatever was rounded to it."""
    reach = rounding.STEP // 2
    n = answers[:, None] + np.arange(-reach, reach + 1)
    n = np.maximum(n, floors.POINT)
    most = np.ceil(n * (shares[:, None] + HALF) - SLACK) - 1
    least = np.ceil(n * (shares[:, None] - HALF) - SLACK)
    below = stats.binom.cdf(most, n, max(target - HALF, SLACK))
    above = stats.binom.sf(least - 1, n, min(target + HALF, 1 - SLACK))
    return below.max(axis=1), above.max(axis=1)
