"""One result from several imputed data sets. Refusals are answers and are not imputed."""

from collections.abc import Sequence
from math import inf, sqrt

import numpy as np
from msgspec import Struct
from scipy import stats

from survey.model.estimates import Undefined
from survey.statistics import mean


class Pooled(Struct, frozen=True, kw_only=True):
    """The mean of the estimates with its total variance; `df` may be infinite."""

    value: float
    low: float
    high: float
    level: float
    variance: float
    error: float
    df: float
    imputations: int


def rubin(
    values: Sequence[float],
    variances: Sequence[float],
    *,
    complete_df: float | None = None,
    level: float = 0.95,
) -> Pooled | Undefined:
    """Rubin's rules; they hold from two data sets on, and the method asks for twenty.

    Args:
        values, variances: the estimate of each data set and its squared standard error
        complete_df: degrees of freedom without missing data; then the small-sample formula is used
    References:
        Rubin 1987, Multiple Imputation; Barnard and Rubin 1999, Biometrika 86:948
    """
    if len(values) != len(variances):
        return Undefined(reason="unequal-lengths")
    if len(values) < 2:
        return Undefined(reason="too-few-values")
    if not mean.finite(np.array([*values, *variances])):
        return Undefined(reason="not-finite")
    if min(variances) < 0:
        return Undefined(reason="negative-weights")
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    m = len(values)
    value, within = float(np.mean(np.sort(values))), float(np.mean(np.sort(variances)))
    between = (1 + 1 / m) * float(np.var(np.sort(values), ddof=1))
    total = within + between
    if total == 0:
        return Undefined(reason="no-variation")
    df = _degrees(m, between / total, complete_df)
    error = sqrt(total)
    half = float(stats.t.ppf(0.5 + level / 2, df)) * error
    return Pooled(
        value=value,
        low=value - half,
        high=value + half,
        level=level,
        variance=total,
        error=error,
        df=df,
        imputations=m,
    )


def _degrees(m: int, missing: float, complete: float | None) -> float:
    """`missing` is the share of the variance that comes from missing data."""
    old = (m - 1) / missing**2 if missing > 0 else inf
    if complete is None:
        return old
    observed = (complete + 1) / (complete + 3) * complete * (1 - missing)
    return observed if old == inf else old * observed / (old + observed)
