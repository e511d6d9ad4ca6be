"""Where the answers on a numeric scale lie: mean with its interval, median and quartiles."""

from collections.abc import Sequence
from math import sqrt
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Defined, Estimate, Undefined

Values: TypeAlias = Sequence[float] | NDArray[np.float64]

LARGEST = 1e75


class Quartiles(Struct, frozen=True, kw_only=True):
    """A quarter of the values lies at or below `lower`, half at or below `median`."""

    lower: float
    median: float
    upper: float
    n: int


def mean(values: Values, *, level: float = 0.95, missing: int = 0) -> Defined:
    """Mean of `values` with the t interval for it.

    Args:
        values: finite numbers, at least two (one alone has no spread to tell the precision from)
        level: of confidence, between 0 and 1
        missing: asked without a value; handed through
    Returns:
        value, low, high on the scale of the values; low = high when all values are equal
    References:
        Student 1908; any textbook, n - 1 degrees of freedom
    """
    x = ordered(values)
    if isinstance(x, Undefined):
        return x
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    if x.size < 2:
        return Undefined(reason="too-few-values")
    middle = float(x.mean())
    half = float(stats.t.ppf(0.5 + level / 2, x.size - 1)) * float(x.std(ddof=1)) / sqrt(x.size)
    return Estimate(
        value=middle,
        low=middle - half,
        high=middle + half,
        n=int(x.size),
        level=level,
        missing=missing,
    )


def quartiles(values: Values) -> Quartiles | Undefined:
    """Median and quartiles, interpolated linearly between the two nearest values.

    References:
        Hyndman and Fan 1996, definition 7 (the default of R and numpy)
    """
    x = ordered(values)
    if isinstance(x, Undefined):
        return x
    lower, median, upper = (float(q) for q in np.quantile(x, [0.25, 0.5, 0.75]))
    return Quartiles(lower=lower, median=median, upper=upper, n=int(x.size))


def ordered(values: Values) -> NDArray[np.float64] | Undefined:
    """The values from small to large: no digit of a sum may depend on the order they came in."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    if x.size == 0:
        return Undefined(reason="no-answers")
    return x if finite(x) else Undefined(reason="not-finite")


def finite(x: NDArray[np.float64]) -> bool:
    """True for numbers that can be computed with: no NaN, no infinity, squares of squares hold."""
    return bool((np.abs(x) < LARGEST).all())
