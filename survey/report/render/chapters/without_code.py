"""Answers without a code, from devices in the house: a chapter of their own, never added up.

Nobody knows how many could have answered, or who answered twice: there is no rate, no unit and no
comparison with the rest of the report.
"""

import msgspec
from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.model.estimates import Suppressed
from survey.model.snapshots import WithoutCode
from survey.report.render import charts, findings
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import bars, grade, statements
from survey.report.render.tables import Table


class View(Struct, frozen=True, kw_only=True):
    """One page."""

    finding: tuple[str, ...]
    field: str
    chart: Markup
    caption: str
    rest: str
    table: Table
    grades: tuple[grade.View, ...]


def chapters(context: Context) -> list[Chapter]:
    """A page for every wave without codes that shows something."""
    return [
        Chapter(template="report/without_code.html", view=_view(_within(context, wave), wave))
        for wave in context.snapshot.without_code
        if shown(wave)
    ]


def shown(wave: WithoutCode) -> bool:
    """Whether any figure of it may be printed."""
    return any(findings.place(statement.favourable) for statement in wave.rated)


def silent(context: Context) -> str:
    """Why a wave without codes has no page; empty where every one of them has."""
    hidden = [wave for wave in context.snapshot.without_code if not shown(wave)]
    if not hidden:
        return ""
    return context.nothing(statement.favourable for wave in hidden for statement in wave.rated)


def _within(context: Context, wave: WithoutCode) -> Context:
    """The same document with the questions and figures of this wave alone."""
    snapshot = msgspec.structs.replace(
        context.snapshot,
        codes=wave.codes,
        topics=(),
        rated=wave.rated,
        grades=wave.grades,
        declared=wave.declared,
    )
    wording = wave.wordings[context.language]
    return msgspec.structs.replace(context, snapshot=snapshot, wording=wording)


def _view(context: Context, wave: WithoutCode) -> View:
    rated = sorted(wave.rated, key=bars.from_favourable)
    finding = findings.finding(context, rated)
    bold, rest = bars.caption(context, rated)
    drawn = bars.draw(context, rated, charts.scale(rated), finding=" ".join(finding))
    caption = context.say("Antworten ohne Code, Prozent der gültigen Antworten")
    return View(
        finding=findings.lines(finding),
        field=_field(context, wave),
        chart=svg.image(drawn),
        caption=bold,
        rest=rest,
        table=statements.table(context, caption, rated),
        grades=tuple(grade.view(context, graded) for graded in wave.grades if grade.shown(graded)),
    )


def _field(context: Context, wave: WithoutCode) -> str:
    first, last = context.first_day(wave.opens_on, wave.last_day), context.day(wave.last_day)
    if isinstance(wave.n, Suppressed):
        return context.say("%(first)s bis %(last)s", first=first, last=last)
    return context.say(
        "%(n)s Fragebögen, %(first)s bis %(last)s",
        n=context.notation.whole(wave.n),
        first=first,
        last=last,
    )
