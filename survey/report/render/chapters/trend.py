"""The course over several waves: a small picture for every topic and the grade, one table for all.

A break cuts the line and says why; a wave in which nothing may be shown is a column of pale dots.
"""

import msgspec
from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import trend as picture
from survey.model.estimates import Estimate
from survey.model.series import Break
from survey.report.render import findings
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import trend_table, trend_words
from survey.report.render.series import DividedSeries, divide
from survey.report.render.tables import Table

LATEST = 5  # waves that pictures and table have room for; older ones stand in older reports


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
    if not findings.ranked(context.snapshot.rated):
        return []
    found = latest(context)
    if not any(divided.segments for divided in found):
        return []
    view = View(
        finding=tuple(trend_words.finding(context, found)),
        pictures=tuple(_small(context, divided) for divided in found),
        caption=trend_words.told(context, found),
        rest=trend_words.rest(context, found),
        table=trend_table.table(context, found),
    )
    return [Chapter(template="report/trend.html", view=view)]


def latest(context: Context) -> list[DividedSeries]:
    """Topics in the order of the report, then grades; the latest waves only."""
    series = [
        msgspec.structs.replace(line, points=line.points[-LATEST:])
        for line in context.snapshot.trend
        if len(line.points) > 1
    ]
    series.sort(key=lambda line: (line.kind == "grade", line.subject != "dignity"))
    return divide(series)


def _small(context: Context, divided: DividedSeries) -> Small:
    series, graded = divided.series, divided.series.kind == "grade"
    points = {
        i: _point(context, divided, i, figure)
        for i, point in enumerate(series.points)
        if isinstance(figure := point.figure, Estimate)
    }
    axis = picture.Axis(
        ticks=((-6, "6"), (-3.5, ""), (-1, "1")) if graded else ((0, "0"), (0.5, "50"), (1, "100")),
        waves=tuple(
            (trend_words.wave(context, point), context.month(point.last)) for point in series.points
        ),
    )
    return Small(
        title=trend_words.title(context, series),
        chart=svg.image(
            picture.draw(
                [[points[i] for i in segment] for segment in divided.segments],
                axis=axis,
                gaps=[
                    picture.Gap(at=i, words=context.hidden())
                    for i in range(len(series.points))
                    if i not in points
                ],
                cuts=[
                    picture.Cut(before=i, words=tuple(_label(context, cut) for cut in breaks))
                    for i, breaks in divided.cuts.items()
                ],
                alt=_alt(context, divided),
            )
        ),
    )


def _point(context: Context, divided: DividedSeries, i: int, figure: Estimate) -> picture.Point:
    series = divided.series
    turn = -1 if series.kind == "grade" else 1
    ends = sorted((turn * figure.low, turn * figure.high))
    label = ""
    first = min(place for segment in divided.segments for place in segment)
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


def _label(context: Context, cut: Break) -> str:
    on = f"{cut.on.day}.{cut.on.month}.{cut.on.year}"
    if context.language != "de":
        on = context.month(cut.on)
    if cut.reason == "law":
        return context.say("Recht neu %(on)s", on=on)
    return context.say("Wortlaut neu")


def _alt(context: Context, divided: DividedSeries) -> str:
    told = "; ".join(
        " ".join(
            [
                trend_words.wave(context, point),
                trend_words.figure(context, divided.series, point.figure),
            ]
        )
        for point in divided.series.points
    )
    cuts = [_label(context, cut) for breaks in divided.cuts.values() for cut in breaks]
    words = context.say(
        "Das ist der Verlauf für %(title)s über die Wellen, mit dem Intervall von jeder: %(told)s.",
        title=context.notation.quoted(trend_words.title(context, divided.series)),
        told=told,
    )
    if not cuts:
        return words
    broken = context.say("Kein Vergleich über: %(cuts)s.", cuts=", ".join(cuts))
    return f"{words} {broken}"
