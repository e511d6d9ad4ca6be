"""The topics: every statement with its answers, a topic under its own heading.

Small topics share a page, a topic is never split; one headline, one chart and one table to a page.
"""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import diverging
from survey.document.svg import Fill
from survey.model.estimates import Estimate
from survey.model.snapshots import Declared, Part, Rated
from survey.report import claims
from survey.report.context import Chapter, Context
from survey.report.sections import statements
from survey.report.tables import Table

# Room on a page for the rows of chart and table, in millimetres: what headline, caption and heads
# leave of 245.
ROOM = 166.0
ROW, LINE, GROUP = 17.5, 7.4, 11.7


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


def chapters(context: Context) -> list[Chapter]:
    """A page for as many topics as fit; none where nothing may be shown."""
    rated = context.snapshot.rated
    if not any(claims.place(each.favourable) for each in rated):
        return []
    scale = _scale(rated)
    pages = _paged(context, rated)
    views = [_view(context, page, scale, first=page is pages[0]) for page in pages]
    return [Chapter(template="report/topics.html", view=view) for view in views]


def _paged(context: Context, rated: Sequence[Rated]) -> list[list[Rated]]:
    """Whole topics to pages, in the order of the form, about equally full."""
    topics = [
        sorted(group, key=_from_favourable)
        for _, group in groupby(rated, key=lambda each: each.construct)
    ]
    tall = [GROUP + sum(_tall(context, each) for each in topic) for topic in topics]
    fewest = len(_filled(tall, ROOM))
    # The smallest room that needs no more pages: the last one is then not left nearly empty.
    room = next(r for r in range(40, 2000, 4) if len(_filled(tall, min(r, ROOM))) <= fewest)
    return [
        [each for topic in page for each in topics[topic]]
        for page in _filled(tall, min(room, ROOM))
    ]


def _from_favourable(rated: Rated) -> tuple[bool, float]:
    """By share within a topic; what is not shown comes last, in the order of the form."""
    where = claims.place(rated.favourable)
    return (True, 0.0) if where is None else (False, -where.value)


def _filled(tall: Sequence[float], room: float) -> list[list[int]]:
    pages: list[list[int]] = []
    left = 0.0
    for i, height in enumerate(tall):
        if not pages or height > left:
            pages.append([])
            left = room
        pages[-1].append(i)
        left -= height
    return pages


def _tall(context: Context, rated: Rated) -> float:
    lines = len(diverging.lines_of(f"„{context.label(rated.question_id)}“"))
    return ROW + LINE * (lines - 1) - (2 if lines > 1 else 0)


def _scale(rated: Sequence[Rated]) -> diverging.Scale:
    """Room enough for the widest bar of the report, the same on every page."""
    lefts = [_reach(each.parts, -1) for each in rated] or [0.0]
    rights = [_reach(each.parts, 1) for each in rated] or [0.0]
    return diverging.Scale(
        left=max(40, 2 + round(max(lefts))), right=max(60, 2 + round(max(rights)))
    )


def _reach(parts: Sequence[Part], side: int) -> float:
    return sum(p.percent for p in parts if p.side == side) + sum(
        p.percent / 2 for p in parts if p.side == 0
    )


def _view(context: Context, rated: list[Rated], scale: diverging.Scale, *, first: bool) -> View:
    constructs = list(dict.fromkeys(each.construct for each in rated))
    names = [context.wording.constructs[each] for each in constructs]
    several = len(constructs) > 1
    groups = [
        diverging.Group(
            heading=context.wording.constructs[construct] if several else "",
            bars=tuple(_bar(context, each) for each in group),
        )
        for construct, group in groupby(rated, key=lambda each: each.construct)
    ]
    finding = claims.finding(context, rated)
    alt = context.say(
        "%(finding)s Günstige Antworten: %(all)s. Alle Werte in der Tabelle darunter.",
        finding=" ".join(finding),
        all="; ".join(_told(context, each) for each in rated),
    )
    drawn = diverging.draw(groups, heads=_heads(context), scale=scale, alt=alt)
    bold, rest = _caption(context, rated)
    return View(
        title=" · ".join(names),
        finding=tuple(finding),
        chart=svg.image(drawn),
        caption=bold,
        rest=rest,
        boxes=tuple(
            _box(context, each)
            for each in context.snapshot.declared
            if each.construct in constructs
        ),
        reading=first,
        table=statements.table(context, names, rated),
        crowded=len(rated) > 5,
    )


def _bar(context: Context, rated: Rated) -> diverging.Bar:
    figure = rated.favourable
    note = ""
    if isinstance(figure, Estimate):
        note = f"n = {context.notation.whole(figure.n)}"
    if rated.reversed:
        note = " · ".join(filter(None, (note, context.say("umgekehrt gefragt"))))
    refused = rated.refused
    return diverging.Bar(
        label=f"„{context.label(rated.question_id)}“",
        note=note,
        segments=tuple(
            diverging.Segment(percent=part.percent, fill=_fill(part, rated.parts), side=part.side)
            for part in rated.parts
        ),
        value=context.share(figure),
        span=context.interval(figure) if isinstance(figure, Estimate) else "",
        aside=round(100 * refused.value) if isinstance(refused, Estimate) else None,
        aside_text=context.refused(refused),
        message=_message(context, rated),
        shown=claims.place(figure) is not None,
    )


def _message(context: Context, rated: Rated) -> str:
    where = claims.place(rated.favourable)
    if where is None:
        return context.few()
    return context.say("fast alle antworten gleich: Verteilung nicht gezeigt")


def _fill(part: Part, parts: Sequence[Part]) -> Fill:
    """Strong only for the end of the scale by itself."""
    end = part is (parts[0] if part.side < 0 else parts[-1])
    alone = len(part.codes) == 1 and end
    if part.side < 0:
        return "worst" if alone else "bad"
    if part.side > 0:
        return "best" if alone else "good"
    return "neutral"


def _heads(context: Context) -> diverging.Heads:
    say = context.say
    words = context.scale("agreement")
    fills: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
    return diverging.Heads(
        legend=tuple(zip(fills, words.values(), strict=True)),
        left=say("ungünstig"),
        right=say("günstig"),
        value=say("Günstig"),
        interval=say("[95-%%-Intervall]"),
        aside=(say("möchte ich"), say("nicht sagen")),
    )


def _told(context: Context, rated: Rated) -> str:
    words = f"{context.short(rated.question_id)} {context.share(rated.favourable)}"
    if isinstance(rated.favourable, Estimate):
        return f"{words} {context.interval(rated.favourable)}"
    return words


def _caption(context: Context, rated: Sequence[Rated]) -> tuple[str, str]:
    """The first finding with its number and interval, then what the picture does not say."""
    found = [e for e in claims.standings(rated) if isinstance(e.rated.favourable, Estimate)]
    if not found:
        return "", ""
    top, bottom = found[0], found[-1]
    bold = _measured(context, top)
    if len(found) == 1:
        return f"{bold}.", ""
    overlap = top.place.low <= bottom.place.high
    order = (
        "Die Intervalle überlappen sich: Eine Reihenfolge der Aussagen ist nicht gesichert."
        if overlap
        else "Wo sich Intervalle überlappen, ist keine Reihenfolge gesichert."
    )
    return f"{bold};", f"{_measured(context, bottom)}. {context.say(order)}"


def _measured(context: Context, standing: claims.Standing) -> str:
    figure = standing.rated.favourable
    message = "%(short)s: %(share)s günstig %(interval)s"
    return context.say(
        message,
        short=f"„{context.short(standing.rated.question_id)}“",
        share=context.share(figure),
        interval=context.interval(figure),
    )


def _box(context: Context, each: Declared) -> Box:
    """A declared question in words; a sensitive one with its own threshold."""
    thresholds = context.snapshot.setting.thresholds
    k = thresholds.k_sensitive if each.sensitive else thresholds.k
    words = context.wording.questions[each.question_id]
    yes = words.options[each.code]
    if not isinstance(each.share, Estimate):
        share = context.notation.bounds(each.share) or context.say(
            "zu wenige Angaben (n < %(k)s)", k=k
        )
        more = ""
    else:
        share = f"{context.share(each.share)} {context.interval(each.share)}"
        share += f", n = {context.notation.whole(each.share.n)}"
        more = context.say(
            "„Möchte ich nicht sagen“: %(share)s.", share=context.refused(each.refused)
        )
    from_k = context.say("Gezeigt wird diese Frage erst ab %(k)s Antworten.", k=k)
    return Box(
        title=context.short(each.question_id),
        statement=f"„{words.label}“",
        share=context.say("„%(yes)s“: %(share)s.", yes=yes.capitalize(), share=share),
        more=f"{more} {from_k}".strip(),
    )
