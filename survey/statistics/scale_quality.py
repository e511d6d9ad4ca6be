"""Whether the items of a scale measure one thing: alpha, omega, and alpha without each item.

Reversed items are turned by a declared key before, never by the sign of a correlation.
"""

from collections.abc import Sequence
from math import log
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import optimize, stats

from survey.model.estimates import Defined, Estimate, Undefined
from survey.statistics import floors, mean

Items: TypeAlias = Sequence[Sequence[float]] | NDArray[np.float64]
Missing: TypeAlias = Literal["listwise", "pairwise"]

# A unique variance below this share of the item's is a Heywood case, not a solution.
LEAST_UNIQUE = 0.005


class Quality(Struct, frozen=True, kw_only=True):
    """All about one scale in one language and mode; no judgement below 100 complete answers.

    `omega_covariance` is for the sum of items as they are, `omega_correlation` for standardised
    ones; `without` gives alpha if each item is dropped, in the order of the items.
    """

    alpha: Defined
    standardised_alpha: float | Undefined
    omega_covariance: float | Undefined
    omega_correlation: float | Undefined
    without: tuple[float | Undefined, ...]
    n: int
    judged: bool


def reverse(
    items: Items, key: Sequence[int], *, least: float, most: float
) -> NDArray[np.float64] | Undefined:
    """The answers with every item of key -1 turned round on its scale least..most.

    Args:
        items: people x items, NaN for no answer
        key: +1 or -1 per item, as declared in the form
    Returns:
        Undefined for another key than that (mixed-directions) or answers beyond the scale
    """
    answers = np.array(items, dtype=np.float64)
    if answers.ndim != 2 or answers.shape[1] != len(key):
        return Undefined(reason="unequal-lengths")
    if not set(key) <= {1, -1}:
        return Undefined(reason="mixed-directions")
    if ((answers < least) | (answers > most)).any():
        return Undefined(reason="level-out-of-range")
    turned = np.asarray(key) == -1
    answers[:, turned] = least + most - answers[:, turned]
    return answers


def quality(items: Items, *, level: float = 0.95) -> Quality | Undefined:
    """Alpha, omega and alpha without each item, from the people who answered all items."""
    answers = _complete(items)
    if isinstance(answers, Undefined):
        return answers
    covariance = np.cov(answers, rowvar=False)
    correlation = _standardised(covariance)
    n, k = answers.shape
    return Quality(
        alpha=alpha(answers, level=level),
        standardised_alpha=alpha_of(correlation) if correlation is not None else _flat(),
        omega_covariance=omega_of(covariance),
        omega_correlation=omega_of(correlation) if correlation is not None else _flat(),
        without=tuple(alpha_of(np.delete(np.delete(covariance, i, 0), i, 1)) for i in range(k)),
        n=n,
        judged=floors.refusal("scale-quality", n) is None,
    )


def alpha(
    items: Items,
    *,
    level: float = 0.95,
    missing: Missing = "listwise",
    people: Literal["used", "all"] = "used",
) -> Defined:
    """Cronbach's alpha with Feldt's interval.

    Args:
        items: people x items, turned the same way; NaN for no answer
        missing: "listwise" takes people with all answers, "pairwise" every pair of answers
        people: whom the interval counts: those used, or everybody, as some packages do listwise
            too (then it is too narrow; here to compare with what they print). Pairwise, all are
            used.
    Returns:
        value may be negative; n is the number of people the interval counts
    References:
        Cronbach 1951; Feldt 1965, Psychometrika 30:357
    """
    if not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    answers = _complete(items) if missing == "listwise" else _pairwise(items)
    if isinstance(answers, Undefined):
        return answers
    n, k = len(items) if people == "all" else answers.shape[0], answers.shape[1]
    value = alpha_of(_covariance(answers))
    if isinstance(value, Undefined):
        return value
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = (float(1 - (1 - value) * stats.f.isf(p, n - 1, (n - 1) * (k - 1))) for p in tails)
    return Estimate(value=value, low=low, high=high, n=n, level=level)


def alpha_of(covariance: NDArray[np.float64]) -> float | Undefined:
    """Alpha from the covariances of the items (from correlations: standardised alpha)."""
    k = covariance.shape[0]
    if k < 2:
        return Undefined(reason="too-few-values")
    total = float(covariance.sum())
    if not np.isfinite(total):
        return Undefined(reason="not-estimable")
    if total <= 0:
        return _flat()
    value = float(k / (k - 1) * (1 - float(np.trace(covariance)) / total))
    # Above 1 only where pairs of answers give covariances that no set of people could have.
    return min(value, 1.0) if value <= 1 + 1e-9 else Undefined(reason="not-estimable")


def omega_of(covariance: NDArray[np.float64]) -> float | Undefined:
    """McDonald's omega from one factor by maximum likelihood.

    Args:
        covariance: of at least three items (fewer do not determine a factor); from correlations
            the omega of standardised items
    Returns:
        Undefined where an item loads against the others (mixed-directions: turn it by key) and
        where an item has no variance of its own left (not-estimable)
    References:
        Joreskog 1967 (maximum likelihood factor analysis); McDonald 1999, Test Theory
    """
    if covariance.shape[0] < 3:
        return Undefined(reason="too-few-values")
    correlation = _standardised(covariance)
    if correlation is None:
        return _flat()
    if np.linalg.eigvalsh(correlation)[0] < 1e-10:
        return Undefined(reason="not-estimable")
    unique = _unique_variances(correlation)
    if isinstance(unique, Undefined):
        return unique
    # The likelihood does not depend on the scale of the items; the loadings take it back on.
    loadings = _loadings(correlation, unique) * np.sqrt(np.diag(covariance))
    loadings *= np.sign(loadings.sum())
    if (loadings < 0).any():
        return Undefined(reason="mixed-directions")
    common = float(loadings.sum()) ** 2
    return float(common / (common + float((unique * np.diag(covariance)).sum())))


def _unique_variances(correlation: NDArray[np.float64]) -> NDArray[np.float64] | Undefined:
    k = correlation.shape[0]

    def misfit(unique: NDArray[np.float64]) -> float:
        root = np.sqrt(unique)
        values = np.linalg.eigvalsh(correlation / np.outer(root, root))[:-1]
        return float(-np.sum(np.log(values) - values) - (k - 1))

    def slope(unique: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((_loadings(correlation, unique) ** 2 + unique - 1) / unique**2)

    start = np.clip(1 / np.diag(np.linalg.inv(correlation)), LEAST_UNIQUE, 1.0) * (1 - 0.5 / k)
    result = optimize.minimize(
        misfit,
        start,
        jac=slope,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE, 1.0)] * k,
        options={"ftol": 1e-14, "gtol": 1e-9, "maxiter": 2_000},
    )
    if not np.isfinite(result.fun):
        return Undefined(reason="no-convergence")
    if (result.x <= LEAST_UNIQUE * (1 + log(2))).any():
        return Undefined(reason="not-estimable")
    return np.asarray(result.x, dtype=np.float64)


def _loadings(correlation: NDArray[np.float64], unique: NDArray[np.float64]) -> NDArray[np.float64]:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return np.asarray(root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)))


def _standardised(covariance: NDArray[np.float64]) -> NDArray[np.float64] | None:
    sds = np.sqrt(np.diag(covariance))
    return None if (sds == 0).any() else covariance / np.outer(sds, sds)


def _covariance(answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Covariances of the items over the people who answered both."""
    if not np.isnan(answers).any():
        return np.asarray(np.cov(answers, rowvar=False))
    k = answers.shape[1]
    correlations = np.empty((k, k))
    for i in range(k):
        for j in range(k):
            both = answers[~np.isnan(answers[:, [i, j]]).any(axis=1)][:, [i, j]]
            pair = np.cov(both, rowvar=False) if both.shape[0] > 1 else np.full((2, 2), np.nan)
            correlations[i, j] = pair[0, 1]
    return correlations


def _complete(items: Items) -> NDArray[np.float64] | Undefined:
    answers = _pairwise(items)
    if isinstance(answers, Undefined):
        return answers
    kept = answers[~np.isnan(answers).any(axis=1)]
    return kept if kept.shape[0] >= 2 else Undefined(reason="too-few-values")


def _pairwise(items: Items) -> NDArray[np.float64] | Undefined:
    answers = np.asarray(items, dtype=np.float64)
    if answers.size == 0:
        return Undefined(reason="no-answers")
    if answers.ndim != 2:
        return Undefined(reason="unequal-lengths")
    if not mean.finite(answers[~np.isnan(answers)]):
        return Undefined(reason="not-finite")
    if answers.shape[0] < 2 or answers.shape[1] < 2:
        return Undefined(reason="too-few-values")
    # In one order, whoever answered first.
    return answers[np.lexsort(answers.T[::-1])]


def _flat() -> Undefined:
    return Undefined(reason="no-variation")
