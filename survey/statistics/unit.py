"""Units against a common target: funnel limits and how much units differ beyond chance.

No ranks. Which units may be points, and when there is a funnel at all, is in `floors`.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from msgspec import Struct
from scipy import stats

from survey.model.estimates import Undefined

# Two-sided 95 % and 99.8 %, the usual pair of lines.
WARNING, ALARM = 0.95, 0.998
WINSORISED = 0.10


class Limits(Struct, frozen=True, kw_only=True):
    """Where a unit of `n` answers lies by chance alone, around `target`, for two levels."""

    n: int
    target: float
    alarm_low: float
    warning_low: float
    warning_high: float
    alarm_high: float


class Overdispersion(Struct, frozen=True, kw_only=True):
    """How much more units differ than chance explains.

    Args:
        target: overall share
        z, adjusted: per unit in the order given, without and with the variance between units
        phi: mean of the squared winsorised z; 1 is chance alone
        tau2: variance between units, 0 when chance explains all
        errors: standard error per unit without tau2
    """

    target: float
    z: tuple[float, ...]
    adjusted: tuple[float, ...]
    phi: float
    tau2: float
    errors: tuple[float, ...]


def exact_limits(n: int, target: float) -> Limits | Undefined:
    """Funnel limits of a share from the binomial distribution, interpolated between counts.

    For pictures: near all or nothing an interpolated end leaves out a count that is not rare (12 of
    12 at 85 %, one case in seven). Whether a unit differs is for `funnel.p_values` to say.

    Args:
        n: answers of the unit, > 0
        target: 0..1, the overall share or the one expected from its case mix
    References:
        Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1.1
    """
    wrong = _refusal(n, target)
    if wrong is not None:
        return wrong
    ends = [_quantile(n, target, p) for p in _tails()]
    return Limits(
        n=n,
        target=target,
        alarm_low=ends[0],
        warning_low=ends[1],
        warning_high=ends[2],
        alarm_high=ends[3],
    )


def normal_limits(n: int, target: float, *, tau2: float = 0.0) -> Limits | Undefined:
    """Funnel limits of a share from its score test, clipped to 0..1.

    Args:
        tau2: variance between units added to that of chance (see `overdispersion`)
    """
    wrong = _refusal(n, target)
    if wrong is not None:
        return wrong
    error = sqrt(target * (1 - target) / n + tau2)
    return _around(n, target, error, 0.0, 1.0)


def mean_limits(n: int, target: float, sd: float, *, tau2: float = 0.0) -> Limits | Undefined:
    """Funnel limits of a mean; `sd` is that of single answers within units."""
    if n <= 0:
        return Undefined(reason="no-answers")
    if not (np.isfinite(target) and sd > 0):
        return Undefined(reason="no-variation")
    return _around(n, target, sqrt(sd**2 / n + tau2), -float("inf"), float("inf"))


def overdispersion(
    hits: Sequence[float], answers: Sequence[int], *, target: float | None = None
) -> Overdispersion | Undefined:
    """Differences between units beyond chance, by the method of the winsorised z scores.

    Args:
        hits, answers: per unit, 0 <= hits <= answers, answers > 0; hits need not be whole where
            only the share is known
        target: 0..1 exclusive; the share over all units by default
    References:
        Spiegelhalter 2005, Quality and Safety in Health Care 14:347; DerSimonian and Laird 1986
        (tau2)
    Raises:
        ValueError: counts of another kind
    """
    y, n = np.asarray(hits, dtype=float), np.asarray(answers, dtype=float)
    if y.shape != n.shape:
        return Undefined(reason="unequal-lengths")
    if y.size < 2:
        return Undefined(reason="too-few-values")
    if (y < 0).any() or (y > n).any():
        raise ValueError("more hits than answers")
    if (n == 0).any():
        return Undefined(reason="no-answers")
    p0 = float(y.sum() / n.sum()) if target is None else target
    if not 0 < p0 < 1:
        return Undefined(reason="no-variation")
    errors = np.sqrt(p0 * (1 - p0) / n)
    z = (y / n - p0) / errors
    phi = float(np.mean(np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2))
    tau2 = between(phi, errors.tolist())
    return Overdispersion(
        target=p0,
        z=tuple(z.tolist()),
        adjusted=tuple((z * errors / np.sqrt(errors**2 + tau2)).tolist()),
        phi=phi,
        tau2=tau2,
        errors=tuple(errors.tolist()),
    )


def between(phi: float, errors: Sequence[float]) -> float:
    """Variance between units from `phi` and their standard errors; 0 when chance explains all."""
    w = 1 / np.asarray(errors, dtype=float) ** 2
    units = w.size
    spread = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, (units * phi - (units - 1)) / spread)


def _quantile(n: int, target: float, p: float) -> float:
    r = int(stats.binom.ppf(p, n, target))
    reached = float(stats.binom.cdf(r, n, target))
    below = float(stats.binom.cdf(r - 1, n, target))
    return min(max((r - (reached - p) / (reached - below)) / n, 0.0), 1.0)


def _around(n: int, target: float, error: float, least: float, most: float) -> Limits:
    far, near = (float(stats.norm.ppf(0.5 + level / 2)) * error for level in (ALARM, WARNING))
    return Limits(
        n=n,
        target=target,
        alarm_low=max(target - far, least),
        warning_low=max(target - near, least),
        warning_high=min(target + near, most),
        alarm_high=min(target + far, most),
    )


def _refusal(n: int, target: float) -> Undefined | None:
    if n <= 0:
        return Undefined(reason="no-answers")
    return None if 0 < target < 1 else Undefined(reason="no-variation")


def _tails() -> tuple[float, float, float, float]:
    return (1 - ALARM) / 2, (1 - WARNING) / 2, (1 + WARNING) / 2, (1 + ALARM) / 2
