"""Whether two sides see the same: self and case manager, or raters in a calibration.

Disagreement is a finding, not noise.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Defined, Estimate, Undefined
from survey.statistics import change, mean
from survey.statistics.mean import Values

Weights: TypeAlias = Literal["linear", "quadratic"]
Ratings: TypeAlias = Sequence[Sequence[float]] | NDArray[np.float64]


class Correlations(Struct, frozen=True, kw_only=True):
    """Intraclass correlations of single ratings, and of the mean of all raters of a case.

    one_way: other raters for every case, ICC(1); agreement: the same raters and their level counts,
    ICC(A,1); consistency: their level does not count, ICC(C,1).
    """

    one_way: Defined
    agreement: Defined
    consistency: Defined
    mean_one_way: float | Undefined
    mean_agreement: float | Undefined
    mean_consistency: float | Undefined
    raters: int


class Limits(Struct, frozen=True, kw_only=True):
    """Mean difference (second minus first) and the limits within which 95 % of differences lie."""

    bias: Estimate
    lower: Estimate
    upper: Estimate
    sd: float


def intraclass(ratings: Ratings, *, level: float = 0.95) -> Correlations | Undefined:
    """The three intraclass correlations with their intervals.

    Args:
        ratings: cases x raters, complete, at least 2 x 2
    Returns:
        values may be negative; n is the number of cases
    References:
        Shrout and Fleiss 1979, Psychological Bulletin 86:420; McGraw and Wong 1996,
        Psychological Methods 1:30 (names and intervals)
    """
    squares = _mean_squares(ratings)
    if isinstance(squares, Undefined):
        return squares
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    n, k = squares.cases, squares.raters
    between, raters, error, within = (
        squares.between,
        squares.between_raters,
        squares.error,
        squares.within,
    )
    top = between - error
    if between == 0:
        return Undefined(reason="no-variation")
    coefficient = _ratio(between - within, between + (k - 1) * within)
    agree = _ratio(top, between + (k - 1) * error + k / n * (raters - error))
    same = _ratio(top, between + (k - 1) * error)
    return Correlations(
        one_way=_single(squares, coefficient, within, n * (k - 1), level),
        agreement=_agreement(squares, agree, level),
        consistency=_single(squares, same, error, (n - 1) * (k - 1), level),
        mean_one_way=_ratio(between - within, between),
        mean_agreement=_ratio(top, between + (raters - error) / n),
        mean_consistency=_ratio(top, between),
        raters=k,
    )


def weighted_kappa(
    first: Sequence[int],
    second: Sequence[int],
    *,
    categories: int,
    weights: Weights = "quadratic",
    level: float = 0.95,
) -> Defined:
    """Agreement of two raters beyond chance on an ordered scale, near misses counting in part.

    Args:
        first, second: category 0..categories - 1 for the same case at the same place
    References:
        Cohen 1968; standard error of Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323
    """
    if len(first) != len(second):
        return Undefined(reason="unequal-lengths")
    if not first:
        return Undefined(reason="no-answers")
    if not all(0 <= x < categories for x in (*first, *second)) or not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    n = len(first)
    table = np.zeros((categories, categories))
    np.add.at(table, (np.asarray(first), np.asarray(second)), 1.0 / n)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories)))
    credit = 1 - (apart / max(categories - 1, 1)) ** (1 if weights == "linear" else 2)
    seen, chance = float((credit * table).sum()), float((credit * np.outer(rows, columns)).sum())
    if chance >= 1:
        return Undefined(reason="no-variation")
    kappa = (seen - chance) / (1 - chance)
    mixed = np.add.outer(credit @ columns, credit.T @ rows)
    inner = float((table * (credit - mixed * (1 - kappa)) ** 2).sum())
    variance = (inner - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    half = float(stats.norm.ppf(0.5 + level / 2)) * sqrt(max(variance, 0.0))
    return Estimate(
        value=kappa, low=max(kappa - half, -1.0), high=min(kappa + half, 1.0), n=n, level=level
    )


def limits(first: Values, second: Values, *, level: float = 0.95) -> Limits | Undefined:
    """Mean difference of two measurements and the limits of agreement around it.

    References:
        Bland and Altman 1986, Lancet i:307; 1999, Statistical Methods in Medical Research 8:135
        (intervals of the limits)
    """
    paired = change.pairs(first, second)
    if isinstance(paired, Undefined):
        return paired
    bias = mean.mean(paired.differences, level=level)
    if isinstance(bias, Undefined):
        return bias
    n, sd = bias.n, float(paired.differences.std(ddof=1))
    far = float(stats.norm.ppf(0.975))
    error = sd * sqrt(1 / n + far**2 / (2 * (n - 1)))
    half = float(stats.t.ppf(0.5 + level / 2, n - 1)) * error
    ends = [bias.value - far * sd, bias.value + far * sd]
    lower, upper = (
        Estimate(value=end, low=end - half, high=end + half, n=n, level=level) for end in ends
    )
    return Limits(bias=bias, lower=lower, upper=upper, sd=sd)


class _Squares(Struct, frozen=True, kw_only=True):
    cases: int
    raters: int
    between: float
    within: float
    between_raters: float
    error: float


def _mean_squares(ratings: Ratings) -> _Squares | Undefined:
    x = np.asarray(ratings, dtype=np.float64)
    if x.size == 0:
        return Undefined(reason="no-answers")
    if x.ndim != 2:
        return Undefined(reason="unequal-lengths")
    if not mean.finite(x):
        return Undefined(reason="missing-levels")
    n, k = x.shape
    if n < 2 or k < 2:
        return Undefined(reason="too-few-values")
    x = x[np.lexsort(x.T[::-1])]
    middle = x.mean()
    cases = k * float(((x.mean(axis=1) - middle) ** 2).sum())
    raters = n * float(((x.mean(axis=0) - middle) ** 2).sum())
    inside = float(((x - x.mean(axis=1, keepdims=True)) ** 2).sum())
    return _Squares(
        cases=n,
        raters=k,
        between=cases / (n - 1),
        within=inside / (n * (k - 1)),
        between_raters=raters / (k - 1),
        error=max(inside - raters, 0.0) / ((n - 1) * (k - 1)),
    )


def _ratio(part: float, whole: float) -> float | Undefined:
    return part / whole if whole > 0 else Undefined(reason="no-variation")


def _single(
    squares: _Squares, value: float | Undefined, noise: float, df: int, level: float
) -> Defined:
    if isinstance(value, Undefined):
        return value
    n, k = squares.cases, squares.raters
    if noise == 0:
        return Estimate(value=value, low=value, high=value, n=n, level=level)
    ratio, p = squares.between / noise, 0.5 + level / 2
    low = ratio / float(stats.f.ppf(p, n - 1, df))
    high = ratio * float(stats.f.ppf(p, df, n - 1))
    return Estimate(
        value=value,
        low=(low - 1) / (low + k - 1),
        high=(high - 1) / (high + k - 1),
        n=n,
        level=level,
    )


def _agreement(squares: _Squares, value: float | Undefined, level: float) -> Defined:
    """Satterthwaite's degrees of freedom for the mixture of raters and error."""
    if isinstance(value, Undefined):
        return value
    n, k, p = squares.cases, squares.raters, 0.5 + level / 2
    raters, error = squares.between_raters, squares.error
    if (raters == 0 and error == 0) or value >= 1:
        return Estimate(value=value, low=value, high=value, n=n, level=level)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    spread = (a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    df = (a * raters + b * error) ** 2 / spread if spread > 0 else 0.0
    if df <= 0:
        return Undefined(reason="not-estimable")
    mixture = k * raters + (k * n - k - n) * error
    f = float(stats.f.ppf(p, n - 1, df))
    low = n * (squares.between - f * error) / (f * mixture + n * squares.between)
    f = float(stats.f.ppf(p, df, n - 1))
    high = n * (f * squares.between - error) / (mixture + n * f * squares.between)
    if not (np.isfinite(low) and np.isfinite(high)):
        return Undefined(reason="not-estimable")
    return Estimate(value=value, low=min(low, value), high=max(high, value), n=n, level=level)
