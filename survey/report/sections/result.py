"""The result on one page: what stands out, four key figures, all topics, who answered."""

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import people, strip
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Graded, Help
from survey.report import claims
from survey.report.context import Chapter, Context
from survey.report.sections import cover
from survey.report.tables import Cell, Head, Row, Table


class Key(Struct, frozen=True, kw_only=True):
    """A key figure with what it says, drawn on its scale."""

    value: str
    what: str
    strip: Markup | None
    range: str


class TopicRow(Struct, frozen=True, kw_only=True):
    """A topic with its interval drawn inside the table."""

    name: str
    statements: int
    strip: Markup | None
    cells: tuple[Cell, ...]


class View(Struct, frozen=True, kw_only=True):
    """The page; `topics` are the rows of `table` with their pictures."""

    finding: tuple[str, ...]
    lead: str
    keys: tuple[Key, ...]
    topics: tuple[TopicRow, ...]
    scale: Markup
    table: Table | None
    taking_part: Markup | None
    rates: str
    answered: str
    few: str
    k: int


TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
WIDE = 190.0


def chapters(context: Context) -> list[Chapter]:
    """One page, also when nothing may be shown."""
    snapshot = context.snapshot
    rows = [_topic(context, i) for i in _by_value(context)]
    shown = bool(claims.standings(snapshot.rated))
    view = View(
        finding=tuple(claims.finding(context, snapshot.rated)),
        lead=" ".join(claims.order(context, snapshot.rated)),
        keys=tuple(_keys(context)),
        topics=tuple(rows),
        scale=svg.image(_scale()),
        table=_table(context, rows) if shown else None,
        taking_part=_taking_part(context),
        rates=rates(context),
        answered=cover.took_part(context),
        few=context.few(),
        k=snapshot.setting.thresholds.k,
    )
    return [Chapter(template="report/result.html", view=view)]


def _by_value(context: Context) -> list[int]:
    """Topics by value; those not shown last, in the order of the form."""
    topics = context.snapshot.topics
    return sorted(
        range(len(topics)),
        key=lambda i: (
            -figure.value if isinstance(figure := topics[i].favourable, Estimate) else 1.0,
            i,
        ),
    )


def _topic(context: Context, index: int) -> TopicRow:
    topic = context.snapshot.topics[index]
    name, figure = context.wording.constructs[topic.construct], topic.favourable
    return TopicRow(
        name=name,
        statements=topic.statements,
        strip=_strip(context, name, figure, width=WIDE, ticks=TICKS),
        cells=(
            Cell(text=str(topic.statements)),
            context.share_cell(figure),
            context.interval_cell(figure),
        ),
    )


def _strip(
    context: Context, name: str, figure: Figure, *, width: float, ticks: tuple[float, ...] = ()
) -> Markup | None:
    if not isinstance(figure, Estimate):
        return None
    alt = context.say(
        "%(name)s: Punkt bei %(value)s, Balken %(interval)s.",
        name=name,
        value=context.share(figure),
        interval=context.interval(figure),
    )
    drawn = strip.draw(
        figure.value, figure.low, figure.high, least=0, most=1, alt=alt, width=width, ticks=ticks
    )
    return svg.image(drawn)


def _scale() -> svg.Drawing:
    """The axis over the strips of the topics."""
    words = [f"{round(100 * tick)}" for tick in TICKS]
    drawn = [
        svg.text(2 + tick * (WIDE - 4), 8, word, fill="soft", anchor="middle")
        for tick, word in zip(TICKS[1:-1], words[1:-1], strict=True)
    ]
    first = svg.text(0, 8, words[0], fill="soft")
    last = svg.text(WIDE, 8, words[-1], fill="soft", anchor="end")
    alt = "Skala von 0 bis 100 Prozent"
    return svg.Drawing(body="".join((first, *drawn, last)), width=WIDE, height=11, alt=alt)


def _table(context: Context, rows: list[TopicRow]) -> Table:
    say = context.say
    head = (
        Head(text=say("Thema")),
        Head(text=say("Aussagen")),
        Head(text=say("günstig"), plain=(say("günstig in Prozent"),)),
        Head(text=say("95-%%-Intervall"), plain=(say("untere Grenze"), say("obere Grenze"))),
    )
    return context.tables.add(
        say("Mittlerer Anteil günstiger Antworten je Thema, Prozent"),
        head,
        [Row(name=row.name, cells=row.cells) for row in rows],
    )


def _keys(context: Context) -> list[Key]:
    """The statement most and least in favour, the help most often missed, the grade."""
    found = claims.standings(context.snapshot.rated)
    keys = []
    for standing in [found[0], found[-1]] if len(found) > 1 else found:
        rated = standing.rated
        verb = "verneinen: %(label)s" if rated.reversed else "sagen: %(label)s"
        what = context.say(verb, label=f"„{context.label(rated.question_id)}“")
        keys.append(_key(context, what, rated.favourable))
    needs = [each for each in context.snapshot.helps if isinstance(each.unmet, Estimate)]
    if needs:
        keys.append(_need(context, max(needs, key=lambda each: _value(each))))
    keys += [_grade(context, each) for each in context.snapshot.grades]
    return [key for key in keys if key is not None][:4]


def _value(each: Help) -> float:
    return each.unmet.value if isinstance(each.unmet, Estimate) else 0.0


def _need(context: Context, each: Help) -> Key | None:
    what = context.say(
        "bekamen die Hilfe, die sie bei „%(help)s“ brauchten, zu spät oder nicht",
        help=context.short(each.question_id),
    )
    return _key(context, what, each.unmet)


def _key(context: Context, what: str, figure: Figure) -> Key | None:
    """A share as a key figure; bounds have no scale, what is hidden no key figure."""
    if isinstance(figure, Estimate):
        told = f"{context.interval(figure)} · n = {context.notation.whole(figure.n)}"
        drawn = _strip(context, what, figure, width=112)
        return Key(value=context.share(figure), what=what, strip=drawn, range=told)
    bounds = context.notation.bounds(figure)
    if bounds is None:
        return None
    told = context.say("fast alle antworten gleich")
    return Key(value=bounds, what=what, strip=None, range=told)


def _grade(context: Context, each: Graded) -> Key | None:
    figure, notation = each.mean, context.notation
    if not isinstance(figure, Estimate):
        what = context.say("geben die Note 1 oder 2 (sehr gut oder gut)")
        return _key(context, what, each.favourable)
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
        return context.few()
    rate = context.share(response.rate)
    if not isinstance(response.complete_rate, Estimate):
        return context.say("Rücklauf %(rate)s (AAPOR RR2)", rate=rate)
    return context.say(
        "Rücklauf %(rate)s (AAPOR RR2; nur vollständige Antworten: %(complete)s, RR1)",
        rate=rate,
        complete=context.share(response.complete_rate),
    )
