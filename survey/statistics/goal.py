"""Goal attainment scaling: how far agreed goals were reached, level by level, and as T.

T measures the attainment of expectations: easy goals give a high T. No comparison of units by it.
"""

from collections.abc import Sequence
from math import sqrt

from msgspec import Struct

from survey.model.estimates import Undefined

# -2 much less than expected, 0 as agreed, +2 much more.
LEVELS = (-2, -1, 0, 1, 2)
# How goals of one person are assumed to correlate.
CORRELATION = 0.30


class Attainment(Struct, frozen=True, kw_only=True):
    """T (50 = all as agreed, about 10 per standard deviation) of `goals` goals.

    `excluded` goals had weight 0 and count nowhere.
    """

    t: float
    goals: int
    excluded: int


class Progress(Struct, frozen=True, kw_only=True):
    """Goal attainment scores (T) at agreement and at the end, and their difference."""

    baseline: Attainment
    reached: Attainment
    change: float


def attainment(
    levels: Sequence[int | None],
    weights: Sequence[float] | None = None,
    *,
    correlation: float = CORRELATION,
) -> Attainment | Undefined:
    """T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho sum(w)^2).

    Args:
        levels: -2..2 for each goal; None is a goal not rated, and then there is no T
        weights: >= 0, equal by default; goals of weight 0 are left out first
        correlation: rho, 0..1
    References:
        Kiresuk and Sherman 1968; Turner-Stokes 2009, Clinical Rehabilitation 23:362 with its
        erratum (the square of the sum stands under the root, not the sum of squares)
    """
    given = [1.0] * len(levels) if weights is None else list(weights)
    wrong = _refusal(levels, given, correlation)
    if wrong is not None:
        return wrong
    kept = [(x, w) for x, w in zip(levels, given, strict=True) if w > 0]
    if not kept:
        return Undefined(reason="zero-weights")
    rated = [(x, w) for x, w in kept if x is not None]
    if len(rated) < len(kept):
        return Undefined(reason="missing-levels")
    if any(x not in LEVELS for x, _ in rated):
        return Undefined(reason="level-out-of-range")
    # T does not depend on the unit of the weights; squares of tiny ones would vanish.
    largest = max(w for _, w in rated)
    rated = [(x, w / largest) for x, w in rated]
    total = sum(w for _, w in rated)
    squares = sum(w * w for _, w in rated)
    spread = sqrt((1 - correlation) * squares + correlation * total**2)
    t = 50 + 10 * sum(w * x for x, w in rated) / spread
    return Attainment(t=t, goals=len(rated), excluded=len(levels) - len(rated))


def progress(
    baseline: Sequence[int | None],
    reached: Sequence[int | None],
    weights: Sequence[float] | None = None,
    *,
    correlation: float = CORRELATION,
) -> Progress | Undefined:
    """T before and after for the same goals with the same weights."""
    if len(baseline) != len(reached):
        return Undefined(reason="unequal-lengths")
    first = attainment(baseline, weights, correlation=correlation)
    last = attainment(reached, weights, correlation=correlation)
    if isinstance(first, Undefined):
        return first
    if isinstance(last, Undefined):
        return last
    return Progress(baseline=first, reached=last, change=last.t - first.t)


def distribution(levels: Sequence[int | None]) -> dict[int, int] | Undefined:
    """How many goals were reached at each level, -2..2; printed before any T."""
    if not levels:
        return Undefined(reason="no-answers")
    if any(x is None for x in levels):
        return Undefined(reason="missing-levels")
    if any(x not in LEVELS for x in levels):
        return Undefined(reason="level-out-of-range")
    return {level: sum(1 for x in levels if x == level) for level in LEVELS}


def _refusal(
    levels: Sequence[int | None], weights: Sequence[float], correlation: float
) -> Undefined | None:
    if not levels:
        return Undefined(reason="no-answers")
    if len(levels) != len(weights):
        return Undefined(reason="unequal-lengths")
    if not all(0 <= w < float("inf") for w in weights):
        negative = any(w < 0 for w in weights)
        return Undefined(reason="negative-weights" if negative else "not-finite")
    if not 0 <= correlation <= 1:
        return Undefined(reason="level-out-of-range")
    return None
