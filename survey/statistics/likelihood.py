"""The (restricted) likelihood of a random-intercept model, from sums per unit alone."""

from collections.abc import Hashable, Sequence
from math import log, pi
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import optimize

from survey.model.estimates import Undefined
from survey.statistics import mean

Criterion: TypeAlias = Literal["reml", "ml"]


class Sums(Struct, frozen=True, kw_only=True):
    """Sums per unit are all that the likelihood needs."""

    labels: tuple[Hashable, ...]
    names: tuple[str, ...]
    counts: NDArray[np.float64]
    sum_x: NDArray[np.float64]
    sum_y: NDArray[np.float64]
    xx: NDArray[np.float64]
    xy: NDArray[np.float64]
    yy: float
    middle: float
    of_units: NDArray[np.bool_]


class Fit(Struct, frozen=True, kw_only=True):
    """Fixed effects (the intercept without `middle`), their covariances, variance within units."""

    beta: NDArray[np.float64]
    covariance: NDArray[np.float64]
    within: float
    deviance: float


def sums(
    values: Sequence[float] | NDArray[np.float64],
    units: Sequence[Hashable],
    predictors: dict[str, Sequence[float]],
) -> Sums | Undefined:
    """The sums per unit, in an order that does not depend on the input; or why there are none."""
    y = np.asarray(values, dtype=np.float64)
    if any(len(column) != y.size for column in (units, *predictors.values())):
        return Undefined(reason="unequal-lengths")
    if y.size == 0:
        return Undefined(reason="no-answers")
    x = np.column_stack([np.ones(y.size), *map(np.asarray, predictors.values())]).astype(float)
    if not (mean.finite(y) and mean.finite(x)):
        return Undefined(reason="not-finite")
    labels = sorted(set(units), key=repr)
    position = {label: i for i, label in enumerate(labels)}
    unit = np.array([position[label] for label in units])
    if len(labels) < 2 or len(labels) == y.size or y.size <= x.shape[1] + 1:
        return Undefined(reason="too-few-values")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return Undefined(reason="not-estimable")
    totals = _summed(y, x, unit, tuple(labels), ("intercept", *predictors))
    inside = totals.yy - float((totals.sum_y**2 / totals.counts).sum())
    # Without differences inside units the ratio of the variances has no bound.
    return totals if inside > 1e-12 * totals.yy else Undefined(reason="no-variation")


def _summed(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    unit: NDArray[np.int64],
    labels: tuple[Hashable, ...],
    names: tuple[str, ...],
) -> Sums:
    order = np.lexsort((*x.T, y, unit))
    y, x, unit = y[order], x[order], unit[order]
    # Centred, so that squares of large values do not swallow the differences.
    middle = float(y.mean())
    centred = y - middle
    size, width = len(labels), x.shape[1]
    counts = np.bincount(unit, minlength=size).astype(float)
    sum_x = np.column_stack([_per_unit(unit, x[:, j], size) for j in range(width)])
    constant = [bool(np.allclose(x[:, j], (sum_x[:, j] / counts)[unit])) for j in range(width)]
    return Sums(
        labels=labels,
        names=names,
        counts=counts,
        sum_x=sum_x,
        sum_y=_per_unit(unit, centred, size),
        xx=x.T @ x,
        xy=x.T @ centred,
        yy=float(centred @ centred),
        middle=middle,
        of_units=np.array(constant),
    )


def fit(data: Sums, ratio: float, criterion: Criterion) -> Fit:
    """The best fit for a given ratio of the variance between units to that within."""
    pull = ratio / (1 + ratio * data.counts)
    information = data.xx - (data.sum_x * pull[:, None]).T @ data.sum_x
    right = data.xy - data.sum_x.T @ (pull * data.sum_y)
    beta = np.linalg.solve(information, right)
    rest = data.yy - float((pull * data.sum_y**2).sum()) - float(beta @ right)
    n, p = float(data.counts.sum()), beta.size
    df = n - p if criterion == "reml" else n
    within = max(rest, 0.0) / df
    deviance = df * (log(2 * pi * max(within, 1e-300)) + 1)
    deviance += float(np.log1p(ratio * data.counts).sum())
    if criterion == "reml":
        deviance += float(np.linalg.slogdet(information)[1])
    covariance = within * np.linalg.inv(information)
    return Fit(
        beta=np.asarray(beta, dtype=np.float64),
        covariance=np.asarray(covariance, dtype=np.float64),
        within=within,
        deviance=deviance,
    )


def ratio(data: Sums, criterion: Criterion) -> float:
    """The ratio of variances with the smallest deviance; exactly 0 where that is best."""

    def deviance(logarithm: float) -> float:
        return fit(data, float(np.exp(logarithm)), criterion).deviance

    grid = np.linspace(-16, 12, 57)
    best = int(np.argmin([deviance(point) for point in grid]))
    ends = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)])
    optimum = optimize.minimize_scalar(
        deviance, bounds=ends, method="bounded", options={"xatol": 1e-11}
    )
    at_zero = fit(data, 0.0, criterion).deviance
    # Within rounding of the deviance the smaller model is the result.
    if at_zero <= optimum.fun + 1e-9 * max(1.0, abs(at_zero)):
        return 0.0
    return float(np.exp(optimum.x))


def _per_unit(
    unit: NDArray[np.int64], values: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    return np.asarray(np.bincount(unit, values, size), dtype=np.float64)
