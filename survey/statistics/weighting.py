"""Weights: what precision they cost, how they are made from margins, how they are trimmed."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Undefined

Weights: TypeAlias = Sequence[float] | NDArray[np.float64]

MOST_ROUNDS = 1_000


def n_effective(weights: Weights) -> float | Undefined:
    """Number of equally weighted answers that would be as precise: (sum of w)^2 / sum of w^2.

    Args:
        weights: finite, >= 0, not all 0
    References:
        Kish 1965, Survey Sampling, 11.7
    """
    w = np.sort(np.asarray(weights, dtype=float))
    if w.size == 0:
        return Undefined(reason="no-answers")
    if not np.isfinite(w).all():
        return Undefined(reason="not-finite")
    if w[0] < 0:
        return Undefined(reason="negative-weights")
    if w[-1] == 0:
        return Undefined(reason="zero-weights")
    return _kish(w)


class Raked(Struct, frozen=True, kw_only=True):
    """A weight per person that meets every margin, and what these weights cost in precision."""

    weights: tuple[float, ...]
    n_effective: float
    rounds: int


class Trimmed(Struct, frozen=True, kw_only=True):
    """Weights within the limits, scaled to their old sum; `cut` people had others before."""

    weights: tuple[float, ...]
    n_effective: float
    cut: int


def rake(
    people: Mapping[str, Sequence[str]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    start: Weights | None = None,
    tolerance: float = 1e-10,
) -> Raked | Undefined:
    """Weights that bring the sums of every category to its target, margin by margin in turn.

    Args:
        people: per margin, the category of each person
        targets: per margin, the number of people in the frame per category; all margins add up to
            the same total
        start: weights to begin with, 1 by default
        tolerance: relative deviation of any margin at which to stop
    Returns:
        Undefined where a category has people but no target, or a target but no people
        (empty-margin: join categories), where totals differ, or where the margins contradict
    References:
        Deming and Stephan 1940, Annals of Mathematical Statistics 11:427
    """
    wrong = _refusal(people, targets)
    if wrong is not None:
        return wrong
    names = list(targets)
    codes = {name: _coded(people[name], list(targets[name])) for name in names}
    goals = {name: np.array(list(targets[name].values()), dtype=float) for name in names}
    size = len(people[names[0]])
    weights = np.ones(size) if start is None else np.asarray(start, dtype=float).copy()
    if weights.shape != (size,) or not (weights > 0).all():
        return Undefined(reason="zero-weights")
    for turn in range(1, MOST_ROUNDS + 1):
        for name in names:
            sums = np.bincount(codes[name], weights, goals[name].size)
            weights *= (goals[name] / sums)[codes[name]]
        if all(_met(codes[name], weights, goals[name], tolerance) for name in names):
            return Raked(weights=tuple(weights.tolist()), n_effective=_kish(weights), rounds=turn)
    return Undefined(reason="no-convergence")


def trim(weights: Weights, *, low: float = 0.2, high: float = 5.0) -> Trimmed | Undefined:
    """Weights cut to `low`..`high` times their median, then scaled back to their old sum.

    The margins are no longer met exactly afterwards; that is the price of fewer extreme weights.
    """
    effective = n_effective(weights)
    if isinstance(effective, Undefined):
        return effective
    w = np.asarray(weights, dtype=float)
    median = float(np.median(w))
    if median == 0:
        return Undefined(reason="zero-weights")
    inside = np.clip(w, low * median, high * median)
    cut = int((inside != w).sum())
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = inside * (np.sort(w).sum() / np.sort(inside).sum())
    if not np.isfinite(scaled).all():
        return Undefined(reason="not-estimable")
    return Trimmed(weights=tuple(scaled.tolist()), n_effective=_kish(scaled), cut=cut)


def _kish(weights: NDArray[np.float64]) -> float:
    # Scaled first: weights of 1e-200 would underflow when squared.
    w = np.sort(weights) / weights.max()
    return float(w.sum() ** 2 / (w**2).sum())


def _coded(column: Sequence[str], categories: list[str]) -> NDArray[np.int64]:
    position = {category: i for i, category in enumerate(categories)}
    return np.array([position[category] for category in column], dtype=np.int64)


def _met(
    codes: NDArray[np.int64],
    weights: NDArray[np.float64],
    goals: NDArray[np.float64],
    tolerance: float,
) -> bool:
    sums = np.bincount(codes, weights, goals.size)
    return bool((np.abs(sums - goals) <= tolerance * goals).all())


def _refusal(
    people: Mapping[str, Sequence[str]], targets: Mapping[str, Mapping[str, float]]
) -> Undefined | None:
    if not targets or not any(people.values()):
        return Undefined(reason="no-answers")
    if set(people) != set(targets) or len({len(column) for column in people.values()}) != 1:
        return Undefined(reason="unequal-lengths")
    for name, goals in targets.items():
        if set(goals) != set(people[name]) or any(not goal > 0 for goal in goals.values()):
            return Undefined(reason="empty-margin")
    totals = [sum(goals.values()) for goals in targets.values()]
    if max(totals) - min(totals) > 1e-9 * max(totals):
        return Undefined(reason="margins-disagree")
    return None
