"""Did a person change by more than the instrument errs? Counts of classes, never names."""

from math import sqrt
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Undefined
from survey.statistics import change
from survey.statistics.mean import Values

Better: TypeAlias = Literal["higher", "lower"]

# The method's own figure, not the quantile 1.959964: published cases depend on it.
CRITICAL = 1.96


class Instrument(Struct, frozen=True, kw_only=True):
    """Fixed properties of one version of an instrument, from its field test, never from a report.

    Args:
        sd: standard deviation in the reference sample, on the scale of the scores
        reliability: retest or omega, 0 to below 1; `source` says which and from where
        better: which direction is an improvement
    """

    sd: float
    reliability: float
    better: Better
    source: str


class Cutoffs(Struct, frozen=True, kw_only=True):
    """Where the functional range begins, by three definitions of Jacobson and Truax.

    a: two standard deviations from the mean of those in need; b: within two of the functional mean;
    c: where both are equally likely (the one in use).
    """

    a: float
    b: float
    c: float


class Classes(Struct, frozen=True, kw_only=True):
    """How many people fall into each class; they add up to n.

    `recovered` is improved by more than the error and across the line (None without a line);
    `improved` holds the other improved ones. `method` is printed with the table.
    """

    recovered: int | None
    improved: int
    unchanged: int
    deteriorated: int
    n: int
    critical: float
    method: str


def error_of_difference(instrument: Instrument) -> float | Undefined:
    """Standard error of the difference of two scores: sqrt(2) s sqrt(1 - r)."""
    if not 0 <= instrument.reliability < 1:
        return Undefined(reason="reliability-out-of-range")
    if not instrument.sd > 0:
        return Undefined(reason="no-variation")
    return float(sqrt(2) * instrument.sd * sqrt(1 - instrument.reliability))


def index(before: float, after: float, instrument: Instrument) -> float | Undefined:
    """Reliable change index of one person; positive is an increase of the score, good or bad.

    References:
        Jacobson and Truax 1991, Journal of Consulting and Clinical Psychology 59:12
    """
    error = error_of_difference(instrument)
    if isinstance(error, Undefined):
        return error
    if not np.isfinite([before, after]).all():
        return Undefined(reason="not-finite")
    return (after - before) / error


def critical(instrument: Instrument) -> float | Undefined:
    """The change, in points of the score, that must be exceeded to count as reliable."""
    error = error_of_difference(instrument)
    return error if isinstance(error, Undefined) else CRITICAL * error


def cutoffs(
    need_mean: float, need_sd: float, functional_mean: float, functional_sd: float, better: Better
) -> Cutoffs | Undefined:
    """The three lines between a population in need and a functional one.

    Returns:
        Undefined when the means lie the other way round than `better` says
    """
    if not (need_sd > 0 and functional_sd > 0):
        return Undefined(reason="no-variation")
    up = 1 if better == "higher" else -1
    if up * (functional_mean - need_mean) <= 0:
        return Undefined(reason="mixed-directions")
    middle = functional_sd * need_mean + need_sd * functional_mean
    return Cutoffs(
        a=float(need_mean + up * 2 * need_sd),
        b=float(functional_mean - up * 2 * functional_sd),
        c=float(middle / (functional_sd + need_sd)),
    )


def classes(
    before: Values,
    after: Values,
    instrument: Instrument,
    *,
    line: float | None = None,
) -> Classes | Undefined:
    """People by reliable change (Jacobson-Truax), and across a line if one is declared.

    Args:
        line: a cut-off from a functional reference population, or a declared step of the scale
    """
    bound = critical(instrument)
    if isinstance(bound, Undefined):
        return bound
    method = f"Jacobson-Truax, r = {instrument.reliability:g} ({instrument.source})"
    return _count(before, after, _Rule(bound, False, instrument.better, line, method))


def steps(
    before: Values,
    after: Values,
    *,
    better: Better,
    least: float = 2,
    line: float | None = None,
) -> Classes | Undefined:
    """People by a convention for single items: a change of at least `least` steps counts.

    No claim about the error of measurement; the convention is printed as one.
    """
    if not least > 0:
        return Undefined(reason="level-out-of-range")
    return _count(before, after, _Rule(least, True, better, line, f"at least {least:g} steps"))


class _Rule(Struct, frozen=True):
    bound: float
    reached: bool  # at the bound counts; else it must be exceeded
    better: Better
    line: float | None
    method: str

    def beyond(self, x: NDArray[np.float64]) -> NDArray[np.bool_]:
        return x >= self.bound if self.reached else x > self.bound


def _count(before: Values, after: Values, rule: _Rule) -> Classes | Undefined:
    x, y = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    wrong = change.refusal(x, y)
    # One person has a class, though no standard deviation.
    if wrong is not None and wrong != "too-few-values":
        return Undefined(reason=wrong)
    up = 1.0 if rule.better == "higher" else -1.0
    gain = up * (y - x)
    better, worse = rule.beyond(gain), rule.beyond(-gain)
    across = np.zeros(x.size, dtype=bool)
    if rule.line is not None:
        across = better & (up * x < up * rule.line) & (up * y >= up * rule.line)
    return Classes(
        recovered=None if rule.line is None else int(across.sum()),
        improved=int((better & ~across).sum()),
        unchanged=int((~better & ~worse).sum()),
        deteriorated=int(worse.sum()),
        n=int(x.size),
        critical=rule.bound,
        method=rule.method,
    )
