"""What of a measured report is shown and what is not: everything else of it is left out."""

from survey.model.estimates import Suppressed
from survey.model.previews import Line, Preview, UnitLine
from survey.model.snapshots import SatisfactionSnapshot, Unit


def of(snapshot: SatisfactionSnapshot, answered: int) -> Preview:
    """The preview of a report that is not kept; `answered` as the weekly count rounds it."""
    return Preview(
        answered=answered,
        lines=tuple(_lines(snapshot)),
        units=tuple(_unit(snapshot, each) for each in snapshot.units),
    )


def _lines(snapshot: SatisfactionSnapshot) -> list[Line]:
    lines = [Line(kind="rate", subject="", shown=_shown(snapshot.response.rate))]
    lines += [
        Line(kind="topic", subject=each.construct, shown=_shown(each.favourable))
        for each in snapshot.topics
    ]
    lines += [
        Line(kind="statement", subject=each.question_id, shown=_shown(each.favourable))
        for each in snapshot.rated
    ]
    lines += [
        Line(kind="grade", subject=each.question_id, shown=_shown(each.favourable))
        for each in snapshot.grades
    ]
    lines += [
        Line(kind="help", subject=each.question_id, shown=_shown(each.needed))
        for each in snapshot.helps
    ]
    lines += [
        Line(kind="declared", subject=each.question_id, shown=_shown(each.share))
        for each in snapshot.declared
    ]
    return lines


def _unit(snapshot: SatisfactionSnapshot, unit: Unit) -> UnitLine:
    """A unit's rate is one of its figures: it may be shown where nothing else is."""
    rows = [row for table in snapshot.by_unit for row in table.rows if row.unit_id == unit.unit_id]
    shown = sum(_shown(row.favourable) or _shown(row.mean) for row in rows)
    return UnitLine(label=unit.label, shown=_shown(unit.rate) + shown, figures=1 + len(rows))


def _shown(figure: object) -> bool:
    return figure is not None and not isinstance(figure, Suppressed)
