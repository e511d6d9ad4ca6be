"""Units in a topic: their figures and where these lie, in one fixed order that is no ranking."""

from markupsafe import Markup
from msgspec import Struct

from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import SatisfactionSnapshot, UnitTable
from survey.report.render import charts
from survey.report.render.notation import Notation
from survey.web.staff.results import pictures
from survey.web.staff.results.notation import WrittenFigure, share

WIDE = 120.0


class UnitLine(Struct, frozen=True, kw_only=True):
    """One unit; `n` and `picture` are empty where nothing is shown."""

    label: str
    n: str
    shown: WrittenFigure
    picture: Markup


class UnitRows(Struct, frozen=True, kw_only=True):
    """One topic by unit, and the whole house that the upright line stands for."""

    whole: WrittenFigure
    picture: Markup
    rows: tuple[UnitLine, ...]


def of(snapshot: SatisfactionSnapshot, construct: str, marks: Notation) -> UnitRows | None:
    """The units of a topic; None where none is shown."""
    table = _table(snapshot, construct)
    if table is None or not any(isinstance(row.favourable, Estimate) for row in table.rows):
        return None
    labels = {unit.unit_id: unit.label for unit in snapshot.units}
    target = table.whole.value if isinstance(table.whole, Estimate) else None
    return UnitRows(
        whole=share(marks, table.whole),
        picture=_strip(table.whole, target),
        rows=tuple(
            UnitLine(
                label=labels[row.unit_id],
                n=marks.whole(row.n) if isinstance(row.n, int) else "",
                shown=share(marks, row.favourable),
                picture=_strip(row.favourable, target),
            )
            for row in table.rows
        ),
    )


def _table(snapshot: SatisfactionSnapshot, construct: str) -> UnitTable | None:
    """The table of a topic by unit; a topic of one statement has that statement's."""
    subjects = {construct, *(e.question_id for e in snapshot.rated if e.construct == construct)}
    tables = [table for table in snapshot.by_unit if table.subject in subjects]
    alone = [table for table in tables if table.kind == "statement"]
    topics = [table for table in tables if table.kind == "topic"]
    if topics:
        return topics[0]
    return alone[0] if len(alone) == 1 else None


def _strip(figure: Figure, target: float | None) -> Markup:
    if not isinstance(figure, Estimate):
        return Markup()
    drawn = charts.share_strip(figure, alt="", width=WIDE, target=target)
    return pictures.inline(drawn, kind="strip")
