"""What the course over several waves says: sentences, and what its parts are called."""

from collections.abc import Sequence

from survey.model.estimates import Figure
from survey.model.series import Point, Series
from survey.report.render import findings
from survey.report.render.context import Context
from survey.report.render.series import DividedSeries


def title(context: Context, series: Series) -> str:
    """What the series is about."""
    if series.kind == "topic":
        return context.wording.constructs[series.subject]
    return context.say("Gesamtnote")


def wave(context: Context, point: Point) -> str:
    """A wave by its number."""
    return context.say("Welle %(n)s", n=point.number)


def figure(context: Context, series: Series, value: Figure) -> str:
    """A mean of grades or a share, as sentences and tables write it."""
    return context.mean(value) if series.kind == "grade" else context.measured(value)


def finding(context: Context, series: Sequence[DividedSeries]) -> list[str]:
    """What became better or worse than in the wave before, and no more; lines of a headline."""
    return list(findings.lines(sentences(context, series)))


def sentences(context: Context, series: Sequence[DividedSeries]) -> list[str]:
    """The same as sentences."""
    comparable = [divided for divided in series if divided.change is not None]
    if not comparable:
        return [
            context.say("Mit der Welle davor lässt sich nichts vergleichen:"),
            _why(context, series),
        ]
    number = comparable[0].series.points[-2].number
    changed = [divided for divided in comparable if divided.change != "chance"]
    if not changed:
        return [_nothing(context, comparable, number), _seen(context, comparable)]
    topics = [divided for divided in changed if divided.series.kind == "topic"]
    return [
        *_topics(context, [divided for divided in topics if better(divided)], number, good=True),
        *_topics(
            context, [divided for divided in topics if not better(divided)], number, good=False
        ),
        *(
            context.say("Die Gesamtnote ist besser als in Welle %(n)s.", n=number)
            if better(divided)
            else context.say("Die Gesamtnote ist schlechter als in Welle %(n)s.", n=number)
            for divided in changed
            if divided.series.kind == "grade"
        ),
    ]


def better(divided: DividedSeries) -> bool:
    """Whether a change is one for the better: of grades the lower is the better one."""
    return divided.change == ("down" if divided.series.kind == "grade" else "up")


def _topics(
    context: Context, series: Sequence[DividedSeries], number: int, *, good: bool
) -> list[str]:
    if not series:
        return []
    if len(series) > 2:
        names = context.say("%(n)s Themen", n=context.number(len(series)))
        names = context.headline(names)
    else:
        quoted = [context.notation.quoted(title(context, divided.series)) for divided in series]
        names = context.listed(quoted)
    if good:
        sentence = context.plural(
            "%(names)s wird besser beurteilt als in Welle %(n)s.",
            "%(names)s werden besser beurteilt als in Welle %(n)s.",
            len(series),
            names=names,
            n=number,
        )
    else:
        sentence = context.plural(
            "%(names)s wird schlechter beurteilt als in Welle %(n)s.",
            "%(names)s werden schlechter beurteilt als in Welle %(n)s.",
            len(series),
            names=names,
            n=number,
        )
    return [sentence]


def _nothing(context: Context, comparable: Sequence[DividedSeries], number: int) -> str:
    if any(divided.series.kind == "topic" for divided in comparable):
        return context.say("Seit Welle %(n)s ist kein Thema nachweisbar anders.", n=number)
    return context.say("Seit Welle %(n)s ist die Note nicht nachweisbar anders.", n=number)


def _seen(context: Context, comparable: Sequence[DividedSeries]) -> str:
    """The smallest change that would have been seen, in the topic where that takes most."""
    points, grade = _detectable(context, comparable)
    if points:
        return context.say("Eine Änderung ab %(points)s Punkten wäre aufgefallen.", points=points)
    return context.say("Eine Änderung ab %(points)s wäre aufgefallen.", points=grade)


def _detectable(context: Context, comparable: Sequence[DividedSeries]) -> tuple[str, str]:
    """What would have been seen of topics, in points, and of the grade; empty without them."""
    least_seen: dict[str, float] = {}
    for divided in comparable:
        kind, least = divided.series.kind, divided.detectable or 0.0
        least_seen[kind] = max(least, least_seen.get(kind, 0.0))
    return (
        context.notation.whole(100 * least_seen["topic"]) if "topic" in least_seen else "",
        context.notation.decimal(least_seen["grade"]) if "grade" in least_seen else "",
    )


def _why(context: Context, series: Sequence[DividedSeries]) -> str:
    reasons = {cut.reason for divided in series for cut in divided.series.breaks}
    if reasons == {"law"}:
        return context.say("Das Recht hat sich geändert.")
    if reasons == {"wording"}:
        return context.say("Die Fragen haben einen neuen Wortlaut.")
    if reasons:
        return context.say("Recht und Fragen haben sich geändert.")
    return context.say("Eine der beiden zeigt zu wenige Angaben.")


def difference(context: Context, divided: DividedSeries) -> str:
    """How much changed, "+9 [4 bis 14]"; a dash where nothing may be compared."""
    if divided.difference is None:
        return "–"
    value, low, high = printed(context, divided)
    return f"{value} [{low} {context.notation.until} {high}]"


def printed(context: Context, divided: DividedSeries) -> tuple[str, str, str]:
    """The change of what is printed, and the ends of its interval, rounded outwards."""
    change, before = divided.difference, divided.before
    if change is None or before is None or divided.last is None:
        return "", "", ""
    scale, digits = (1.0, 1) if divided.series.kind == "grade" else (100.0, 0)
    value = divided.last.value - before[1].value
    return (
        context.notation.signed(scale * value, digits),
        context.notation.outwards(scale * change.low, digits, up=False),
        context.notation.outwards(scale * change.high, digits, up=True),
    )


def verdict(context: Context, divided: DividedSeries) -> str:
    """Whether what changed is more than chance; a dash where nothing may be compared."""
    if divided.change is None:
        return "–"
    if divided.change == "chance":
        return context.say("nicht nachweisbar")
    return context.say("besser") if better(divided) else context.say("schlechter")


def caption(context: Context, series: Sequence[DividedSeries]) -> str:
    """The changes with their numbers, or what would have been seen; one sentence or two."""
    say = context.say
    changed = [divided for divided in series if divided.change in ("up", "down")]
    if changed:
        return " ".join(
            say(
                "%(title)s: %(old)s in Welle %(n)s, jetzt %(new)s.",
                title=title(context, divided.series),
                old=figure(context, divided.series, divided.series.points[-2].figure),
                n=divided.series.points[-2].number,
                new=figure(context, divided.series, divided.series.points[-1].figure),
            )
            for divided in changed[:3]
        )
    comparable = [divided for divided in series if divided.change is not None]
    points, grade = _detectable(context, comparable)
    if points and grade:
        return say(
            "Mit 80\u202f%% Wahrscheinlichkeit aufgefallen wäre bei jedem Thema eine Änderung ab "
            "%(points)s Punkten, bei der Note ab %(grade)s.",
            points=points,
            grade=grade,
        )
    return ""


def rest(context: Context, series: Sequence[DividedSeries]) -> str:
    """What to bear in mind with every comparison."""
    say = context.say
    lines = []
    if any(divided.cuts for divided in series):
        lines.append(say("Über eine gestrichelte Linie hinweg sind die Werte nicht vergleichbar."))
    lines.append(
        say("Wer antwortet, in welcher Sprache und auf welchem Weg, kann sich verschoben haben.")
    )
    return " ".join(lines)
