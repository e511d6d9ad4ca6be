"""Missing data: respondents against the frame, scores with gaps, bounds for people lost."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.model.estimates import Estimate, Undefined
from survey.statistics import mean, proportion
from survey.statistics.mean import Values


class Bounds(Struct, frozen=True, kw_only=True):
    """Mean change of those observed, and of all if the lost had stayed as they were or fallen.

    `worst` takes every lost person to the worst end of the scale: no truth lies below it.
    """

    observed: Estimate
    unchanged: Estimate
    worst: Estimate
    lost: int


class ShareBounds(Struct, frozen=True, kw_only=True):
    """Share among those observed; among all if none, or every one, of the lost belonged to it."""

    observed: Estimate
    none: Estimate
    every: Estimate
    lost: int


class Odds(Struct, frozen=True, kw_only=True):
    """Odds ratios of staying (1 = no difference), one per predictor, with Wald intervals."""

    ratios: dict[str, Estimate]
    n: int
    stayed: int


def score(items: Sequence[float | None], *, least: float = 2 / 3) -> float | Undefined:
    """Mean of the answered items of one person, if at least `least` of them are answered."""
    there = [x for x in items if x is not None and not np.isnan(x)]
    if not items or not there:
        return Undefined(reason="no-answers")
    if not mean.finite(np.array(there)):
        return Undefined(reason="not-finite")
    # The ceiling of 2/3 of 3 is 2, whatever floating point makes of it.
    if len(there) < ceil(least * len(items) - 1e-9):
        return Undefined(reason="too-few-values")
    return float(np.sort(there).mean())


def standardised_difference(share: float, frame_share: float) -> float | Undefined:
    """Difference of two shares in units of their mean standard deviation; beyond 0.1 is notable.

    References:
        Austin 2009, Statistics in Medicine 28:3083
    """
    if not (0 <= share <= 1 and 0 <= frame_share <= 1):
        return Undefined(reason="level-out-of-range")
    spread = (share * (1 - share) + frame_share * (1 - frame_share)) / 2
    if spread == 0:
        return 0.0 if share == frame_share else Undefined(reason="no-variation")
    return (share - frame_share) / sqrt(spread)


def standardised_mean_difference(first: Values, second: Values) -> float | Undefined:
    """Difference of two means in units of the root mean square of both standard deviations."""
    x, y = mean.ordered(first), mean.ordered(second)
    if isinstance(x, Undefined):
        return x
    if isinstance(y, Undefined):
        return y
    if x.size < 2 or y.size < 2:
        return Undefined(reason="too-few-values")
    spread = sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2)
    if spread == 0:
        return Undefined(reason="no-variation")
    return float((x.mean() - y.mean()) / spread)


def change_bounds(
    before: Values, after: Values, *, worst: float, level: float = 0.95
) -> Bounds | Undefined:
    """Mean change T0 to T3 under three assumptions about those without T3.

    Args:
        before: a value for everybody
        after: NaN for the lost
        worst: the end of the scale the lost are taken to in the worst case
    """
    x, y = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if x.shape != y.shape:
        return Undefined(reason="unequal-lengths")
    if not mean.finite(x) or not mean.finite(y[~np.isnan(y)]):
        return Undefined(reason="not-finite")
    lost = np.isnan(y)
    observed = mean.mean((y - x)[~lost], level=level, missing=int(lost.sum()))
    same = mean.mean(np.where(lost, x, y) - x, level=level)
    fallen = mean.mean(np.where(lost, worst, y) - x, level=level)
    if isinstance(observed, Undefined):
        return observed
    if isinstance(same, Undefined):
        return same
    if isinstance(fallen, Undefined):
        return fallen
    return Bounds(observed=observed, unchanged=same, worst=fallen, lost=int(lost.sum()))


def share_bounds(hits: int, n: int, lost: int, *, level: float = 0.95) -> ShareBounds | Undefined:
    """Share of those improved under both extreme assumptions about the lost."""
    observed = proportion.proportion(hits, n, level=level, missing=lost)
    none = proportion.proportion(hits, n + lost, level=level)
    every = proportion.proportion(hits + lost, n + lost, level=level)
    if isinstance(observed, Undefined):
        return observed
    if isinstance(none, Undefined):
        return none
    if isinstance(every, Undefined):
        return every
    return ShareBounds(observed=observed, none=none, every=every, lost=lost)


def attrition(
    predictors: Mapping[str, Values], stayed: Sequence[bool], *, level: float = 0.95
) -> Odds | Undefined:
    """Attrition: a logistic regression of still being there at T3 on characteristics at T0.

    Args:
        predictors: per name a number per person (0 and 1 for yes and no)
    Returns:
        Undefined without both sides (no-variation), with predictors that say the same
        (not-estimable) or that separate the sides completely (no-convergence)
    References:
        Newton's method for the binomial likelihood, McCullagh and Nelder 1989, chapter 4
    """
    kept = np.asarray(stayed, dtype=np.float64)
    columns = [np.asarray(values, dtype=np.float64) for values in predictors.values()]
    wrong = _refusal(columns, kept, level)
    if wrong is not None:
        return wrong
    design = np.column_stack([np.ones(kept.size), *columns])
    order = np.lexsort((*design.T, kept))
    fit = _logistic(design[order], kept[order])
    if isinstance(fit, Undefined):
        return fit
    beta, errors = fit
    z = float(stats.norm.ppf(0.5 + level / 2))
    ratios = {
        name: Estimate(
            value=float(np.exp(b)),
            low=float(np.exp(b - z * e)),
            high=float(np.exp(b + z * e)),
            n=kept.size,
            level=level,
        )
        for name, b, e in zip(predictors, beta[1:], errors[1:], strict=True)
    }
    return Odds(ratios=ratios, n=int(kept.size), stayed=int(kept.sum()))


def _refusal(
    columns: list[NDArray[np.float64]], kept: NDArray[np.float64], level: float
) -> Undefined | None:
    if kept.size == 0 or not columns:
        return Undefined(reason="no-answers")
    if any(column.shape != kept.shape for column in columns):
        return Undefined(reason="unequal-lengths")
    if not all(mean.finite(column) for column in columns):
        return Undefined(reason="not-finite")
    if kept.min() == kept.max():
        return Undefined(reason="no-variation")
    return None if 0 < level < 1 else Undefined(reason="level-out-of-range")


def _logistic(
    design: NDArray[np.float64], kept: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | Undefined:
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return Undefined(reason="not-estimable")
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        odds = np.clip(design @ beta, -700, 700)
        p = 1 / (1 + np.exp(-odds))
        information = (design * (p * (1 - p))[:, None]).T @ design
        # Fitted probabilities of 0 and 1 only: the sides are separated, the estimate runs away.
        if np.linalg.cond(information) > 1e12:
            return Undefined(reason="no-convergence")
        step = np.linalg.solve(information, design.T @ (kept - p))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            return beta, np.sqrt(np.diag(np.linalg.inv(information)))
    return Undefined(reason="no-convergence")
