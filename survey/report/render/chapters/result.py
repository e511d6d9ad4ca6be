"""The result on one page: what stands out, four key figures, all topics, who answered."""

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import people, strip
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Graded, Help
from survey.report.render import charts, findings, series
from survey.report.render.chapters import cover, helps, summary
from survey.report.render.context import Chapter, Context
from survey.report.render.tables import Cell, Head, Row, Table


class Key(Struct, frozen=True, kw_only=True):
    """A key figure with what it says, drawn on its scale."""

    value: str
    what: str
    strip: Markup | None
    range: str


class View(Struct, frozen=True, kw_only=True):
    """The page; `before` is the wave that hollow triangles stand for, 0 without one."""

    finding: tuple[str, ...]
    lead: str
    keys: tuple[Key, ...]
    table: Table | None
    taking_part: Markup | None
    rates: str
    k: int
    before: int


WIDE = 190.0


def chapters(context: Context) -> list[Chapter]:
    """One page, also when nothing may be shown."""
    snapshot = context.snapshot
    shown = bool(findings.ranked(snapshot.rated))
    before = _before(context)
    number = max((point for _, point in before.values()), default=0)
    view = View(
        finding=findings.lines(findings.finding(context, snapshot.rated)),
        lead=summary.paragraph(context) if shown else "",
        keys=tuple(_keys(context)),
        table=_table(context, before) if shown else None,
        taking_part=_taking_part(context),
        rates=rates(context),
        k=snapshot.setting.thresholds.k,
        before=number,
    )
    return [Chapter(template="report/result.html", view=view)]


def _before(context: Context) -> dict[str, tuple[float, int]]:
    """By topic, its figure in the wave before, and that wave's number; comparable ones only."""
    earlier = {}
    for divided in series.divide(context.snapshot.trend):
        if divided.series.kind == "topic" and divided.before is not None:
            point, figure = divided.before
            earlier[divided.series.subject] = (figure.value, point.number)
    return earlier


def _by_value(context: Context) -> list[int]:
    """Topics by value; those not shown last, in the order of the form."""
    places = [findings.place(topic.favourable) for topic in context.snapshot.topics]
    return sorted(
        range(len(places)), key=lambda i: (1.0 if (where := places[i]) is None else -where.value, i)
    )


def _table(context: Context, before: dict[str, tuple[float, int]]) -> Table:
    say = context.say
    head = (
        Head(text=say("Thema")),
        Head(text=say("Aussagen")),
        Head(text=say("günstig"), plain=(say("günstig in Prozent"),)),
        context.interval_head(),
    )
    rows = [_row(context, i, before) for i in _by_value(context)]
    labels = [(tick, context.notation.whole(100 * tick)) for tick in charts.TICKS]
    scale = strip.axis(labels, alt=say("Skala von 0 bis 100 Prozent"), width=WIDE)
    hidden = any(not isinstance(topic.favourable, Estimate) for topic in context.snapshot.topics)
    k = context.snapshot.setting.thresholds.k
    return context.tables.add(
        say("Mittlerer Anteil günstiger Antworten je Thema, Prozent"),
        head,
        rows,
        [context.hidden_note(k)] if hidden else [],
        scale=svg.image(scale),
    )


def _row(context: Context, index: int, before: dict[str, tuple[float, int]]) -> Row:
    topic = context.snapshot.topics[index]
    name, figure = context.wording.constructs[topic.construct], topic.favourable
    earlier = before.get(topic.construct)
    if isinstance(figure, Estimate):
        picture = _strip(context, name, figure, width=WIDE, before=earlier)
    else:
        picture = svg.image(strip.veiled(alt=context.share(figure), width=WIDE, ticks=charts.TICKS))
    return Row(
        name=name,
        cells=(
            Cell(text=str(topic.statements)),
            context.share_cell(figure),
            context.interval_cell(figure),
        ),
        picture=picture,
    )


def _strip(
    context: Context,
    name: str,
    figure: Estimate,
    *,
    width: float,
    before: tuple[float, int] | None = None,
) -> Markup:
    alt = context.say(
        "%(name)s: Punkt bei %(value)s, Balken %(interval)s.",
        name=name,
        value=context.share(figure),
        interval=context.interval(figure),
    )
    if before is not None:
        value, number = before
        share = context.notation.percent(value)
        triangle = context.say("Dreieck: %(value)s in Welle %(n)s.", value=share, n=number)
        alt = f"{alt} {triangle}"
    drawn = charts.share_strip(
        figure,
        alt=alt,
        width=width,
        ticks=charts.TICKS if width == WIDE else (),
        before=before[0] if before else None,
    )
    return svg.image(drawn)


def _keys(context: Context) -> list[Key]:
    """The statement most and least in favour, the help most often missed, the grade."""
    statements = findings.ranked(context.snapshot.rated)
    keys = []
    for ranked_statement in [statements[0], statements[-1]] if len(statements) > 1 else statements:
        what = findings.side(context, ranked_statement.rated)
        keys.append(_key(context, what, findings.spoken(ranked_statement.rated)))
    needs = helps.by_need(context.snapshot.helps)
    if needs:
        keys.append(_need(context, needs[0][0]))
    keys += [_grade(context, grade) for grade in context.snapshot.grades]
    return [key for key in keys if key is not None][:4]


def _need(context: Context, need: Help) -> Key | None:
    what = context.say(
        "derer, die %(help)s brauchten, bekamen sie zu spät oder nicht",
        help=context.help(need.question_id),
    )
    return _key(context, what, need.unmet)


def _key(context: Context, what: str, figure: Figure) -> Key | None:
    """A share as a key figure; bounds have no scale, what is hidden no key figure."""
    if isinstance(figure, Estimate):
        interval = f"{context.interval(figure)} · n = {context.notation.whole(figure.n)}"
        drawn = _strip(context, what, figure, width=112)
        return Key(value=context.share(figure), what=what, strip=drawn, range=interval)
    bounds = context.notation.bounds(figure)
    if bounds is None:
        return None
    interval = context.say("fast alle antworten gleich")
    return Key(value=bounds, what=what, strip=None, range=interval)


def _grade(context: Context, grade: Graded) -> Key | None:
    figure, notation = grade.mean, context.notation
    if not isinstance(figure, Estimate):
        what = context.say("geben die Note 1 oder 2 (sehr gut oder gut)")
        return _key(context, what, grade.favourable)
    value, interval = notation.decimal(figure.value), notation.mean_interval(figure)
    what = context.say(
        "ist die mittlere Schulnote für die Zusammenarbeit (1 sehr gut, 6 ungenügend)"
    )
    alt = context.say("Note: Punkt bei %(v)s, Balken %(i)s, links 6.", v=value, i=interval)
    # Turned, so that better lies at the right here as everywhere.
    drawn = strip.draw(-figure.value, -figure.high, -figure.low, least=-6, most=-1, alt=alt)
    interval = f"{interval} · n = {notation.whole(figure.n)}"
    return Key(value=value, what=what, strip=svg.image(drawn), range=interval)


def _taking_part(context: Context) -> Markup | None:
    response, notation = context.snapshot.response, context.notation
    if response.answered is None:
        return None
    rest = response.invited - response.answered
    words = (
        context.say("%(n)s haben geantwortet", n=notation.whole(response.answered)),
        context.say("%(n)s haben nicht geantwortet", n=notation.whole(rest)),
        context.say("%(n)s Personen eingeladen", n=notation.whole(response.invited)),
    )
    alt = f"{words[2]}, {words[0]}, {words[1]}."
    return svg.image(people.taking_part(response.answered, response.invited, words=words, alt=alt))


def rates(context: Context) -> str:
    """The response rate by name, or that too few answered."""
    response = context.snapshot.response
    if not isinstance(response.rate, Estimate):
        return cover.took_part(context)
    rate = context.share(response.rate)
    if not isinstance(response.complete_rate, Estimate):
        return context.say("Rücklauf %(rate)s (AAPOR RR2)", rate=rate)
    return context.say(
        "Rücklauf %(rate)s (AAPOR RR2; nur vollständige Antworten: %(complete)s, RR1)",
        rate=rate,
        complete=context.share(response.complete_rate),
    )
