"""The course as one table: topics and the grade by wave, with every break below it."""

from collections.abc import Sequence

from survey.model.estimates import Estimate, Figure
from survey.model.series import Series
from survey.report.render.context import Context
from survey.report.render.parts import trend_words
from survey.report.render.series import DividedSeries
from survey.report.render.tables import Cell, Head, Row, Table


def table(context: Context, series: Sequence[DividedSeries]) -> Table:
    """One column for each wave, the earliest first."""
    say = context.say
    waves = {point.wave_id: point for divided in series for point in divided.series.points}
    ordered = sorted(waves.values(), key=lambda point: point.first)
    heads = []
    for point in ordered:
        name = trend_words.wave(context, point)
        low, high = say("untere Grenze"), say("obere Grenze")
        heads.append(
            Head(
                text=f"{name}, {context.month(point.last)}",
                plain=(name, f"{name}, {low}", f"{name}, {high}"),
            )
        )
    compared = [divided for divided in series if divided.difference is not None]
    if compared:
        heads += _change_heads(context, compared[0])
    rows = []
    for divided in series:
        by_wave = {point.wave_id: point.figure for point in divided.series.points}
        cells = [_cell(context, divided.series, by_wave.get(point.wave_id)) for point in ordered]
        cells += [_change(context, divided), _verdict(context, divided)] if compared else []
        rows.append(Row(name=trend_words.title(context, divided.series), cells=tuple(cells)))
    caption = say("Themen: günstige Antworten in Prozent; Gesamtnote: Mittel")
    return context.tables.add(
        caption, (Head(text=say("Thema")), *heads), rows, _notes(context, series)
    )


def _change_heads(context: Context, divided: DividedSeries) -> list[Head]:
    say, number = context.say, divided.series.points[-2].number
    low, high = say("untere Grenze"), say("obere Grenze")
    name = say("Änderung seit Welle %(n)s", n=number)
    return [
        Head(text=name, plain=(name, f"{name}, {low}", f"{name}, {high}")),
        Head(text=say("Urteil")),
    ]


def _change(context: Context, divided: DividedSeries) -> Cell:
    plain = tuple(context.notation.bare(limit) for limit in trend_words.printed(context, divided))
    return Cell(text=trend_words.difference(context, divided), plain=plain)


def _verdict(context: Context, divided: DividedSeries) -> Cell:
    sure = divided.change in ("up", "down")
    return Cell(text=trend_words.verdict(context, divided), kind="main" if sure else "")


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
    return Cell(text=trend_words.figure(context, series, figure), plain=plain)


def _notes(context: Context, series: Sequence[DividedSeries]) -> list[str]:
    """Every break by its day and reason, and what it concerns."""
    notes: list[str] = []
    compared = sum(divided.difference is not None for divided in series)
    if compared:
        notes.append(
            context.plural(
                "Änderung: Unterschied zur Welle davor mit 95-%%-Intervall.",
                "Änderung: Unterschied zur Welle davor mit 95-%%-Intervall. Besser oder schlechter "
                "heißt es nur nach Anpassung für alle %(number)s Vergleiche.",
                compared,
            )
        )
    laws = {
        cut.on: cut for divided in series for cut in divided.series.breaks if cut.reason == "law"
    }
    for on, law in sorted(laws.items()):
        text = law.text.get(context.language) or context.say("Das Recht hat sich geändert.")
        text = text if text.endswith(".") else f"{text}."
        notes.append(
            context.say(
                "Kein Vergleich über den %(day)s hinweg: %(law)s", day=context.day(on), law=text
            )
        )
    worded = [
        trend_words.title(context, divided.series)
        for divided in series
        if any(cut.reason == "wording" for breaks in divided.cuts.values() for cut in breaks)
    ]
    if worded:
        notes.append(
            context.say("Andere Fragen oder neuer Wortlaut: %(topics)s.", topics=", ".join(worded))
        )
    if any(
        not isinstance(point.figure, Estimate)
        for divided in series
        for point in divided.series.points
    ):
        notes.append(context.hidden_note(context.snapshot.setting.thresholds.k))
    return notes
