"""The topics: every statement with its answers, a topic under its own heading, dignity first.

Small topics share a page, a topic is never split; one headline, one chart and one table to a page.
"""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import diverging
from survey.model.estimates import Estimate
from survey.model.snapshots import Declared, Graded, Rated
from survey.report.render import charts, findings
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import bars, grade, page_layout, statements
from survey.report.render.tables import Table

FIRST = "dignity"
BOX = 32.0  # millimetres of a declared question


class Box(Struct, frozen=True, kw_only=True):
    """A question answered with yes or no, told in words."""

    title: str
    statement: str
    share: str
    more: str


class View(Struct, frozen=True, kw_only=True):
    """One page."""

    title: str
    finding: tuple[str, ...]
    chart: Markup
    caption: str
    rest: str
    boxes: tuple[Box, ...]
    reading: bool
    table: Table
    crowded: bool
    grades: tuple[grade.View, ...]


def chapters(context: Context) -> list[Chapter]:
    """A page for as many topics as fit; none where nothing may be shown."""
    rated = context.snapshot.rated
    if not any(findings.place(statement.favourable) for statement in rated):
        return []
    scale = charts.scale(rated)
    pages = _paged(context, rated)
    grades = [graded for graded in context.snapshot.grades if grade.shown(graded)]
    chapters = []
    for i, page in enumerate(pages):
        brought: list[Graded] = []
        last = i == len(pages) - 1
        if grades and (
            last or page_layout.tall(context, page, more=_grown(context, page)) <= _LEFT
        ):
            brought, grades = grades, []
        view = _view(context, page, scale, grades=brought, first=i == 0)
        chapters.append(Chapter(template="report/topics.html", view=view))
    return chapters


_LEFT = page_layout.PAGE - grade.TALL


def _paged(context: Context, rated: Sequence[Rated]) -> list[list[Rated]]:
    """Dignity on a page of its own, then the others in the order of the form."""
    topics = [
        sorted(group, key=bars.from_favourable)
        for _, group in groupby(rated, key=lambda statement: statement.construct)
    ]
    first = [topic for topic in topics if topic[0].construct == FIRST]
    others = [topic for topic in topics if topic[0].construct != FIRST]
    more = [_grown(context, topic) for topic in others]
    pages = page_layout.packed(context, others, more=more) if others else []
    return [*first, *([statement for i in page for statement in others[i]] for page in pages)]


def _grown(context: Context, rated: Sequence[Rated]) -> float:
    """Room for the questions in words that belong to these topics."""
    constructs = {statement.construct for statement in rated}
    return BOX * sum(
        declaration.construct in constructs for declaration in context.snapshot.declared
    )


def _view(
    context: Context,
    rated: list[Rated],
    scale: diverging.Scale,
    *,
    grades: Sequence[Graded],
    first: bool,
) -> View:
    constructs = list(dict.fromkeys(statement.construct for statement in rated))
    names = [context.wording.constructs[construct] for construct in constructs]
    titles = [*names, *([context.say("Gesamtnote")] if grades else [])]
    finding = findings.finding(context, rated)
    bold, rest = bars.caption(context, rated)
    topics = context.listed(names)
    caption = context.say("%(topics)s, Prozent der gültigen Antworten", topics=topics)
    return View(
        title=" · ".join(titles),
        finding=findings.lines(finding),
        chart=svg.image(bars.draw(context, rated, scale, finding=" ".join(finding))),
        caption=bold,
        rest=rest,
        boxes=tuple(
            _box(context, declaration)
            for declaration in context.snapshot.declared
            if declaration.construct in constructs
        ),
        reading=first,
        table=statements.table(context, caption, rated),
        crowded=len(rated) > page_layout.CROWDED,
        grades=tuple(grade.view(context, graded) for graded in grades),
    )


def _box(context: Context, declaration: Declared) -> Box:
    """A declared question in words; a sensitive one with its own threshold."""
    thresholds = context.snapshot.setting.thresholds
    k = thresholds.k_sensitive if declaration.sensitive else thresholds.k
    words = context.wording.questions[declaration.question_id]
    share, more = context.share(declaration.share), ""
    if isinstance(declaration.share, Estimate):
        n = context.notation.whole(declaration.share.n)
        share = f"{context.measured(declaration.share)}, n = {n}"
        more = context.say(
            "%(refused)s: %(share)s.",
            refused=context.notation.quoted(context.headline(context.wording.refused)),
            share=context.refused(declaration.refused),
        )
    return Box(
        title=context.short(declaration.question_id),
        statement=context.notation.quoted(words.label),
        share=context.say(
            "%(yes)s: %(share)s.",
            yes=context.notation.quoted(context.headline(words.options[declaration.code])),
            share=share,
        ),
        more=" ".join(
            filter(
                None,
                (
                    more,
                    context.say("Gezeigt wird diese Frage erst ab %(k)s Antworten.", k=k),
                ),
            )
        ),
    )
