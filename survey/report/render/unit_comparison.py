"""Where units lie against what chance alone lets expect, from printed numbers only.

All comparisons of a report are one family: every question that is shown by unit, times every unit
shown there. A unit is called different only if that holds after Holm's adjustment, so that of a
hundred reports on units that are all alike at most five call any of them different.

`make simulate`, seeds from 0: of 1,000 reports on twelve equal units 4 called one different, and 24
spoke of a spread between units. A unit of 60 that lies 33 points below the others was called
different in 174 of 200 reports. Other seeds found 36 points in 96 of 100, 30 in 106 of 200.

The share of a unit is known in whole per cent and its n to the nearest five: what follows from both
is nothing that a reader could not find as well.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Estimate, Suppressed, Undefined
from survey.model.snapshots import SatisfactionSnapshot, UnitTable
from survey.statistics import floors, funnel, multiple
from survey.statistics.funnel import Points

Where: TypeAlias = Literal["inside", "below", "above"]

# The chance of calling any unit different in a report on units that are all alike.
LEVEL = 0.05
NAME = "units"


class Placed(Struct, frozen=True, kw_only=True):
    """A unit that is shown: its share, the n printed beside it, and where it lies.

    Args:
        p: of being like the whole, before adjustment
    """

    unit_id: str
    figure: Estimate
    n: int
    p: float
    where: Where


class Compared(Struct, frozen=True, kw_only=True):
    """One question over all units.

    Args:
        target: the share of the whole
        hidden: how many units are not shown
        drawn: whether there are units enough for a funnel
        tau2: variance between units, 0 unless its own test says that there is one
    """

    table: UnitTable
    target: float
    placed: tuple[Placed, ...]
    hidden: int
    drawn: bool
    tau2: float

    @property
    def outside(self) -> list[Placed]:
        """Units that differ by more than chance."""
        return [unit for unit in self.placed if unit.where != "inside"]


class Comparison(Struct, frozen=True, kw_only=True):
    """Every question over all units, judged together.

    Args:
        pairs: how many comparisons of a unit with the whole were made
        cut: a unit is called different where its p is at most this
    """

    questions: tuple[Compared, ...] = ()
    pairs: int = 0
    cut: float = LEVEL

    @property
    def differing(self) -> list[Compared]:
        """Questions in which a unit differs."""
        return [question for question in self.questions if question.outside]


class _Shown(Struct, frozen=True):
    table: UnitTable
    ids: tuple[str, ...]
    figures: tuple[Estimate, ...]
    points: Points
    ps: tuple[float, ...]


def compared(snapshot: SatisfactionSnapshot) -> Comparison:
    """Every statement, and the grade, that is shown for the whole and for a unit at least."""
    tables = [_shown(table) for table in snapshot.by_unit if table.kind != "topic"]
    shown = [unit_table for unit_table in tables if unit_table is not None and unit_table.ids]
    ps = [p for figure in shown for p in figure.ps]
    family = multiple.holm(NAME, ps, level=LEVEL)
    if isinstance(family, Undefined):
        return Comparison()
    variances = funnel.spreads(
        NAME, [funnel.spread(figure.points) for figure in shown], level=LEVEL
    )
    return Comparison(
        questions=tuple(
            _judged(unit_table, family.cut, tau2)
            for unit_table, tau2 in zip(shown, variances, strict=True)
        ),
        pairs=len(ps),
        cut=family.cut,
    )


def _shown(table: UnitTable) -> _Shown | None:
    if not isinstance(table.whole, Estimate):
        return None
    shown = [
        (row.unit_id, row.favourable, row.n)
        for row in table.rows
        if not isinstance(row.n, Suppressed)
        and row.n >= floors.POINT
        and isinstance(row.favourable, Estimate)
    ]
    points = Points(
        shares=tuple(figure.value for _, figure, _ in shown),
        answers=tuple(n for _, _, n in shown),
        target=table.whole.value,
    )
    return _Shown(
        table,
        tuple(unit_id for unit_id, _, _ in shown),
        tuple(figure for _, figure, _ in shown),
        points,
        funnel.p_values(points),
    )


def _judged(table: _Shown, cut: float, tau2: float) -> Compared:
    target, rows = table.points.target, zip(table.ids, table.figures, strict=True)
    placed = tuple(
        Placed(unit_id=unit_id, figure=figure, n=n, p=p, where=_where(figure, target, p, cut))
        for (unit_id, figure), n, p in zip(rows, table.points.answers, table.ps, strict=True)
    )
    return Compared(
        table=table.table,
        target=target,
        placed=placed,
        hidden=len(table.table.rows) - len(placed),
        drawn=len(placed) >= floors.FUNNEL,
        tau2=tau2,
    )


def _where(figure: Estimate, target: float, p: float, cut: float) -> Where:
    if p > cut:
        return "inside"
    return "below" if figure.value < target else "above"


def median_size(placed: Sequence[Placed]) -> int:
    """The n of the unit in the middle."""
    return sorted(unit.n for unit in placed)[len(placed) // 2]
