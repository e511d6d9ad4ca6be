"""From how many people on the method shows which figure (beside the disclosure thresholds)."""

from typing import Literal, TypeAlias, get_args

from survey.model.estimates import Undefined

Showing: TypeAlias = Literal["share", "mean", "subgroups", "scale-quality"]

# 10-29: counts and Wilson intervals only; 30: means; 100: subgroups, alpha and omega.
LEAST: dict[Showing, int] = {"share": 10, "mean": 30, "subgroups": 100, "scale-quality": 100}
# A point in a funnel; a funnel at all; an estimate of the variance between units.
POINT, FUNNEL, BETWEEN = 10, 8, 10


def refusal(showing: Showing, n: int) -> Undefined | None:
    """Undefined when `n` people are fewer than this kind of figure needs, else None."""
    return Undefined(reason="below-floor") if n < LEAST[showing] else None


def showable(n: int) -> frozenset[Showing]:
    """All kinds of figures that `n` people carry; empty below 10: no numbers at all."""
    return frozenset(showing for showing in get_args(Showing) if n >= LEAST[showing])
