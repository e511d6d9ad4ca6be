"""The difference between two waves, computed from printed figures, with its own interval.

The people of two waves count as independent samples: whoever answered twice makes the interval
rather too wide. What a figure lost by rounding is counted in: as one more source of error where
the figure is less certain than that, and to its full extent where it is not.
"""

from math import ceil, erfc, sqrt
from statistics import NormalDist

from msgspec import Struct

from survey.model.estimates import Estimate
from survey.model.series import Known
from survey.statistics import wilson

LEVEL, POWER = 0.95, 0.80
SLACK = 1e-9
_ROUNDED = 1 / sqrt(12)  # standard deviation of a rounding error, in units of the last digit
_FARTHEST = 38.0  # standard errors, beyond which a float has no tail left


class Difference(Struct, frozen=True, kw_only=True):
    """Later less earlier, its 95 % interval, and two-sided p of no change."""

    value: float
    low: float
    high: float
    p: float


def of_shares(shares: list[float], n: float) -> Known | None:
    """The mean of shares in whole per cent, as precise as that of `n` answers; or None."""
    value = sum(shares) / len(shares)
    if not 0 < value < 1 or n <= 0:
        return None
    return Known(
        share=True,
        value=value,
        error=sqrt(value * (1 - value) / n),
        digit=0.01 / len(shares),
        noise=0.01 * _ROUNDED / sqrt(len(shares)),
        most=0.005,
    )


def of_distribution(percents: dict[float, float], n: int) -> Known | None:
    """A mean of `n` answers from the whole per cents that chose each score; or None."""
    value = sum(score * percent for score, percent in percents.items()) / 100
    variance = sum(percent * (score - value) ** 2 for score, percent in percents.items()) / 100
    if variance == 0 or n < 4:
        return None
    noise = 0.01 * _ROUNDED * sqrt(sum((score - value) ** 2 for score in percents))
    return Known(
        share=False,
        value=value,
        # The factor stands for the wider tails of Student's distribution.
        error=sqrt(variance / n * (n - 1) / (n - 3)),
        digit=0.01,
        noise=noise,
        most=4 * noise,
    )


def of_interval(figure: Estimate, *, share: bool) -> Known | None:
    """A figure of which only its 95 % interval is known, as precise as the wider side says."""
    reach = max(figure.value - figure.low, figure.high - figure.value)
    if reach <= 0:
        return None
    digit = 0.01 if share else 0.1
    return Known(
        share=share,
        value=figure.value,
        error=reach / _z(LEVEL),
        digit=digit,
        noise=digit * _ROUNDED,
        most=digit / 2,
    )


def difference(before: Known, after: Known) -> Difference:
    """The change from one wave to the next.

    References:
        Newcombe 1998, Statistics in Medicine 17:873, method 10 (shares)
    """
    value = after.value - before.value
    below, above = _reach(before, after, _z(LEVEL))
    p = _p(before, after, value)
    return Difference(value=value, low=value - below, high=value + above, p=p)


def detectable(before: Known, after: Known, level: float, *, power: float = POWER) -> float:
    """The smallest change that such a pair of waves shows with this power, by a test at `level`.

    Rounded up to whole per cents of a share, to one decimal of a mean.
    """
    z = _z(1 - level) + NormalDist().inv_cdf(power)
    noise, bound = _rounding(before, after)
    least = z * sqrt(before.error**2 + after.error**2 + noise) + bound
    step = 0.01 if before.share else 0.1
    return step * ceil(least / step - SLACK)


def _reach(before: Known, after: Known, z: float) -> tuple[float, float]:
    """How far the interval goes below and above the difference, at `z` standard errors."""
    (old_below, old_above), (new_below, new_above) = _around(before, z), _around(after, z)
    noise, bound = _rounding(before, after)
    below = sqrt(new_below**2 + old_above**2 + z**2 * noise) + bound
    above = sqrt(new_above**2 + old_below**2 + z**2 * noise) + bound
    return below, above


def _around(known: Known, z: float) -> tuple[float, float]:
    """How far the true value may lie below and above."""
    if not known.share:
        return z * known.error, z * known.error
    n = known.value * (1 - known.value) / known.error**2
    low, high = wilson.at(known.value, n, z)
    return known.value - low, high - known.value


def _rounding(before: Known, after: Known) -> tuple[float, float]:
    """Variance that rounding adds, and how far beyond that it can move the difference.

    Sheppard: as long as a figure varies by more than half its last digit, rounding errors are as
    good as random; half a digit of the difference stands for its steps.
    """
    noise, bound = 0.0, max(before.digit, after.digit) / 2
    for estimate in (before, after):
        if estimate.error < sqrt(3) * estimate.noise:
            bound += estimate.most
        else:
            noise += estimate.noise**2
    return noise, bound


def _p(before: Known, after: Known, value: float) -> float:
    """Two-sided p by inverting the interval: where one of its ends would be no change."""
    side = 0 if value > 0 else 1
    low, high = 0.0, _FARTHEST
    for _ in range(60):
        z = (low + high) / 2
        inside = _reach(before, after, z)[side] >= abs(value)
        low, high = (low, z) if inside else (z, high)
    return erfc(low / sqrt(2))


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
