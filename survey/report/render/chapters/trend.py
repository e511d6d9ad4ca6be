"""The course over several waves: a small picture for every topic and the grade, one table for all.

A break cuts the line and says why; a wave in which nothing may be shown is a column of pale dots.
"""

import msgspec
from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.model.estimates import Estimate, Figure
from survey.model.series import Break
from survey.report.render import charts, findings
from survey.report.render.charts import SeriesWords
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
    series = latest(context)
    if not any(divided.segments for divided in series):
        return []
    view = View(
        finding=tuple(trend_words.finding(context, series)),
        pictures=tuple(_small(context, divided) for divided in series),
        caption=trend_words.caption(context, series),
        rest=trend_words.rest(context, series),
        table=trend_table.table(context, series),
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
    points = divided.series.points
    words = SeriesWords(
        waves=tuple(
            (trend_words.wave(context, point), context.month(point.last)) for point in points
        ),
        figures=tuple(_figure(context, divided, point.figure) for point in points),
        cuts={
            place: tuple(_label(context, cut) for cut in breaks)
            for place, breaks in divided.cuts.items()
        },
        hidden=context.hidden(),
        alt=_alt(context, divided),
    )
    return Small(
        title=trend_words.title(context, divided.series),
        chart=svg.image(charts.series(divided, words)),
    )


def _figure(context: Context, divided: DividedSeries, figure: Figure) -> str:
    if divided.series.kind == "grade" and isinstance(figure, Estimate):
        return context.notation.decimal(figure.value)
    return context.share(figure)


def _label(context: Context, cut: Break) -> str:
    on = f"{cut.on.day}.{cut.on.month}.{cut.on.year}"
    if context.language != "de":
        on = context.month(cut.on)
    if cut.reason == "law":
        return context.say("Recht neu %(on)s", on=on)
    return context.say("Wortlaut neu")


def _alt(context: Context, divided: DividedSeries) -> str:
    values = "; ".join(
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
        told=values,
    )
    if not cuts:
        return words
    broken = context.say("Kein Vergleich über: %(cuts)s.", cuts=", ".join(cuts))
    return f"{words} {broken}"
