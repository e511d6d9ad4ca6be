"""How much of a change is expected without any help, because people begin in bad times."""

from math import sqrt

import numpy as np
from scipy import stats

from survey.model.estimates import Defined, Estimate, Undefined
from survey.statistics import change
from survey.statistics.mean import Values


def expected_shift(
    mean: float, sd: float, cut: float, correlation: float, *, baselines: int = 1
) -> float | Undefined:
    """Mean shift towards `mean` of people selected because they lay beyond `cut`.

    Args:
        mean, sd: of the whole population at one measurement
        cut: selected are those on its far side of the mean; equal to the mean is the lower half
        correlation: of two measurements without any real change, 0..1
        baselines: how many measurements were averaged for the selection; more, less regression
    Returns:
        points of the scale, >= 0
    References:
        Davis 1976; Barnett, van der Pols and Dobson 2005, International Journal of Epidemiology
        34:215
    """
    if not np.isfinite([mean, sd, cut]).all():
        return Undefined(reason="not-finite")
    if not sd > 0:
        return Undefined(reason="no-variation")
    if not 0 <= correlation <= 1:
        return Undefined(reason="reliability-out-of-range")
    if baselines < 1:
        return Undefined(reason="too-few-values")
    lasting, passing = correlation * sd**2, (1 - correlation) * sd**2 / baselines
    spread = sqrt(lasting + passing)
    # From logarithms: far out both the density and the tail are below the smallest number.
    z = abs(mean - cut) / spread
    ratio = float(np.exp(stats.norm.logpdf(z) - stats.norm.logsf(z)))
    return passing / spread * ratio


def adjusted_change(
    before: Values, after: Values, *, reference: float, level: float = 0.95
) -> Defined:
    """Mean change of people who began at `reference`, by regression of after on before.

    Beside the raw change: with the population's mean as reference, the part that extreme starting
    values bring with them is gone (as far as it is linear).

    Returns:
        Undefined where the values before do not vary, or with fewer than three pairs
    References:
        analysis of covariance; Barnett et al. 2005, section on adjustment
    """
    paired = change.pairs(before, after)
    if isinstance(paired, Undefined):
        return paired
    n = paired.before.size
    if n < 3:
        return Undefined(reason="too-few-values")
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    x = paired.before - paired.before.mean()
    squares = float((x**2).sum())
    if squares == 0:
        return Undefined(reason="no-variation")
    slope = float((x * paired.after).sum()) / squares
    away = reference - float(paired.before.mean())
    value = float(paired.after.mean()) + slope * away - reference
    rest = paired.after - paired.after.mean() - slope * x
    error = sqrt(float((rest**2).sum()) / (n - 2) * (1 / n + away**2 / squares))
    half = float(stats.t.ppf(0.5 + level / 2, n - 2)) * error
    return Estimate(value=value, low=value - half, high=value + half, n=n, level=level)
