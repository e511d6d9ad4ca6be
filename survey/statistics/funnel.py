"""All units against one target in one picture: limits by chance, and with their overdispersion."""

from collections.abc import Sequence

from msgspec import Struct

from survey.model.estimates import Undefined
from survey.statistics import floors, unit
from survey.statistics.unit import Limits, Overdispersion


class Point(Struct, frozen=True, kw_only=True):
    """One unit: its share, exact limits by chance, and limits with the variance between units."""

    value: float
    n: int
    chance: Limits
    adjusted: Limits


class Funnel(Struct, frozen=True, kw_only=True):
    """Points in the order of the units given; None for a unit with too few answers for a point."""

    target: float
    points: tuple[Point | None, ...]
    overdispersion: Overdispersion


def funnel(
    hits: Sequence[int], answers: Sequence[int], *, target: float | None = None
) -> Funnel | Undefined:
    """The funnel of shares by unit, from eight units of ten answers each on.

    Args:
        hits, answers: per unit, 0 <= hits <= answers
        target: 0..1; the share over all units by default
    Returns:
        Undefined (below-floor) with fewer units; the variance between units is 0 below ten of them
    Raises:
        ValueError: counts of another kind
    """
    if len(hits) != len(answers):
        return Undefined(reason="unequal-lengths")
    large = [i for i, n in enumerate(answers) if n >= floors.POINT]
    if len(large) < floors.FUNNEL:
        return Undefined(reason="below-floor")
    overall = sum(hits) / sum(answers) if target is None else target
    spread = unit.overdispersion(
        [hits[i] for i in large], [answers[i] for i in large], target=overall
    )
    if isinstance(spread, Undefined):
        return spread
    tau2 = spread.tau2 if len(large) >= floors.BETWEEN else 0.0
    points: list[Point | None] = [None] * len(hits)
    for i in large:
        chance = unit.exact_limits(answers[i], overall)
        adjusted = unit.normal_limits(answers[i], overall, tau2=tau2)
        if isinstance(chance, Undefined) or isinstance(adjusted, Undefined):
            continue
        points[i] = Point(
            value=hits[i] / answers[i], n=answers[i], chance=chance, adjusted=adjusted
        )
    return Funnel(target=overall, points=tuple(points), overdispersion=spread)
