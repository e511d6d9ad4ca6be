"""What of a measured report is shown and what is not: everything else of it is left out."""

from survey.model.estimates import Suppressed
from survey.model.previews import Line, Preview, UnitLine
from survey.model.snapshots import SatisfactionSnapshot, Unit


def of(snapshot: SatisfactionSnapshot, answered: int) -> Preview:
    """The preview of a report that is not kept; `answered` as the weekly count rounds it."""
    return Preview(
        answered=answered,
        lines=tuple(_lines(snapshot)),
        units=tuple(_unit(snapshot, unit) for unit in snapshot.units),
    )


def _lines(snapshot: SatisfactionSnapshot) -> list[Line]:
    lines = [Line(kind="rate", subject="", shown=_shown(snapshot.response.rate))]
    lines += [
        Line(kind="topic", subject=topic.construct, shown=_shown(topic.favourable))
        for topic in snapshot.topics
    ]
    lines += [
        Line(kind="statement", subject=statement.question_id, shown=_shown(statement.favourable))
        for statement in snapshot.rated
    ]
    lines += [
        Line(kind="grade", subject=grade.question_id, shown=_shown(grade.favourable))
        for grade in snapshot.grades
    ]
    lines += [
        Line(kind="help", subject=need.question_id, shown=_shown(need.needed))
        for need in snapshot.helps
    ]
    lines += [
        Line(kind="declared", subject=declaration.question_id, shown=_shown(declaration.share))
        for declaration in snapshot.declared
    ]
    return lines


def _unit(snapshot: SatisfactionSnapshot, unit: Unit) -> UnitLine:
    """A unit's rate is one of its figures: it may be shown where nothing else is."""
    rows = [row for table in snapshot.by_unit for row in table.rows if row.unit_id == unit.unit_id]
    shown = sum(_shown(row.favourable) or _shown(row.mean) for row in rows)
    return UnitLine(label=unit.label, shown=_shown(unit.rate) + shown, figures=1 + len(rows))


def _shown(figure: object) -> bool:
    return figure is not None and not isinstance(figure, Suppressed)
