"""Statements as diverging bars: the picture, its scale, and what it says without being seen.

Every piece stands under the words that people ticked, from disagreement at the left to agreement at
the right. Of a statement put the other way round the left side is the favourable one, and its row
says so.
"""

from collections.abc import Sequence
from itertools import groupby

from survey.document import typeface
from survey.document.chart import diverging
from survey.document.svg import Drawing, Fill
from survey.model import rounding
from survey.model.estimates import Estimate
from survey.model.snapshots import Part, Rated
from survey.report.render import charts, findings
from survey.report.render.context import Context
from survey.report.render.parts import joined


def from_favourable(rated: Rated) -> tuple[bool, float]:
    """By share within a topic; what is not shown comes last, in the order of the form."""
    where = findings.place(rated.favourable)
    return (True, 0.0) if where is None else (False, -where.value)


def draw(
    context: Context, rated: Sequence[Rated], room: diverging.Scale, *, finding: str
) -> Drawing:
    """Statements by topic; a single topic needs no heading."""
    alt = context.say(
        "%(finding)s Günstige Antworten: %(all)s. Alle Werte in der Tabelle darunter.",
        finding=finding,
        all="; ".join(
            f"{_named(context, statement)} {context.measured(statement.favourable)}"
            for statement in rated
        ),
    )
    words = context.scale("agreement")
    for statement in rated:
        name = context.short(statement.question_id)
        alt = " ".join((alt, *joined.described(context, name, charts.ticked(statement), words)))
    return diverging.draw(groups(context, rated), heads=_heads(context, rated), scale=room, alt=alt)


def _named(context: Context, rated: Rated) -> str:
    short = context.short(rated.question_id)
    if not rated.reversed:
        return short
    return context.say("%(short)s (umgekehrt gefragt: günstig ist Ablehnung)", short=short)


def groups(context: Context, rated: Sequence[Rated]) -> list[diverging.Group]:
    """The rows of the picture."""
    topics = [(name, list(group)) for name, group in groupby(rated, key=lambda e: e.construct)]
    return [
        diverging.Group(
            heading=context.wording.constructs[construct] if len(topics) > 1 else "",
            bars=tuple(_bar(context, statement) for statement in group),
        )
        for construct, group in topics
    ]


def _bar(context: Context, rated: Rated) -> diverging.Bar:
    figure, refused = rated.favourable, rated.refused
    note = ""
    if isinstance(figure, Estimate):
        note = f"n = {context.notation.whole(figure.n)}"
    if rated.reversed:
        note = " · ".join(filter(None, (note, context.say("günstig ist hier links"))))
    shown, answers = findings.place(figure) is not None, charts.ticked(rated)
    return diverging.Bar(
        label=context.quoted(rated.question_id),
        note=note,
        segments=tuple(
            diverging.Segment(percent=part.percent, fill=_fill(part, answers), side=part.side)
            for part in answers
        ),
        value=context.share(figure) if shown else "–",
        span=context.interval(figure) if isinstance(figure, Estimate) else "",
        aside=rounding.whole(100 * refused.value) if isinstance(refused, Estimate) else None,
        aside_text=context.refused(refused) if shown else "–",
        message=_message(context, shown=shown),
        shown=shown,
    )


def _message(context: Context, *, shown: bool) -> str:
    if not shown:
        return context.hidden()
    return context.say("fast alle antworten gleich: Verteilung nicht gezeigt")


def _fill(part: Part, parts: Sequence[Part]) -> Fill:
    """Strong only for the end of the scale; joined steps have a fill of their own."""
    if len(part.codes) > 1:
        return joined.FILL
    end = part is (parts[0] if part.side < 0 else parts[-1])
    if part.side < 0:
        return "worst" if end else "bad"
    if part.side > 0:
        return "best" if end else "good"
    return "neutral"


def _heads(context: Context, rated: Sequence[Rated]) -> diverging.Heads:
    say = context.say
    words = context.scale("agreement")
    return diverging.Heads(
        legend=(
            *zip(charts.FILLS, words.values(), strict=True),
            *joined.legend(context, [statement.parts for statement in rated]),
        ),
        left=say("stimmen nicht zu"),
        right=say("stimmen zu"),
        value=context.headline(say("günstig")),
        interval=context.interval_name(),
        aside=_two(context.wording.refused),
    )


def _two(words: str) -> tuple[str, str]:
    """Words on two lines, as narrow as they will go."""
    every = words.split(" ")
    broken = [(" ".join(every[:i]), " ".join(every[i:])) for i in range(1, len(every))]
    pairs = broken or [("", words)]
    return min(pairs, key=lambda pair: max(typeface.width(line, 8) for line in pair))


def caption(context: Context, rated: Sequence[Rated]) -> tuple[str, str]:
    """The first finding with its number and interval, then what the picture does not say."""
    statements = [e for e in findings.ranked(rated) if isinstance(e.rated.favourable, Estimate)]
    if not statements:
        return "", ""
    top, bottom = statements[0], statements[-1]
    if len(statements) == 1:
        return f"{_measured(context, top)}.", ""
    order = (
        context.say(
            "Die Intervalle überlappen sich: Eine Reihenfolge der Aussagen ist nicht gesichert."
        )
        if top.place.low <= bottom.place.high
        else context.say("Wo sich Intervalle überlappen, ist keine Reihenfolge gesichert.")
    )
    return f"{_measured(context, top)};", f"{_measured(context, bottom)}. {order}"


def _measured(context: Context, ranked_statement: findings.RankedStatement) -> str:
    figure = ranked_statement.rated.favourable
    return context.say(
        "%(short)s: %(share)s günstig %(interval)s",
        short=context.brief(ranked_statement.rated.question_id),
        share=context.share(figure),
        interval=context.interval(figure),
    )
