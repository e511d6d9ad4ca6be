"""Units by name, for the internal edition alone: every question with its units.

Units stand in one fixed order, never by result; the upright line is the result of all.
"""

from msgspec import Struct

from survey.model.estimates import Estimate
from survey.model.snapshots import UnitTable
from survey.report.render import findings
from survey.report.render.chapters.topics import FIRST
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import page_layout, unit_findings, unit_tables
from survey.report.render.tables import Table


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
    counted = headed or not context.compared.questions
    view = View(
        finding=_heading(context, shown) if counted else unit_findings.finding(context),
        lead=_lead(context),
        differing=tuple(unit_findings.named(context)),
        response=unit_tables.response(context),
        grades=unit_tables.grades(context, grades) if grades else None,
        shares=unit_tables.shares(context, shares) if shares else None,
        paged=_full(context, len(grades)),
    )
    return [Chapter(template="report/unit_rows.html", view=view)]


def _full(context: Context, graded: int) -> bool:
    """Whether the first page has no room for the first question; all in millimetres."""
    units = len(context.snapshot.units)
    rows = units - len(unit_tables.never(context.snapshot.by_unit))
    names = sum(len(question.outside) for question in context.compared.differing)
    beside = max(14 + 4.65 * units, 32 + (12 + 9 * names if names else 0))
    grades = 16 + 8 + 4.7 * rows + 10 if graded else 0
    first = 16 + 8 + 4.7 * rows
    return page_layout.headline(2) + beside + 5 + grades + 5 + first > page_layout.PAGE


def _heading(context: Context, tables: list[UnitTable]) -> tuple[str, ...]:
    """How many units are shown, where a page before says already whether they differ."""
    every, never = len(context.snapshot.units), len(unit_tables.never(tables))
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
    return findings.lines([first, context.say("Ihre Reihenfolge ist fest und kein Rang.")])


def _by_topic(context: Context, tables: list[UnitTable]) -> list[UnitTable]:
    """Dignity first; every topic of several statements before its statements."""
    topics = [topic.construct for topic in context.snapshot.topics]
    topics.sort(key=lambda name: name != FIRST)
    of = {statement.question_id: statement.construct for statement in context.snapshot.rated}
    alone = {topic.construct for topic in context.snapshot.topics if topic.statements < 2}
    kept = [table for table in tables if table.kind == "statement" or table.subject not in alone]
    return sorted(
        kept,
        key=lambda table: (
            topics.index(of.get(table.subject, table.subject)),
            table.kind != "topic",
        ),
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
