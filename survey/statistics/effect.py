"""Mean change in units of a standard deviation. Which one is part of the result, always."""

import warnings
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Undefined
from survey.statistics import change, noncentral
from survey.statistics.change import Pairs
from survey.statistics.mean import Values

# The standard deviation the mean change is divided by.
Denominator: TypeAlias = Literal[
    "mean-of-both-sds",  # d_av of Cumming and of Lakens
    "root-mean-square-of-both-sds",  # what some packages call d_av
    "sd-of-differences",  # standardised response mean, d_z
    "sd-before",  # Glass; misleading where entry restricts who is there
    "sd-of-differences-for-raw",  # d_rm of Morris and DeShon: d_z sqrt(2 (1 - r))
]
Method: TypeAlias = Literal["noncentral-t", "bootstrap-bca", "jackknife"]

SEED, RESAMPLES = 20_170_612, 9_999
# Above this many pairs the bootstrap gives nothing that the jackknife does not.
BOOTSTRAP_UP_TO = 1_000


class Effect(Struct, frozen=True, kw_only=True):
    """A standardised change; `corrected` by the Hedges factor with n - 1 degrees of freedom."""

    value: float
    low: float
    high: float
    n: int
    level: float
    denominator: Denominator
    method: Method
    corrected: bool


def d_av(before: Values, after: Values, *, level: float = 0.95) -> Effect | Undefined:
    """Mean change over the mean of both standard deviations, with a BCa interval (fixed seed).

    References:
        Cumming 2012, Understanding the New Statistics; Lakens 2013, Frontiers in Psychology 4:863;
        Efron 1987 (BCa)
    """
    return size(before, after, "mean-of-both-sds", level=level)


def srm(before: Values, after: Values, *, level: float = 0.95) -> Effect | Undefined:
    """Standardised response mean: mean change over the standard deviation of the changes.

    References:
        Cohen 1988 (d_z); interval by the noncentral t, Steiger and Fouladi 1997
    """
    return size(before, after, "sd-of-differences", level=level)


def glass(before: Values, after: Values, *, level: float = 0.95) -> Effect | Undefined:
    """Mean change over the standard deviation before; only on request (see `Denominator`)."""
    return size(before, after, "sd-before", level=level)


def size(
    before: Values,
    after: Values,
    denominator: Denominator,
    *,
    corrected: bool = False,
    level: float = 0.95,
) -> Effect | Undefined:
    """The change of pairs in units of `denominator`, with its interval.

    Args:
        corrected: times the exact Hedges factor (needs three pairs)
        level: of confidence, between 0 and 1
    Returns:
        Undefined where the denominator is zero or a resample has none
    """
    paired = change.pairs(before, after)
    if isinstance(paired, Undefined):
        return paired
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    n = paired.before.size
    if corrected and n < 3:
        return Undefined(reason="too-few-values")
    value = float(_ratio(paired.before, paired.after, denominator))
    if not np.isfinite(value):
        return Undefined(reason="no-variation")
    ends = _interval(paired, denominator, level)
    if isinstance(ends, Undefined):
        return ends
    low, high, method = ends
    factor = noncentral.hedges_factor(n - 1) if corrected else 1.0
    return Effect(
        value=factor * value,
        low=factor * min(low, value),
        high=factor * max(high, value),
        n=n,
        level=level,
        denominator=denominator,
        method=method,
        corrected=corrected,
    )


def _interval(
    paired: Pairs, denominator: Denominator, level: float
) -> tuple[float, float, Method] | Undefined:
    n = paired.before.size
    value = float(_ratio(paired.before, paired.after, denominator))
    if denominator == "sd-of-differences":
        low, high = noncentral.deltas(value * sqrt(n), n - 1, level)
        return low / sqrt(n), high / sqrt(n), "noncentral-t"
    if n > BOOTSTRAP_UP_TO:
        half = float(stats.norm.ppf(0.5 + level / 2)) * _jackknife_error(paired, denominator)
        return value - half, value + half, "jackknife"
    return _bootstrap(paired, denominator, level) if n > 2 else Undefined(reason="too-few-values")


def _bootstrap(
    paired: Pairs, denominator: Denominator, level: float
) -> tuple[float, float, Method] | Undefined:
    def ratio(
        x: NDArray[np.float64], y: NDArray[np.float64], axis: int = -1
    ) -> NDArray[np.float64]:
        return _ratio(x, y, denominator, axis)

    with np.errstate(all="ignore"), warnings.catch_warnings():
        # Degenerate resamples are told by their ends below, not by a line in a log.
        warnings.simplefilter("ignore")
        result = stats.bootstrap(
            (paired.before, paired.after),
            ratio,
            paired=True,
            vectorized=True,
            n_resamples=RESAMPLES,
            batch=1_000,
            confidence_level=level,
            method="BCa",
            rng=np.random.default_rng(SEED),
        )
    low, high = (float(end) for end in result.confidence_interval)
    if not (np.isfinite(low) and np.isfinite(high)):
        return Undefined(reason="not-estimable")
    return low, high, "bootstrap-bca"


def _jackknife_error(paired: Pairs, denominator: Denominator) -> float:
    """Standard error from leaving out one pair at a time, by formula instead of n times n sums."""
    n = paired.before.size
    pieces = []
    for x in (paired.before, paired.after, paired.differences):
        middle = x.mean()
        left = (n * middle - x) / (n - 1)
        squares = ((x - middle) ** 2).sum() - n / (n - 1) * (x - middle) ** 2
        pieces.append((left, np.sqrt(np.maximum(squares, 0) / (n - 2))))
    (_, first), (_, second), (shift, spread) = pieces
    replicates = shift / _divisor(first, second, spread, denominator)
    return float(np.sqrt((n - 1) / n * ((replicates - replicates.mean()) ** 2).sum()))


def _ratio(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    denominator: Denominator,
    axis: int = -1,
) -> NDArray[np.float64]:
    differences = after - before
    divisor = _divisor(
        before.std(axis=axis, ddof=1),
        after.std(axis=axis, ddof=1),
        differences.std(axis=axis, ddof=1),
        denominator,
    )
    with np.errstate(all="ignore"):
        return np.asarray(differences.mean(axis=axis) / divisor)


def _divisor(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    differences: NDArray[np.float64],
    denominator: Denominator,
) -> NDArray[np.float64]:
    match denominator:
        case "mean-of-both-sds":
            return (before + after) / 2
        case "root-mean-square-of-both-sds":
            return np.sqrt((before**2 + after**2) / 2)
        case "sd-of-differences":
            return differences
        case "sd-before":
            return before
        case _:
            # s_diff^2 = s1^2 + s2^2 - 2 r s1 s2, solved for r.
            with np.errstate(all="ignore"):
                r = (before**2 + after**2 - differences**2) / (2 * before * after)
                return np.asarray(differences / np.sqrt(np.maximum(2 * (1 - r), 0)))
