"""Units as draws from one distribution: how much they differ, and each one's shrunken estimate.

That units do not differ beyond chance (variance zero) is a result here, not a failure.
"""

from collections.abc import Callable, Hashable, Sequence
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Estimate, Undefined
from survey.statistics import likelihood
from survey.statistics.likelihood import Criterion, Fit, Sums

# Ratios of the two standard deviations that an interval is averaged over, as angles.
ANGLES = (np.arange(200) + 0.5) * np.pi / 400
# Halvings of the range in which an end of an interval is sought.
HALVINGS = 40


class UnitEstimate(Struct, frozen=True, kw_only=True):
    """One unit: its deviation from what is expected of it, pulled towards 0 by `shrinkage`.

    `shrinkage` is the weight of the unit's own answers, 0..1; `level_estimate` is the expected
    value of an answer in this unit. Its interval reckons with not knowing how much units differ:
    taking the estimate of that for the truth, it would hold the true value in 85 cases of 100 where
    it says 95.
    """

    unit: Hashable
    n: int
    effect: float
    shrinkage: float
    level_estimate: Estimate


class Coefficient(Struct, frozen=True, kw_only=True):
    """A fixed effect; `df` counts units for what is constant within units, else answers."""

    name: str
    value: float
    error: float
    df: float
    low: float
    high: float


class Model(Struct, frozen=True, kw_only=True):
    """Random-intercept model; the first coefficient is the intercept.

    Args:
        between, within: variances of units and of answers within units
        icc: share of the variance that lies between units
        singular: the variance between units is zero: no differences beyond chance
        deviance: minus twice the (restricted) log likelihood
    """

    coefficients: tuple[Coefficient, ...]
    between: float
    within: float
    icc: float
    singular: bool
    units: tuple[UnitEstimate, ...]
    deviance: float
    criterion: Criterion


def random_intercept(
    values: Sequence[float] | NDArray[np.float64],
    units: Sequence[Hashable],
    *,
    predictors: dict[str, Sequence[float]] | None = None,
    criterion: Criterion = "reml",
    level: float = 0.95,
) -> Model | Undefined:
    """Fits y = X b + u(unit) + e by (restricted) maximum likelihood.

    Args:
        values: one per answer
        units: the unit of each answer; at least two units, one of them with two answers
        predictors: numbers per answer, of the person (case mix) or of the unit
    Returns:
        Undefined with predictors that say the same, or no variation at all
    References:
        Laird and Ware 1982, Biometrics 38:963; Robinson 1991, Statistical Science 6:15 (best
        linear unbiased prediction); Kass and Steffey 1989, JASA 84:717 (intervals that reckon
        with the uncertain variances); Gelman 2006, Bayesian Analysis 1:515 (half-Cauchy)
    """
    data = likelihood.sums(values, units, predictors or {})
    if isinstance(data, Undefined):
        return data
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    ratio = likelihood.ratio(data, criterion)
    fit = likelihood.fit(data, ratio, criterion)
    between = ratio * fit.within
    return Model(
        coefficients=_coefficients(data, fit, level),
        between=between,
        within=fit.within,
        icc=ratio / (1 + ratio),
        singular=ratio == 0,
        units=_units(data, fit, ratio, level),
        deviance=fit.deviance,
        criterion=criterion,
    )


def _coefficients(data: Sums, fit: Fit, level: float) -> tuple[Coefficient, ...]:
    units, n = len(data.labels), float(data.counts.sum())
    upper = int(data.of_units.sum())
    dfs = np.where(data.of_units, units - upper, n - units - (data.of_units.size - upper))
    effects = []
    for j, name in enumerate(data.names):
        value = float(fit.beta[j]) + (data.middle if j == 0 else 0.0)
        error, df = sqrt(max(float(fit.covariance[j, j]), 0.0)), max(float(dfs[j]), 1.0)
        half = float(stats.t.ppf(0.5 + level / 2, df)) * error
        effects.append(
            Coefficient(
                name=name, value=value, error=error, df=df, low=value - half, high=value + half
            )
        )
    return tuple(effects)


def _units(data: Sums, fit: Fit, ratio: float, level: float) -> tuple[UnitEstimate, ...]:
    own = ratio * data.counts / (1 + ratio * data.counts)
    means = data.sum_x / data.counts[:, None]
    effects = own * (data.sum_y / data.counts - means @ fit.beta)
    levels = means @ fit.beta + effects
    lows, highs = _intervals(data, levels, level)
    return tuple(
        UnitEstimate(
            unit=label,
            n=int(data.counts[i]),
            effect=float(effects[i]),
            shrinkage=float(own[i]),
            level_estimate=Estimate(
                value=float(levels[i] + data.middle),
                low=float(lows[i] + data.middle),
                high=float(highs[i] + data.middle),
                n=int(data.counts[i]),
                level=level,
            ),
        )
        for i, label in enumerate(data.labels)
    )


def _intervals(
    data: Sums, levels: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the level of each unit lies, averaged over all ratios of the variances.

    Each ratio counts as likely as the data make it, by the restricted likelihood; beforehand the
    ratio of the standard deviations is half-Cauchy, so that nothing depends on the scale.
    """
    ratios = np.tan(ANGLES) ** 2
    fits = [likelihood.fit(data, float(ratio), "reml") for ratio in ratios]
    deviances = np.array([fit.deviance for fit in fits])
    weights = np.exp((deviances.min() - deviances) / 2)
    kept = weights > 1e-6 * weights.max()
    places = [
        _placed(data, unit_fit, float(divisor))
        for unit_fit, divisor in zip(fits, ratios, strict=True)
    ]
    at = np.array([middle for middle, _ in places])[kept]
    errors = np.array([error for _, error in places])[kept]
    weights = weights[kept, None] / weights[kept].sum()
    df = max(float(data.counts.sum()) - data.of_units.size, 1.0)

    def below(point: NDArray[np.float64]) -> NDArray[np.float64]:
        share: NDArray[np.float64] = (weights * stats.t.cdf((point - at) / errors, df)).sum(axis=0)
        return share

    tail = (1 - level) / 2
    far = float(stats.t.ppf(1 - tail / 2, df)) * errors
    ends = at.min(axis=0) - far.max(axis=0), at.max(axis=0) + far.max(axis=0)
    low, high = (_where(below, share, *ends) for share in (tail, 1 - tail))
    # Of a skewed distribution the estimate could lie beyond an end.
    return np.minimum(low, levels), np.maximum(high, levels)


def _placed(data: Sums, fit: Fit, ratio: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The level of each unit and its error, if the ratio of the variances is this."""
    own = ratio * data.counts / (1 + ratio * data.counts)
    means = data.sum_x / data.counts[:, None]
    expected = means @ fit.beta
    fixed = np.einsum("ij,jk,ik->i", means, fit.covariance, means)
    errors = np.sqrt(fit.within * own / data.counts + (1 - own) ** 2 * fixed)
    return expected + own * (data.sum_y / data.counts - expected), errors


def _where(
    below: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    share: float,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The point of each unit below which this share of its distribution lies."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        under = below(middle) < share
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2
