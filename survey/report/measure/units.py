"""Tables by unit: what each of several units says, where nobody can be found in it.

Units are hidden together: one whose rate of taking part may not be shown shows no number of answers
in any table, since every one of them would tell that rate.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from survey.model import waves
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import Graded, Rated, Topic, Unit, UnitRow, UnitTable
from survey.report.measure import figures
from survey.report.measure.columns import Column
from survey.report.measure.items import Item, Results
from survey.statistics.disclosure.request import Breakdown, Row, Table


class Units(Struct, frozen=True, kw_only=True):
    """The units of a wave as they may be shown; `known` tells how many answers each has at most."""

    shown: tuple[Unit, ...]
    known: tuple[int, ...]
    withheld: frozenset[int]

    @property
    def compared(self) -> tuple[Unit, ...]:
        """The units, where there are several."""
        return self.shown if len(self.shown) > 1 else ()

    def breakdown(self, of: Column) -> Breakdown | None:
        """The tables of sheets with these units; None where there is nothing to compare."""
        if not self.compared:
            return None
        return Breakdown(
            name="unit",
            groups=tuple(unit.unit_id for unit in self.shown),
            of=of,
            invited=self.known,
            withheld=self.withheld,
        )


def units(
    named: Sequence[waves.Unit], invited: Sequence[int], responded: Sequence[int], rates: Table
) -> Units:
    """The units with their rates, as far as disclosure control gave them."""
    rows = {row.label: row for row in rates.rows}
    withheld = frozenset(
        place
        for place, unit in enumerate(named)
        if not isinstance(rows[unit.unit_id].share, Estimate)
    )
    # A printed rate tells how many responded; without it, no more than were invited.
    known = (
        asked if place in withheld else done
        for place, (asked, done) in enumerate(zip(invited, responded, strict=True))
    )
    return Units(
        shown=tuple(
            Unit(
                unit_id=unit.unit_id,
                label=unit.label,
                invited=n if isinstance(n := rows[unit.unit_id].n, int) else 0,
                rate=figures.certain(_alike(rows[unit.unit_id].share)),
            )
            for unit in named
        ),
        known=tuple(known),
        withheld=withheld,
    )


def tables(
    units: Units,
    items: Mapping[str, Item],
    results: Results,
    rated: Sequence[Rated],
    topics: Sequence[Topic],
    grades: Sequence[Graded],
) -> tuple[UnitTable, ...]:
    """Every statement, then the topics they make, then the grades; none without units."""
    if not units.compared:
        return ()
    statements = {
        statement.question_id: UnitTable(
            kind="statement",
            subject=statement.question_id,
            whole=statement.favourable,
            rows=_rows(units, items[statement.question_id], results),
        )
        for statement in rated
    }
    by_topic = defaultdict(list)
    for statement in rated:
        by_topic[statement.construct].append(statements[statement.question_id])
    return (
        *statements.values(),
        *(_topic(units, topic, by_topic[topic.construct]) for topic in topics),
        *(
            UnitTable(
                kind="grade",
                subject=grade.question_id,
                whole=grade.favourable,
                rows=_rows(units, items[grade.question_id], results, means=True),
            )
            for grade in grades
        ),
    )


def _rows(
    units: Units, item: Item, results: Results, *, means: bool = False
) -> tuple[UnitRow, ...]:
    table = results.get(item.variable)
    rows = {row.label: row for row in table.rows} if isinstance(table, Table) else {}
    nothing = Row(label="", n=figures.HIDDEN)
    return tuple(_row(unit, rows.get(unit.unit_id, nothing), means) for unit in units.shown)


def _row(unit: Unit, row: Row, means: bool) -> UnitRow:
    """All of a unit or nothing: a number beside a hidden share would tell why it is hidden."""
    figure = _alike(row.share)
    visible = isinstance(figure, Estimate)
    return UnitRow(
        unit_id=unit.unit_id,
        n=row.n if visible else figures.HIDDEN,
        favourable=figure,
        mean=(_alike(row.mean) if visible else figures.HIDDEN) if means else None,
    )


def _alike(figure: Figure | None) -> Figure:
    return figure if isinstance(figure, Estimate) else figures.HIDDEN


def _topic(units: Units, topic: Topic, statements: Sequence[UnitTable]) -> UnitTable:
    rows = []
    for place, unit in enumerate(units.shown):
        figure = _alike(figures.topic([table.rows[place].favourable for table in statements]))
        n: int | Suppressed = figure.n if isinstance(figure, Estimate) else figures.HIDDEN
        rows.append(UnitRow(unit_id=unit.unit_id, n=n, favourable=figure))
    return UnitTable(
        kind="topic", subject=topic.construct, whole=topic.favourable, rows=tuple(rows)
    )
