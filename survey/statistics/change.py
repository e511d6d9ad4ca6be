"""Change of the same people between two measurements, on the scale itself.

Effect sizes, which never are the headline, are in `effect`; classes of change in `reliable`.
"""

from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Estimate, NoFigure, Undefined
from survey.statistics import mean
from survey.statistics.mean import Quartiles, Values


class Pairs(Struct, frozen=True):
    """Values of the same people before and after, in an order that does not depend on the input."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]

    @property
    def differences(self) -> NDArray[np.float64]:
        """After minus before."""
        return self.after - self.before


class Change(Struct, frozen=True, kw_only=True):
    """Mean of after minus before with its t interval, and what describes the pairs behind it.

    `correlation` is None where one of the two does not vary; `t` and `p` (two-sided, of no change)
    are None where all differences are equal.
    """

    change: Estimate
    quartiles: Quartiles
    mean_before: float
    mean_after: float
    sd_before: float
    sd_after: float
    sd_difference: float
    correlation: float | None
    t: float | None
    df: int
    p: float | None


def change(
    before: Values, after: Values, *, level: float = 0.95, missing: int = 0
) -> Change | Undefined:
    """Mean change of the people with both values.

    Args:
        before, after: the same person at the same place; finite, at least two people
        missing: people asked at the first time without both values; handed through
    References:
        Student 1908 (paired t); quartiles of type 7
    """
    paired = pairs(before, after)
    if isinstance(paired, Undefined):
        return paired
    estimate = mean.mean(paired.differences, level=level, missing=missing)
    quartiles = mean.quartiles(paired.differences)
    if isinstance(estimate, Undefined):
        return estimate
    if isinstance(quartiles, Undefined):
        return quartiles
    sds = [float(x.std(ddof=1)) for x in (paired.before, paired.after, paired.differences)]
    n = paired.before.size
    t = estimate.value / (sds[2] / sqrt(n)) if sds[2] > 0 else None
    return Change(
        change=estimate,
        quartiles=quartiles,
        mean_before=float(paired.before.mean()),
        mean_after=float(paired.after.mean()),
        sd_before=sds[0],
        sd_after=sds[1],
        sd_difference=sds[2],
        correlation=correlation(paired),
        t=t,
        df=n - 1,
        p=None if t is None else float(2 * stats.t.sf(abs(t), n - 1)),
    )


def pairs(before: Values, after: Values) -> Pairs | Undefined:
    """The pairs sorted, so that no digit of a result depends on the order of respondents."""
    x, y = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    wrong = refusal(x, y)
    if wrong is not None:
        return Undefined(reason=wrong)
    order = np.lexsort((y, x))
    return Pairs(x[order], y[order])


def refusal(x: NDArray[np.float64], y: NDArray[np.float64]) -> NoFigure | None:
    """Why there is nothing to compute from these two columns, or None."""
    if x.shape != y.shape:
        return "unequal-lengths"
    if x.size == 0:
        return "no-answers"
    if not (mean.finite(x) and mean.finite(y)):
        return "not-finite"
    return "too-few-values" if x.size < 2 else None


def correlation(paired: Pairs) -> float | None:
    """Pearson's correlation of before and after; None where one of them does not vary."""
    if paired.before.std() == 0 or paired.after.std() == 0:
        return None
    return float(np.corrcoef(paired.before, paired.after)[0, 1])
