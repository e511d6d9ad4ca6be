"""The course over several waves: a small picture for every topic and the grade, one table for all.

A break cuts the line and says why; a wave in which nothing may be shown is a column of pale dots.
"""

from collections.abc import Sequence

import msgspec
from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import trend as picture
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Break, Point, Series
from survey.report import claims
from survey.report.context import Chapter, Context
from survey.report.course import Course, course
from survey.report.tables import Cell, Head, Row, Table

LATEST = 6  # waves that pictures and table have room for; older ones stand in older reports


class Small(Struct, frozen=True, kw_only=True):
    """One picture with its heading."""

    title: str
    chart: Markup


class View(Struct, frozen=True, kw_only=True):
    """One page."""

    finding: tuple[str, ...]
    pictures: tuple[Small, ...]
    caption: str
    rest: str
    table: Table


def chapters(context: Context) -> list[Chapter]:
    """None without an earlier published wave, and none where this one shows nothing."""
    if not claims.standings(context.snapshot.rated):
        return []
    found = [course(series) for series in _ordered(context)]
    if not any(each.segments for each in found):
        return []
    view = View(
        finding=tuple(finding(context, found)),
        pictures=tuple(_small(context, each) for each in found),
        caption=told(context, found),
        rest=_rest(context, found),
        table=_table(context, found),
    )
    return [Chapter(template="report/trend.html", view=view)]


def _ordered(context: Context) -> list[Series]:
    """Topics in the order of the report, then grades; the latest waves only."""
    series = [
        msgspec.structs.replace(each, points=each.points[-LATEST:])
        for each in context.snapshot.trend
        if len(each.points) > 1
    ]
    return sorted(series, key=lambda each: (each.kind == "grade", each.subject != "dignity"))


def title(context: Context, series: Series) -> str:
    """What the series is about."""
    if series.kind == "topic":
        return context.wording.constructs[series.subject]
    return context.say("Gesamtnote")


def wave(context: Context, point: Point) -> str:
    """A wave by its number."""
    return context.say("Welle %(n)s", n=point.number)


def finding(context: Context, found: Sequence[Course]) -> list[str]:
    """What became better or worse than in the wave before, and no more."""
    say = context.say
    comparable = [each for each in found if each.change is not None]
    if not comparable:
        return [say("Mit der Welle davor lässt sich nichts vergleichen:"), _why(context, found)]
    number = comparable[0].series.points[-2].number
    better = [title(context, each.series) for each in comparable if _better(each)]
    worse = [title(context, each.series) for each in comparable if _worse(each)]
    lines = []
    if better:
        lines.append(_changed(context, better, say("Besser als in Welle %(n)s", n=number)))
    if worse:
        lines.append(_changed(context, worse, say("Schlechter als in Welle %(n)s", n=number)))
    if lines:
        return lines
    return claims.balanced(
        say("Gegenüber Welle %(n)s hat sich kein Thema über den Zufall hinaus verändert.", n=number)
    )


def _changed(context: Context, names: Sequence[str], opening: str) -> str:
    if len(names) <= 2:
        return f"{opening}: {context.listed(names)}."
    more = context.say("%(n)s Themen", n=context.number(len(names)))
    return f"{opening}: {more}."


def _better(each: Course) -> bool:
    return each.change == ("down" if each.series.kind == "grade" else "up")


def _worse(each: Course) -> bool:
    return each.change == ("up" if each.series.kind == "grade" else "down")


def _why(context: Context, found: Sequence[Course]) -> str:
    reasons = {one.reason for each in found for one in each.series.breaks}
    if reasons == {"law"}:
        return context.say("Das Recht hat sich geändert.")
    if reasons == {"wording"}:
        return context.say("Die Fragen haben einen neuen Wortlaut.")
    if reasons:
        return context.say("Recht und Fragen haben sich geändert.")
    return context.say("Eine der beiden zeigt zu wenige Angaben.")


def told(context: Context, found: Sequence[Course]) -> str:
    """The changes with their numbers, or that there is none; one sentence."""
    say = context.say
    changed = [each for each in found if each.change in ("up", "down")]
    if changed:
        return " ".join(
            say(
                "%(title)s: %(old)s in Welle %(n)s, jetzt %(new)s.",
                title=title(context, each.series),
                old=_figure(context, each.series, each.series.points[-2].figure),
                n=each.series.points[-2].number,
                new=_figure(context, each.series, each.series.points[-1].figure),
            )
            for each in changed[:3]
        )
    if any(each.change for each in found):
        return say("Alle vergleichbaren Intervalle überlappen sich mit denen der Welle davor.")
    return ""


def _figure(context: Context, series: Series, figure: Figure) -> str:
    return context.mean(figure) if series.kind == "grade" else context.measured(figure)


def _rest(context: Context, found: Sequence[Course]) -> str:
    say = context.say
    sentences = []
    if any(each.cuts for each in found):
        sentences.append(
            say("Über eine gestrichelte Linie hinweg sind die Werte nicht vergleichbar.")
        )
    sentences.append(
        say("Wer antwortet, in welcher Sprache und auf welchem Weg, kann sich verschoben haben.")
    )
    return " ".join(sentences)


def _small(context: Context, each: Course) -> Small:
    series, graded = each.series, each.series.kind == "grade"
    points = {
        i: _point(context, each, i, figure)
        for i, point in enumerate(series.points)
        if isinstance(figure := point.figure, Estimate)
    }
    axis = picture.Axis(
        ticks=((-6, "6"), (-3.5, ""), (-1, "1")) if graded else ((0, "0"), (0.5, "50"), (1, "100")),
        waves=tuple((wave(context, point), context.month(point.last)) for point in series.points),
    )
    return Small(
        title=title(context, series),
        chart=svg.image(
            picture.draw(
                [[points[i] for i in segment] for segment in each.segments],
                axis=axis,
                gaps=[
                    picture.Gap(at=i, words=context.hidden())
                    for i in range(len(series.points))
                    if i not in points
                ],
                cuts=[
                    picture.Cut(before=i, words=tuple(_label(context, one) for one in breaks))
                    for i, breaks in each.cuts.items()
                ],
                alt=_alt(context, each),
            )
        ),
    )


def _point(context: Context, each: Course, i: int, figure: Estimate) -> picture.Point:
    series = each.series
    turn = -1 if series.kind == "grade" else 1
    ends = sorted((turn * figure.low, turn * figure.high))
    label = ""
    first = min(one for segment in each.segments for one in segment)
    if i in (first, len(series.points) - 1):
        label = (
            context.notation.decimal(figure.value)
            if series.kind == "grade"
            else context.share(figure)
        )
    later = series.points[i + 1].figure if i + 1 < len(series.points) else None
    rises = isinstance(later, Estimate) and turn * later.value > turn * figure.value
    return picture.Point(
        at=i, value=turn * figure.value, low=ends[0], high=ends[1], label=label, below=rises
    )


def _label(context: Context, one: Break) -> str:
    on = f"{one.on.day}.{one.on.month}.{one.on.year}"
    if context.language != "de":
        on = context.month(one.on)
    if one.reason == "law":
        return context.say("Recht neu %(on)s", on=on)
    return context.say("Wortlaut neu")


def _alt(context: Context, each: Course) -> str:
    told = "; ".join(
        f"{wave(context, point)} {_figure(context, each.series, point.figure)}"
        for point in each.series.points
    )
    cuts = [_label(context, one) for breaks in each.cuts.values() for one in breaks]
    words = context.say(
        "Das ist der Verlauf für %(title)s über die Wellen, mit dem Intervall von jeder: %(told)s.",
        title=context.notation.quoted(title(context, each.series)),
        told=told,
    )
    if not cuts:
        return words
    broken = context.say("Kein Vergleich über: %(cuts)s.", cuts=", ".join(cuts))
    return f"{words} {broken}"


def _table(context: Context, found: Sequence[Course]) -> Table:
    say = context.say
    waves = {point.wave_id: point for each in found for point in each.series.points}
    ordered = sorted(waves.values(), key=lambda point: point.first)
    heads = []
    for point in ordered:
        name = wave(context, point)
        low, high = say("untere Grenze"), say("obere Grenze")
        heads.append(
            Head(
                text=f"{name}, {context.month(point.last)}",
                plain=(name, f"{name}, {low}", f"{name}, {high}"),
            )
        )
    rows = []
    for each in found:
        by_wave = {point.wave_id: point.figure for point in each.series.points}
        cells = [_cell(context, each.series, by_wave.get(point.wave_id)) for point in ordered]
        rows.append(Row(name=title(context, each.series), cells=tuple(cells)))
    caption = say("Themen: günstige Antworten in Prozent; Gesamtnote: Mittel")
    return context.tables.add(
        caption, (Head(text=say("Thema")), *heads), rows, _notes(context, found)
    )


def _cell(context: Context, series: Series, figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(text="–", plain=("", "", ""))
    if not isinstance(figure, Estimate):
        return Cell(text=context.hidden(), kind="withheld", plain=(context.hidden(), "", ""))
    numbers = (figure.value, figure.low, figure.high)
    if series.kind == "grade":
        plain = tuple(context.notation.decimal(number) for number in numbers)
    else:
        plain = tuple(context.notation.whole(100 * number) for number in numbers)
    return Cell(text=_figure(context, series, figure), plain=plain)


def _notes(context: Context, found: Sequence[Course]) -> list[str]:
    """Every break by its day and reason, and what it concerns."""
    notes: list[str] = []
    laws = {one.on: one for each in found for one in each.series.breaks if one.reason == "law"}
    for on, one in sorted(laws.items()):
        text = one.text.get(context.language) or context.say("Das Recht hat sich geändert.")
        text = text if text.endswith(".") else f"{text}."
        notes.append(
            context.say(
                "Kein Vergleich über den %(day)s hinweg: %(law)s", day=context.day(on), law=text
            )
        )
    worded = [
        title(context, each.series)
        for each in found
        if any(one.reason == "wording" for breaks in each.cuts.values() for one in breaks)
    ]
    if worded:
        notes.append(
            context.say("Andere Fragen oder neuer Wortlaut: %(topics)s.", topics=", ".join(worded))
        )
    if any(
        not isinstance(point.figure, Estimate) for each in found for point in each.series.points
    ):
        notes.append(context.hidden_note(context.snapshot.setting.thresholds.k))
    return notes
