"""A figure over the published waves: its picture, the table to it, and what may be said of it."""

from datetime import date
from typing import Literal, TypeAlias

from markupsafe import Markup
from msgspec import Struct, structs

from survey.language import formats
from survey.language.later import later
from survey.model.series import Break, Series
from survey.model.snapshots import SatisfactionSnapshot
from survey.report.render import charts, notation
from survey.report.render.charts import SeriesWords
from survey.report.render.series import DividedSeries, divide
from survey.web.staff.results import notation as page_notation
from survey.web.staff.results import pictures
from survey.web.staff.results.notation import WrittenFigure
from survey.web.staff.results.pictures import Say

LATEST = 6  # waves that a picture has room for
# Against the wave before; "apart" where the two may not be compared.
Change: TypeAlias = Literal["better", "worse", "chance", "apart"]


class Wave(Struct, frozen=True, kw_only=True):
    """One wave of the course."""

    number: int
    last: str
    shown: WrittenFigure


class Run(Struct, frozen=True, kw_only=True):
    """The whole course; `notes` are laws and wordings that cut it."""

    change: Change
    before: int
    chart: Markup
    waves: tuple[Wave, ...]
    notes: tuple[str, ...]


def of(snapshot: SatisfactionSnapshot, subject: str, language: str, say: Say) -> Run | None:
    """The course of a topic or grade; None before a second wave was published."""
    # Judged together with all others: what is a change follows from all comparisons.
    latest = [structs.replace(line, points=line.points[-LATEST:]) for line in snapshot.trend]
    every = divide(latest)
    chosen = next((divided for divided in every if divided.series.subject == subject), None)
    if chosen is None or len(chosen.series.points) < 2:
        return None
    series, marks = chosen.series, notation.notation(language)
    if not chosen.segments:
        return None
    write = page_notation.mean if series.kind == "grade" else page_notation.share
    waves = tuple(
        Wave(
            number=point.number,
            last=formats.brief(point.last, language),
            shown=write(marks, point.figure),
        )
        for point in series.points
    )
    return Run(
        change=_change(chosen),
        before=series.points[-2].number,
        chart=pictures.inline(
            charts.series(chosen, _words(chosen, waves, language, say)), kind="course"
        ),
        waves=waves,
        notes=_notes(series, language, say),
    )


def _change(divided: DividedSeries) -> Change:
    match divided.change:
        case "up":
            return "worse" if divided.series.kind == "grade" else "better"
        case "down":
            return "better" if divided.series.kind == "grade" else "worse"
        case "chance":
            return "chance"
        case None:
            return "apart"


def _words(divided: DividedSeries, waves: tuple[Wave, ...], language: str, say: Say) -> SeriesWords:
    name = say(later("Welle %(number)s"))
    heads = tuple(name % {"number": wave.number} for wave in waves)
    hidden = say(later("nicht gezeigt"))
    alt = "; ".join(
        f"{head}: {wave.shown.value or hidden} {wave.shown.span}".strip()
        for head, wave in zip(heads, waves, strict=True)
    )
    points = divided.series.points
    return SeriesWords(
        waves=tuple((head, _month(p.last)) for head, p in zip(heads, points, strict=True)),
        figures=tuple(wave.shown.value for wave in waves),
        cuts={
            place: tuple(dict.fromkeys(_brief(cut, language, say) for cut in breaks))
            for place, breaks in divided.cuts.items()
        },
        hidden=hidden,
        alt=alt,
    )


def _month(on: date) -> str:
    return f"{on.month}/{on.year}"


def _brief(cut: Break, language: str, say: Say) -> str:
    if cut.reason == "law":
        return say(later("Recht neu %(on)s")) % {"on": formats.brief(cut.on, language)}
    return say(later("Wortlaut neu"))


def _notes(series: Series, language: str, say: Say) -> tuple[str, ...]:
    notes = []
    for cut in series.breaks:
        if cut.reason == "law":
            law = cut.text.get(language) or say(later("Das Recht hat sich geändert."))
            day = formats.brief(cut.on, language)
            notes.append(say(later("Kein Vergleich über den %(day)s hinweg:")) % {"day": day})
            notes[-1] += f" {law.removesuffix('.')}."
        else:
            notes.append(say(later("Die Fragen haben einen neuen Wortlaut.")))
    return tuple(dict.fromkeys(notes))
