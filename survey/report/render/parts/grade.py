"""The grade: all grades as upright bars, their mean, and the table of both."""

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import columns
from survey.document.svg import Fill
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import NO_SUCH_ANSWER, Graded, Part
from survey.report.render import findings
from survey.report.render.context import Context
from survey.report.render.tables import Cell, Head, Row, Table


class View(Struct, frozen=True, kw_only=True):
    """A picture with its table beside it; `question` is put to people in these words.

    Without parts to draw only the caption is left, and why.
    """

    question: str
    caption: str
    lead: str
    chart: Markup | None = None
    table: Table | None = None


TALL = 56.0  # millimetres that a grade takes on its page


def shown(grade: Graded) -> bool:
    """Whether anything of it may be printed."""
    return findings.place(grade.favourable) is not None


def view(context: Context, grade: Graded) -> View:
    """One grade of which something is shown."""
    if not grade.parts:
        return View(
            question=context.label(grade.question_id),
            caption=_caption(context, grade),
            lead=context.say("Fast alle antworten gleich: Die Verteilung wird nicht gezeigt."),
        )
    parts = grade.parts[::-1]
    found = [_column(context, part) for part in parts]
    caption = _caption(context, grade)
    values = ", ".join(
        context.say("Note %(label)s: %(percent)s Prozent", label=c.label, percent=c.percent)
        for c in found
    )
    drawn = columns.draw(found, alt=f"{caption} {values}.".strip(), width=317, tall=70)
    labels = context.wording.scales["grade"]
    rows = [
        Row(
            name=labels[part.codes[0]] if len(part.codes) == 1 else _label(context, part),
            cells=(Cell(text=str(part.percent)),),
        )
        for part in parts
    ]
    rows += _beside(context, grade)
    head = (Head(text=context.say("Note")), Head(text=context.say("Prozent")))
    return View(
        question=context.label(grade.question_id),
        chart=svg.image(drawn),
        caption=caption,
        # Beside the picture, where there is room: the table is the taller one of the two.
        lead=" ".join(filter(None, (lead(context, grade), *_notes(context, grade)))),
        table=context.tables.add(context.say("Noten, Prozent"), head, rows),
    )


def _beside(context: Context, grade: Graded) -> list[Row]:
    """Those who gave no grade, in per cent of all who were asked."""
    wording = context.wording
    pairs = ((wording.refused, grade.refused), (wording.not_applicable, grade.not_applicable))
    return [
        Row(name=f"{words}\u00a0*", plain=(words,), cells=(context.refused_cell(figure),))
        for words, figure in pairs
        if figure != NO_SUCH_ANSWER
    ]


def _notes(context: Context, grade: Graded) -> list[str]:
    asides = [
        figure for figure in (grade.refused, grade.not_applicable) if figure != NO_SUCH_ANSWER
    ]
    notes = [context.say("* Prozent aller, die gefragt wurden.")] if asides else []
    if any(isinstance(figure, Suppressed) and figure.low is not None for figure in asides):
        notes.append(context.say("wenige: weniger als 3 Personen."))
    return notes


def lead(context: Context, grade: Graded) -> str:
    """The mean with its interval; empty where it is not shown."""
    if not isinstance(grade.mean, Estimate):
        return ""
    return context.say(
        "Im Mittel %(value)s, n = %(n)s.",
        value=context.mean(grade.mean),
        n=context.notation.whole(grade.mean.n),
    )


def _caption(context: Context, grade: Graded) -> str:
    if not isinstance(grade.favourable, Estimate):
        return context.say("%(share)s geben eine 1 oder 2.", share=context.share(grade.favourable))
    return context.say(
        "%(share)s geben eine 1 oder 2 %(interval)s.",
        share=context.share(grade.favourable),
        interval=context.interval(grade.favourable),
    )


def _column(context: Context, part: Part) -> columns.Column:
    labels = context.wording.scales["grade"]
    return columns.Column(
        percent=part.percent,
        fill=_tone(part.side),
        value=f"{context.notation.whole(part.percent)}",
        label=_label(context, part),
        words=labels[part.codes[0]].partition("– ")[2] if len(part.codes) == 1 else "",
    )


def _label(context: Context, part: Part) -> str:
    """ "3", "1 oder 2", "4 bis 6": the grades of a column, best first."""
    first, last = part.codes[-1], part.codes[0]
    if first == last:
        return first
    if len(part.codes) == 2:
        return context.say("%(first)s oder %(last)s", first=first, last=last)
    return context.say("%(first)s bis %(last)s", first=first, last=last)


def _tone(side: int) -> Fill:
    return "best" if side > 0 else "bad" if side < 0 else "neutral"
