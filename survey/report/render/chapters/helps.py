"""Helps: who needed one, who got it in time, and the grade for all of it."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import diverging
from survey.document.svg import Fill
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Help
from survey.report.render import findings
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import joined
from survey.report.render.tables import Cell, Head, Row, Table

FILLS: dict[str, Fill] = {"not_got": "worst", "late": "bad", "got": "best"}


class View(Struct, frozen=True, kw_only=True):
    """One page."""

    title: str
    finding: tuple[str, ...]
    chart: Markup
    caption: str
    rest: str
    table: Table


def chapters(context: Context) -> list[Chapter]:
    """One page; none where nothing may be shown."""
    helps = sorted(context.snapshot.helps, key=_order)
    if not any(findings.place(need.needed) for need in helps):
        return []
    view = View(
        title=context.say("Welche Hilfe ankommt"),
        finding=findings.lines(_finding(context, helps)),
        chart=_chart(context, helps),
        caption=_caption(context, helps),
        rest=_rest(context),
        table=_table(context, helps),
    )
    return [Chapter(template="report/helps.html", view=view)]


def _order(need: Help) -> tuple[int, float]:
    """By unmet need, what is not shown after it, sensitive ones last."""
    where = findings.place(need.unmet)
    if where is None:
        return (3 if need.sensitive else 1, 0.0)
    return (2 if need.sensitive else 0, -where.value)


def by_need(helps: Sequence[Help]) -> list[tuple[Help, findings.Place]]:
    """What may be spoken of, the greatest unmet need first; bounds count as its limits."""
    places = [(need, findings.place(need.unmet)) for need in helps]
    known = [(need, where) for need, where in places if where is not None]
    return sorted(known, key=lambda pair: -pair[1].value)


def _finding(context: Context, helps: Sequence[Help]) -> list[str]:
    """The greatest unmet need, and whether it stands apart from the smallest."""
    needs = by_need(helps)
    if not needs:
        return [_nothing(context, helps)]
    (worst, high), (best, low) = needs[0], needs[-1]
    first = _missing(context, worst)
    if len(needs) == 1:
        return [first]
    if high.low > low.high:
        return [first, _missing(context, best)]
    if findings.by_chance([need.unmet for need, _ in needs]):
        return [first, context.say("Die Unterschiede zwischen den Hilfen können Zufall sein.")]
    return [first]


def _missing(context: Context, need: Help) -> str:
    """The share is one of those who needed the help, and of nobody else."""
    return context.say(
        "%(who)s, die %(help)s brauchten, bekamen sie zu spät oder nicht.",
        who=context.headline(findings.how_many(context, need.unmet)),
        help=context.help(need.question_id),
    )


def _nothing(context: Context, helps: Sequence[Help]) -> str:
    """Too few needed the same help only if that is why; else most of them got it or missed it."""
    figures = [need.unmet for need in helps]
    if all(isinstance(figure, Suppressed) and figure.reason == "too-few" for figure in figures):
        return context.say("Zu wenige brauchten dieselbe Hilfe für ein Ergebnis.")
    return context.say("Zu keiner Hilfe lässt sich ein Ergebnis zeigen.")


def _chart(context: Context, helps: Sequence[Help]) -> Markup:
    values = "; ".join(
        f"{context.short(need.question_id)} {context.measured(need.unmet)}" for need in helps
    )
    alt = context.say(
        "Ungedeckter Bedarf, Anteil zu spät oder nicht bekommen unter denen, die die Hilfe "
        "brauchten: %(told)s. Alle Werte in der Tabelle darunter.",
        told=values,
    )
    words = context.wording.scales["help"]
    for need in helps:
        name = context.short(need.question_id)
        alt = " ".join((alt, *joined.described(context, name, need.parts, words)))
    bars = tuple(_bar(context, need) for need in helps)
    lefts = [sum(p.percent for p in need.parts if p.side < 0) for need in helps]
    rights = [sum(p.percent for p in need.parts if p.side > 0) for need in helps]
    scale = diverging.Scale(left=max(40, 2 + max(lefts)), right=max(60, 2 + max(rights)))
    group = diverging.Group(heading="", bars=bars)
    return svg.image(diverging.draw([group], heads=_heads(context, helps), scale=scale, alt=alt))


def _heads(context: Context, helps: Sequence[Help]) -> diverging.Heads:
    say, words = context.say, context.wording.scales["help"]
    return diverging.Heads(
        legend=(
            *((fill, words[code]) for code, fill in FILLS.items()),
            *joined.legend(context, [need.parts for need in helps]),
        ),
        left=say("ungedeckt"),
        right=say("bekommen"),
        value=context.headline(say("ungedeckt")),
        interval=context.interval_name(),
        aside=(say("brauchten"), say("diese Hilfe")),
    )


def _bar(context: Context, need: Help) -> diverging.Bar:
    unmet = need.unmet
    shown = findings.place(unmet) is not None
    n = f"n = {context.notation.whole(unmet.n)}" if isinstance(unmet, Estimate) else ""
    return diverging.Bar(
        label=context.short(need.question_id),
        note=n,
        segments=tuple(
            diverging.Segment(
                percent=part.percent,
                fill=FILLS[part.codes[0]] if len(part.codes) == 1 else joined.FILL,
                side=part.side,
            )
            for part in need.parts
        ),
        value=context.share(unmet) if shown else "–",
        span=context.interval(unmet) if isinstance(unmet, Estimate) else "",
        aside=None,
        aside_text=context.share(need.needed),
        message=_message(context, shown=shown),
        shown=shown,
    )


def _message(context: Context, *, shown: bool) -> str:
    if not shown:
        return context.hidden()
    return context.say("fast alle antworten gleich: Verteilung nicht gezeigt")


def _caption(context: Context, helps: Sequence[Help]) -> str:
    needs = by_need(helps)
    if not needs:
        return ""
    worst, _ = needs[0]
    caption = context.say(
        "%(share)s derer, die %(help)s brauchten, bekamen sie zu spät oder nicht",
        share=context.share(worst.unmet),
        help=context.help(worst.question_id),
    )
    known = isinstance(worst.unmet, Estimate)
    return f"{caption} {context.interval(worst.unmet)}." if known else f"{caption}."


def _rest(context: Context) -> str:
    return context.say(
        "100 Prozent sind die, die nach eigener Angabe diese Hilfe brauchten; ob sie möglich oder "
        "bewilligt war, wurde nicht gefragt."
    )


def _table(context: Context, helps: Sequence[Help]) -> Table:
    say, words = context.say, context.wording.scales["help"]
    head = (
        Head(text=say("Hilfe")),
        Head(text=say("brauchten sie")),
        Head(text="n", plain=(say("n (brauchten sie)"),)),
        *(Head(text=words[code]) for code in FILLS),
        Head(text=say("ungedeckt")),
        context.interval_head(),
    )
    rows = [_row(context, need) for need in helps]
    caption = say("Hilfen: Bedarf und was davon ankam, Prozent")
    return context.tables.add(caption, head, rows, _notes(context, helps))


def _notes(context: Context, helps: Sequence[Help]) -> list[str]:
    say, thresholds, notes = context.say, context.snapshot.setting.thresholds, []
    if any(
        findings.place(figure) is None for need in helps for figure in (need.needed, need.unmet)
    ):
        notes.append(context.hidden_note(thresholds.k))
    if joined.any_of([need.parts for need in helps]):
        notes.append(joined.note(context))
    if any(need.sensitive for need in helps):
        k = thresholds.k_sensitive
        notes.append(say("Gesundheit: wegen der Schutzbedürftigkeit erst ab %(k)s Antworten.", k=k))
    return notes


def _row(context: Context, need: Help) -> Row:
    cells = [context.share_cell(need.needed)]
    cells[0] = Cell(text=cells[0].text, kind="" if cells[0].kind == "main" else "withheld")
    n = context.notation.whole(need.unmet.n) if isinstance(need.unmet, Estimate) else "–"
    cells.append(Cell(text=n))
    cells += joined.cells(context, need.parts, context.wording.scales["help"])
    if not need.parts:
        cells += [Cell(text="–")] * len(FILLS)
    cells += [context.share_cell(need.unmet), context.interval_cell(need.unmet)]
    return Row(name=context.label(need.question_id), cells=tuple(cells))
