"""Shares of counted answers: one group, two groups, the same people twice, weighted answers.

Thresholds of publication do not belong here: see `survey.statistics.disclosure`.
"""

from collections.abc import Sequence
from math import sqrt
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Defined, Estimate, Undefined
from survey.statistics import weighting, wilson

Flags: TypeAlias = Sequence[bool] | NDArray[np.bool_]


class Paired(Struct, frozen=True, kw_only=True):
    """McNemar's exact test: two-sided `p` for `gained` against `lost` discordant pairs."""

    gained: int
    lost: int
    p: float


class Weighted(Struct, frozen=True, kw_only=True):
    """The weighted share, how many equal weights would be as precise, and the raw share."""

    estimate: Estimate
    n_effective: float
    unweighted: Estimate


def proportion(hits: int, n: int, *, level: float = 0.95, missing: int = 0) -> Defined:
    """Share of `hits` among `n` answers, with its Wilson score interval.

    Args:
        hits, n: counts, 0 <= hits <= n
        level: of confidence, between 0 and 1
        missing: asked without a valid answer; handed through
    Returns:
        value, low, high in 0..1; Undefined without answers
    Raises:
        ValueError: counts of another kind
    References:
        Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3
    """
    if not 0 <= hits <= n:
        raise ValueError(f"proportion of {hits} in {n}")
    if n == 0:
        return Undefined(reason="no-answers")
    return score_interval(hits / n, n, level=level, answers=n, missing=missing)


def score_interval(
    share: float, n: float, *, answers: int, level: float = 0.95, missing: int = 0
) -> Defined:
    """Wilson interval around a `share` as precise as one of `n` independent answers.

    Args:
        share: 0..1
        n: effective number of answers, > 0, need not be whole
        answers: the number of people behind it, printed as the base
    """
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    if n <= 0:
        return Undefined(reason="no-answers")
    if not 0 <= share <= 1:
        raise ValueError(f"share {share}")
    low, high = wilson.limits(share, n, level=level)
    return Estimate(value=share, low=low, high=high, n=answers, level=level, missing=missing)


def difference(hits_a: int, n_a: int, hits_b: int, n_b: int, *, level: float = 0.95) -> Defined:
    """Share of group a minus share of another group b, with Newcombe's hybrid score interval.

    Returns:
        value, low, high in -1..1; n is both groups together
    References:
        Newcombe 1998, Statistics in Medicine 17:873, method 10
    """
    a = proportion(hits_a, n_a, level=level)
    b = proportion(hits_b, n_b, level=level)
    if isinstance(a, Undefined):
        return a
    if isinstance(b, Undefined):
        return b
    value = a.value - b.value
    below = sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2)
    above = sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2)
    return Estimate(value=value, low=value - below, high=value + above, n=n_a + n_b, level=level)


def mcnemar(gained: int, lost: int) -> Paired | Undefined:
    """Exact McNemar test of a change of share in the same people.

    Args:
        gained: pairs that went from no to yes
        lost: pairs that went from yes to no
    Returns:
        Undefined without discordant pairs: nothing was observed that could speak for a change
    Raises:
        ValueError: negative counts
    References:
        McNemar 1947; exact binomial version (two-sided, doubled tail)
    """
    if gained < 0 or lost < 0:
        raise ValueError(f"discordant pairs {gained}, {lost}")
    if gained + lost == 0:
        return Undefined(reason="no-discordant-pairs")
    tail = float(stats.binom.cdf(min(gained, lost), gained + lost, 0.5))
    return Paired(gained=gained, lost=lost, p=min(1.0, 2 * tail))


def weighted(
    hits: Flags, weights: weighting.Weights, *, level: float = 0.95, missing: int = 0
) -> Weighted | Undefined:
    """Weighted share of yes with a Wilson interval from n_eff, and the raw share beside it.

    Args:
        hits: one per valid answer
        weights: one per valid answer, >= 0, not all 0
    References:
        Kish 1965, Survey Sampling, 11.7 (design effect of unequal weights)
    """
    if len(hits) != len(weights):
        return Undefined(reason="unequal-lengths")
    n_effective = weighting.n_effective(weights)
    if isinstance(n_effective, Undefined):
        return n_effective
    yes = np.asarray(hits, dtype=bool)
    w = np.asarray(weights, dtype=float)
    # Sorted, because answers arrive in random order and the last digit must not depend on it.
    share = float(np.sort(w[yes]).sum() / np.sort(w).sum())
    estimate = score_interval(
        min(share, 1.0), n_effective, answers=len(yes), level=level, missing=missing
    )
    raw = proportion(int(yes.sum()), len(yes), level=level, missing=missing)
    if isinstance(estimate, Undefined):
        return estimate
    if isinstance(raw, Undefined):
        return raw
    return Weighted(estimate=estimate, n_effective=n_effective, unweighted=raw)
