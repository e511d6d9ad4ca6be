"""Units by name, for the internal edition alone: every question with its units.

Units stand in one fixed order, never by result; the upright line is the result of all.
"""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import strip
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import UnitRow, UnitTable
from survey.report import claims
from survey.report.context import Chapter, Context
from survey.report.sections import packing, unit_findings
from survey.report.sections.topics import FIRST
from survey.report.tables import Cell, Head, Row, Table

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
WIDE = 190.0


class View(Struct, frozen=True, kw_only=True):
    """As many pages as the tables need."""

    finding: tuple[str, ...]
    lead: str
    differing: tuple[str, ...]
    response: Table
    grades: Table | None
    shares: Table | None
    paged: bool


def chapters(context: Context, *, headed: bool) -> list[Chapter]:
    """None where no unit is shown in any table.

    Args:
        headed: a page before says already whether units differ
    """
    snapshot = context.snapshot
    shown = [table for table in snapshot.by_unit if _shown(table)]
    if not shown or not snapshot.units:
        return []
    grades = [table for table in shown if table.kind == "grade"]
    shares = _by_topic(context, [table for table in shown if table.kind != "grade"])
    told = headed or not context.compared.questions
    view = View(
        finding=_heading(context, shown) if told else unit_findings.finding(context),
        lead=_lead(context),
        differing=tuple(unit_findings.named(context)),
        response=_response(context),
        grades=_grades(context, grades) if grades else None,
        shares=_shares(context, shares) if shares else None,
        paged=_full(context, len(grades)),
    )
    return [Chapter(template="report/unit_rows.html", view=view)]


def _full(context: Context, graded: int) -> bool:
    """Whether the first page has no room for the first question; all in millimetres."""
    units = len(context.snapshot.units)
    rows = units - len(_never(context.snapshot.by_unit))
    names = sum(len(each.outside) for each in context.compared.differing)
    beside = max(14 + 4.65 * units, 32 + (12 + 9 * names if names else 0))
    grades = 16 + 8 + 4.7 * rows + 10 if graded else 0
    first = 16 + 8 + 4.7 * rows
    return packing.headline(2) + beside + 5 + grades + 5 + first > packing.PAGE


def _heading(context: Context, tables: list[UnitTable]) -> tuple[str, ...]:
    """How many units are shown, where a page before says already whether they differ."""
    every, never = len(context.snapshot.units), len(_never(tables))
    if never:
        first = context.say(
            "Für %(shown)s von %(all)s Einheiten gibt es Ergebnisse.",
            shown=context.number(every - never),
            all=context.number(every),
        )
    else:
        first = context.say(
            "Für alle %(all)s Einheiten gibt es Ergebnisse.", all=context.number(every)
        )
    return claims.lines([first, context.say("Ihre Reihenfolge ist fest und kein Rang.")])


def _never(tables: Sequence[UnitTable]) -> list[str]:
    """Units that none of these tables shows."""
    shown = {r.unit_id for t in tables for r in t.rows if isinstance(r.favourable, Estimate)}
    return [row.unit_id for row in tables[0].rows if row.unit_id not in shown]


def _by_topic(context: Context, tables: list[UnitTable]) -> list[UnitTable]:
    """Dignity first; every topic of several statements before its statements."""
    topics = [topic.construct for topic in context.snapshot.topics]
    topics.sort(key=lambda name: name != FIRST)
    of = {each.question_id: each.construct for each in context.snapshot.rated}
    alone = {topic.construct for topic in context.snapshot.topics if topic.statements < 2}
    kept = [each for each in tables if each.kind == "statement" or each.subject not in alone]
    return sorted(
        kept,
        key=lambda each: (topics.index(of.get(each.subject, each.subject)), each.kind != "topic"),
    )


def _shown(table: UnitTable) -> bool:
    return any(isinstance(row.favourable, Estimate) for row in table.rows)


def _lead(context: Context) -> str:
    """What a bar beside the line says, and what it does not."""
    return context.say(
        "Die Einheiten stehen in fester Reihenfolge, nicht nach Ergebnis. Die senkrechte Linie ist "
        "das Ergebnis aller. Auch von gleichen Einheiten verfehlen etwa 5 von 100 Balken diese "
        "Linie; als Abweichung gilt nur, was nach Berücksichtigung aller %(pairs)s Vergleiche "
        "bleibt.",
        pairs=context.notation.whole(context.compared.pairs),
    )


def _names(context: Context) -> dict[str, str]:
    return {each.unit_id: each.label for each in context.snapshot.units}


def _shares(context: Context, tables: list[UnitTable]) -> Table:
    say = context.say
    head = (
        Head(text=say("Einheit"), plain=(say("Frage"), say("Einheit"))),
        Head(text="n"),
        Head(text=say("günstig")),
        context.interval_head(),
    )
    never = _never(tables)
    rows = [row for table in tables for row in _group(context, table, never)]
    caption = say("Themen und Aussagen nach Einheiten, Prozent günstiger Antworten")
    return context.tables.add(caption, head, rows, _notes(context, tables), scale=_scale(context))


def _group(context: Context, table: UnitTable, never: list[str]) -> list[Row]:
    """The whole as a heading, then every unit that is shown, then the others in one line.

    Args:
        never: units that no question shows, which a note names once
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
        *_hidden(context, table, title, never),
    ]


def _hidden(context: Context, table: UnitTable, title: str, never: list[str]) -> list[Row]:
    """One row for all units that are hidden here and not everywhere."""
    names = _names(context)
    hidden = [
        names[row.unit_id]
        for row in table.rows
        if not isinstance(row.favourable, Estimate) and row.unit_id not in never
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
        return svg.image(strip.veiled(alt=context.share(figure), width=WIDE, ticks=TICKS))
    alt = context.say(
        "%(name)s: Von den Antworten sind %(value)s günstig, das Intervall ist %(interval)s.",
        name=name,
        value=context.share(figure),
        interval=context.interval(figure),
    )
    drawn = strip.draw(
        figure.value,
        figure.low,
        figure.high,
        least=0,
        most=1,
        alt=alt,
        width=WIDE,
        ticks=TICKS,
        target=target,
    )
    return svg.image(drawn)


def _scale(context: Context) -> Markup:
    labels = [(tick, context.notation.whole(100 * tick)) for tick in TICKS]
    alt = context.say("Skala von 0 bis 100 Prozent")
    return svg.image(strip.axis(labels, alt=alt, width=WIDE))


def _grades(context: Context, tables: list[UnitTable]) -> Table:
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
    never = _never(tables)
    for table in tables:
        graded = {each.question_id: each.mean for each in context.snapshot.grades}
        found = _group(context, table, never)
        means = [row.mean for row in table.rows if isinstance(row.favourable, Estimate)]
        order = [graded.get(table.subject), *means, *[None] * (len(found) - 1 - len(means))]
        rows += [
            Row(
                name=context.say("Alle zusammen") if row.group else row.name,
                plain=row.plain,
                cells=(*row.cells, _mean(context, mean)),
                picture=row.picture,
                group=row.group,
            )
            for row, mean in zip(found, order, strict=True)
        ]
    caption = say("Note nach Einheiten")
    return context.tables.add(caption, head, rows, _notes(context, tables), scale=_scale(context))


def _mean(context: Context, figure: Figure | None) -> Cell:
    if not isinstance(figure, Estimate):
        return Cell(text="–", plain=("", "", ""))
    numbers = (figure.value, figure.low, figure.high)
    plain = tuple(context.notation.decimal(number) for number in numbers)
    return Cell(text=context.mean(figure), plain=plain)


def _response(context: Context) -> Table:
    """How many were invited, and which part of them answered."""
    say = context.say
    head = (Head(text=say("Einheit")), Head(text=say("eingeladen")), Head(text=say("Rücklauf")))
    rows = [
        Row(
            name=each.label,
            cells=(
                Cell(text=context.notation.whole(each.invited)),
                context.share_cell(each.rate),
            ),
        )
        for each in context.snapshot.units
    ]
    hidden = any(not isinstance(each.rate, Estimate) for each in context.snapshot.units)
    k = context.snapshot.setting.thresholds.k
    notes = [context.hidden_note(k)] if hidden else []
    return context.tables.add(say("Rücklauf nach Einheiten"), head, rows, notes)


def _notes(context: Context, tables: list[UnitTable]) -> list[str]:
    hidden = any(not isinstance(row.favourable, Estimate) for each in tables for row in each.rows)
    if not hidden:
        return []
    notes = [context.hidden_note(context.snapshot.setting.thresholds.k)]
    never = _never(tables)
    if never:
        names = _names(context)
        units = ", ".join(names[unit_id] for unit_id in never)
        notes.insert(0, context.say("Ohne Ergebnis: %(units)s.", units=units))
    return notes
