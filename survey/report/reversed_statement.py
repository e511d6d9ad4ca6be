"""Agreement with a reversed statement, worked out from its printed answers alone."""

from survey.model.estimates import Estimate
from survey.model.snapshots import Rated
from survey.statistics import wilson
from survey.statistics.disclosure import rounding


def agreed(rated: Rated) -> Estimate | None:
    """How many agree with a reversed statement, from its printed answers; None where not known.

    Who does not agree need not deny: those in between would be counted with the other side.
    """
    figure = rated.favourable
    mixed = any(part.side == 0 and len(part.codes) > 1 for part in rated.parts)
    if not rated.reversed or not rated.parts or mixed or not isinstance(figure, Estimate):
        return None
    value = sum(part.percent for part in rated.parts if part.side < 0) / 100
    low, high = wilson.limits(value, figure.n)
    return rounding.share(Estimate(value=value, low=low, high=high, n=figure.n))
