"""Where units lie against what chance alone lets expect, from printed numbers only.

The share of a unit is known in whole per cent and its n to the nearest five: what follows from both
is nothing that a reader could not find as well.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Estimate, Suppressed, Undefined
from survey.model.snapshots import Snapshot, UnitTable
from survey.statistics import floors, funnel, unit
from survey.statistics.unit import Limits

Where: TypeAlias = Literal["inside", "below", "above"]


class Placed(Struct, frozen=True, kw_only=True):
    """A unit that is shown: its share, and where it lies; `far` beyond the wider limits too."""

    unit_id: str
    figure: Estimate
    limits: Limits
    where: Where
    far: bool


class Compared(Struct, frozen=True, kw_only=True):
    """One statement over all units.

    Args:
        target: the share of the whole
        hidden: how many units are not shown
        drawn: whether there are units enough for a funnel
        tau2: variance between units beyond chance; None with too few units to tell
    """

    table: UnitTable
    target: float
    placed: tuple[Placed, ...]
    hidden: int
    drawn: bool
    tau2: float | None

    @property
    def outside(self) -> list[Placed]:
        """Units beyond the inner limits."""
        return [each for each in self.placed if each.where != "inside"]

    @property
    def far(self) -> list[Placed]:
        """Units beyond the outer limits: more than chance."""
        return [each for each in self.placed if each.far]


def compared(snapshot: Snapshot) -> tuple[Compared, ...]:
    """Every statement, and the grade, that is shown for the whole and for a unit at least."""
    found = [_compared(table) for table in snapshot.by_unit if table.kind != "topic"]
    return tuple(each for each in found if each is not None and each.placed)


def _compared(table: UnitTable) -> Compared | None:
    if not isinstance(table.whole, Estimate):
        return None
    target = table.whole.value
    shown = [
        (row.unit_id, row.n, row.favourable)
        for row in table.rows
        if not isinstance(row.n, Suppressed)
        and row.n >= floors.POINT
        and isinstance(row.favourable, Estimate)
    ]
    counts = [n for _, n, _ in shown]
    drawn = funnel.funnel(
        [round(figure.value * n) for _, n, figure in shown], counts, target=target
    )
    if isinstance(drawn, funnel.Funnel):
        limits = [point.chance for point in drawn.points if point is not None]
    else:
        found = [unit.exact_limits(n, target) for n in counts]
        limits = [each for each in found if not isinstance(each, Undefined)]
    # No limits where the whole is all or nothing: then no unit can be placed.
    placed = [
        _placed(unit_id, figure, each)
        for (unit_id, _, figure), each in zip(shown, limits, strict=False)
    ]
    tau2 = None
    if isinstance(drawn, funnel.Funnel) and len(placed) >= floors.BETWEEN:
        tau2 = drawn.overdispersion.tau2
    return Compared(
        table=table,
        target=target,
        placed=tuple(placed),
        hidden=len(table.rows) - len(placed),
        drawn=isinstance(drawn, funnel.Funnel),
        tau2=tau2,
    )


def _placed(unit_id: str, figure: Estimate, limits: Limits) -> Placed:
    where: Where = "inside"
    if figure.value < limits.warning_low:
        where = "below"
    elif figure.value > limits.warning_high:
        where = "above"
    far = not limits.alarm_low <= figure.value <= limits.alarm_high
    return Placed(unit_id=unit_id, figure=figure, limits=limits, where=where, far=far)
