"""The tables of units by name: taking part, grades, and every statement with its strip.

What a question does not show of some units stands in one line, what no question shows in a note.
"""

from collections.abc import Sequence

from markupsafe import Markup

from survey.document import svg
from survey.document.chart import strip
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import UnitRow, UnitTable
from survey.report.render import charts
from survey.report.render.context import Context
from survey.report.render.tables import Cell, Head, Row, Table

WIDE = 190.0


def never(tables: Sequence[UnitTable]) -> list[str]:
    """Units that none of these tables shows."""
    shown = {r.unit_id for t in tables for r in t.rows if isinstance(r.favourable, Estimate)}
    return [row.unit_id for row in tables[0].rows if row.unit_id not in shown]


def _names(context: Context) -> dict[str, str]:
    return {unit.unit_id: unit.label for unit in context.snapshot.units}


def shares(context: Context, tables: list[UnitTable]) -> Table:
    """Topics and statements, a row for every unit that is shown."""
    say = context.say
    head = (
        Head(text=say("Einheit"), plain=(say("Frage"), say("Einheit"))),
        Head(text="n"),
        Head(text=say("günstig")),
        context.interval_head(),
    )
    silent = never(tables)
    rows = [row for table in tables for row in _group(context, table, silent)]
    caption = say("Themen und Aussagen nach Einheiten, Prozent günstiger Antworten")
    return context.tables.add(caption, head, rows, _notes(context, tables), scale=_scale(context))


def _group(context: Context, table: UnitTable, silent: list[str]) -> list[Row]:
    """The whole as a heading, then every unit that is shown, then the others in one line.

    Args:
        silent: units that no question shows, which a note names once
    """
    names, title = _names(context), _title(context, table)
    whole = table.whole
    first = Row(
        name=title,
        plain=(title, context.say("alle zusammen")),
        cells=_cells(context, whole),
        picture=_picture(context, whole, None, context.say("alle zusammen")),
        group=True,
    )
    target = whole.value if isinstance(whole, Estimate) else None
    return [
        first,
        *(
            Row(
                name=names[row.unit_id],
                plain=(title, names[row.unit_id]),
                cells=_unit(context, row),
                picture=_picture(context, row.favourable, target, names[row.unit_id]),
            )
            for row in table.rows
            if isinstance(row.favourable, Estimate)
        ),
        *_hidden(context, table, title, silent),
    ]


def _hidden(context: Context, table: UnitTable, title: str, silent: list[str]) -> list[Row]:
    """One row for all units that are hidden here and not everywhere."""
    names = _names(context)
    hidden = [
        names[row.unit_id]
        for row in table.rows
        if not isinstance(row.favourable, Estimate) and row.unit_id not in silent
    ]
    if not hidden:
        return []
    nothing = Suppressed(reason="secondary")
    together = ", ".join(hidden)
    gap = Cell(text="–")
    cells = (gap, context.share_cell(nothing), context.interval_cell(nothing))
    return [Row(name=together, plain=(title, together), cells=cells)]


def _title(context: Context, table: UnitTable) -> str:
    if table.kind == "topic":
        return context.wording.constructs[table.subject]
    label = context.label(table.subject)
    if any(e.question_id == table.subject and e.reversed for e in context.snapshot.rated):
        return context.say("%(label)s (günstig: stimmen nicht zu)", label=label)
    return label


def _cells(context: Context, figure: Figure) -> tuple[Cell, ...]:
    n = Cell(text=context.notation.whole(figure.n) if isinstance(figure, Estimate) else "–")
    return (n, context.share_cell(figure), context.interval_cell(figure))


def _unit(context: Context, row: UnitRow) -> tuple[Cell, ...]:
    return (
        context.count_cell(row.n),
        context.share_cell(row.favourable),
        context.interval_cell(row.favourable),
    )


def _picture(context: Context, figure: Figure, target: float | None, name: str) -> Markup:
    """The interval of a unit before the line of all; pale dots where only bounds are shown."""
    if not isinstance(figure, Estimate):
        return svg.image(strip.veiled(alt=context.share(figure), width=WIDE, ticks=charts.TICKS))
    alt = context.say(
        "%(name)s: Von den Antworten sind %(value)s günstig, das Intervall ist %(interval)s.",
        name=name,
        value=context.share(figure),
        interval=context.interval(figure),
    )
    drawn = charts.share_strip(figure, alt=alt, width=WIDE, target=target)
    return svg.image(drawn)


def _scale(context: Context) -> Markup:
    labels = [(tick, context.notation.whole(100 * tick)) for tick in charts.TICKS]
    alt = context.say("Skala von 0 bis 100 Prozent")
    return svg.image(strip.axis(labels, alt=alt, width=WIDE))


def grades(context: Context, tables: list[UnitTable]) -> Table:
    """The grade: the share of good ones drawn, and the mean where a unit is large enough."""
    say = context.say
    head = (
        Head(text=say("Einheit"), plain=(say("Frage"), say("Einheit"))),
        Head(text="n"),
        Head(text=say("Note 1 oder 2")),
        context.interval_head(),
        Head(text=say("Mittel"), plain=(say("Mittel"), say("untere Grenze"), say("obere Grenze"))),
    )
    rows = []
    silent = never(tables)
    for table in tables:
        graded = {grade.question_id: grade.mean for grade in context.snapshot.grades}
        group = _group(context, table, silent)
        means = [row.mean for row in table.rows if isinstance(row.favourable, Estimate)]
        order = [graded.get(table.subject), *means, *[None] * (len(group) - 1 - len(means))]
        rows += [
            Row(
                name=context.say("Alle zusammen") if row.group else row.name,
                plain=row.plain,
                cells=(*row.cells, _mean(context, mean)),
                picture=row.picture,
                group=row.group,
            )
            for row, mean in zip(group, order, strict=True)
        ]
    caption = say("Note nach Einheiten")
    return context.tables.add(caption, head, rows, _notes(context, tables), scale=_scale(context))


def _mean(context: Context, figure: Figure | None) -> Cell:
    if not isinstance(figure, Estimate):
        return Cell(text="–", plain=("", "", ""))
    numbers = (figure.value, figure.low, figure.high)
    plain = tuple(context.notation.decimal(number) for number in numbers)
    return Cell(text=context.mean(figure), plain=plain)


def response(context: Context) -> Table:
    """How many were invited, and which part of them answered."""
    say = context.say
    head = (Head(text=say("Einheit")), Head(text=say("eingeladen")), Head(text=say("Rücklauf")))
    rows = [
        Row(
            name=unit.label,
            cells=(
                Cell(text=context.notation.whole(unit.invited)),
                context.share_cell(unit.rate),
            ),
        )
        for unit in context.snapshot.units
    ]
    hidden = any(not isinstance(unit.rate, Estimate) for unit in context.snapshot.units)
    k = context.snapshot.setting.thresholds.k
    notes = [context.hidden_note(k)] if hidden else []
    return context.tables.add(say("Rücklauf nach Einheiten"), head, rows, notes)


def _notes(context: Context, tables: list[UnitTable]) -> list[str]:
    hidden = any(not isinstance(row.favourable, Estimate) for table in tables for row in table.rows)
    if not hidden:
        return []
    notes = [context.hidden_note(context.snapshot.setting.thresholds.k)]
    silent = never(tables)
    if silent:
        names = _names(context)
        units = ", ".join(names[unit_id] for unit_id in silent)
        notes.insert(0, context.say("Ohne Ergebnis: %(units)s.", units=units))
    return notes
