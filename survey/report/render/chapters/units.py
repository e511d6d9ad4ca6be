"""Units in one funnel, without rank or name; the internal edition names them, in tables alone.

The funnel is drawn from eight units on. With fewer there is none, in no edition, and the method
page says so. It is of the question its headline is about.
"""

from collections.abc import Sequence
from hashlib import sha256

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import funnel as picture
from survey.report.render import unit_comparison
from survey.report.render.chapters import cover
from survey.report.render.context import Chapter, Context
from survey.report.render.parts import unit_findings, unit_rows
from survey.report.render.tables import Cell, Head, Row, Table
from survey.report.render.unit_comparison import Compared, Comparison, Placed
from survey.statistics import funnel

# Rows up to which both tables stand side by side below the funnel.
BESIDE = 15


class View(Struct, frozen=True, kw_only=True):
    """The funnel with its table, and all statements in another."""

    finding: tuple[str, ...]
    statement: str
    chart: Markup
    caption: str
    rest: str
    table: Table
    every: Table | None
    beside: bool


def chapters(context: Context) -> list[Chapter]:
    """The funnel where there are units enough for one; then units by name, for the house alone."""
    compared = context.compared
    shown = chosen(compared)
    pages: list[Chapter] = []
    if shown is not None:
        pages.append(Chapter(template="report/units.html", view=_view(context, shown)))
    if context.edition.kind == "internal":
        pages += unit_rows.chapters(context, headed=shown is not None)
    return pages


def chosen(compared: Comparison) -> Compared | None:
    """The question in which a unit differs most clearly; else the cover's, or the first drawn."""
    drawn = [question for question in compared.questions if question.drawn]
    differing = [question for question in drawn if question.outside]
    if differing:
        return min(differing, key=lambda question: min(unit.p for unit in question.outside))
    first = [question for question in drawn if question.table.subject == cover.STATEMENT]
    return next(iter((*first, *drawn)), None)


def _view(context: Context, question: Compared) -> View:
    bold, rest = _caption(context, question)
    questions = context.compared.questions
    listed, others = _listed(questions)
    every = _every(context, listed, others) if len(listed) > 1 or (listed and others) else None
    return View(
        finding=unit_findings.finding(context),
        statement=context.quoted(question.table.subject),
        chart=svg.image(_draw(context, question)),
        caption=bold,
        rest=rest,
        table=_table(context, question),
        every=every,
        beside=every is not None and max(len(every.rows), len(question.table.rows)) <= BESIDE,
    )


def _caption(context: Context, question: Compared) -> tuple[str, str]:
    """How many lie outside, how little would have been found, whether units differ at all."""
    say, n, outside = context.say, len(question.placed), len(question.outside)
    if not outside:
        bold = say("Alle %(n)s gezeigten Einheiten liegen im Bereich.", n=context.number(n))
    else:
        bold = context.plural(
            "Eine von %(all)s gezeigten Einheiten liegt außerhalb des Bereichs.",
            "%(many)s von %(all)s gezeigten Einheiten liegen außerhalb des Bereichs.",
            outside,
            many=context.headline(context.number(outside)),
            all=context.number(n),
        )
    rest = [_power(context, question)]
    if question.tau2:
        rest.append(
            say(
                "Bei dieser Frage unterscheiden sich die Einheiten auch insgesamt; gestrichelt: "
                "der Bereich, wenn man diese Unterschiede einrechnet."
            )
        )
    return bold, " ".join(sentence for sentence in rest if sentence)


def _power(context: Context, question: Compared) -> str:
    """How far a unit must differ to be found: nothing found is not nothing there."""
    n, cut = unit_comparison.median_size(question.placed), context.compared.cut
    away = funnel.detectable(n, question.target, cut)
    if away is None:
        return ""
    return context.say(
        "Eine Einheit mit %(n)s Antworten fällt mit 80\u202f%% Wahrscheinlichkeit auf, wenn sie um "
        "%(points)s Punkte abweicht.",
        n=context.notation.whole(n),
        points=context.notation.whole(100 * away),
    )


def _draw(context: Context, compared: Compared) -> svg.Drawing:
    k = context.snapshot.setting.thresholds.k
    most = _end(max(unit.n for unit in compared.placed))
    cut = context.compared.cut
    ranges = [_range(n, compared, cut) for n in funnel.sizes(k, most)]
    words = picture.Words(
        hidden=context.say("unter %(k)s: nicht gezeigt", k=k),
        across=context.say("Zahl der Antworten in der Einheit (n)"),
        target=context.say("%(share)s insgesamt", share=context.notation.percent(compared.target)),
        range=context.say("Bereich für"),
        more=context.say("gleiche Einheiten"),
        percent={whole: context.notation.percent(whole / 100) for whole in range(0, 101, 20)},
    )
    alt = context.say(
        "Trichterbild zu %(statement)s mit %(n)s Einheiten um den Wert für alle von %(target)s. "
        "%(caption)s Alle Werte in der Tabelle darunter.",
        statement=context.brief(compared.table.subject),
        n=context.number(len(compared.placed)),
        target=context.notation.percent(compared.target),
        caption=_caption(context, compared)[0],
    )
    dots = [_dot(context, question) for question in _ordered(context, compared)]
    return picture.draw(dots, ranges, target=compared.target, words=words, alt=alt)


def _end(most: int) -> int:
    """The end of the axis: a round number a little beyond the largest unit."""
    return next(end for end in range(20, 10**7, 10) if end >= 1.04 * most)


def _range(n: int, question: Compared, cut: float) -> picture.Range:
    wider = funnel.wider(n, question.target, cut, question.tau2) if question.tau2 else None
    return picture.Range(n=n, range=funnel.limits(n, question.target, cut), wider=wider)


def _dot(context: Context, placed: Placed) -> picture.Dot:
    note = "" if placed.where == "inside" else context.measured(placed.figure)
    return picture.Dot(n=placed.n, value=placed.figure.value, note=note)


def _ordered(context: Context, question: Compared) -> list[Placed]:
    """By size; equal ones in an order that tells neither name nor result."""

    def meaningless(unit: Placed) -> bytes:
        return sha256(f"{context.snapshot.setting.wave_id} {unit.unit_id}".encode()).digest()

    return sorted(question.placed, key=lambda unit: (-unit.n, meaningless(unit)))


def _table(context: Context, compared: Compared) -> Table:
    say = context.say
    head = (
        Head(text=say("Einheit mit"), plain=(say("n"),)),
        Head(text=say("günstig")),
        context.interval_head(),
        Head(
            text=say("Bereich gleicher Einheiten"),
            plain=(say("Bereich gleicher Einheiten von"), say("bis")),
        ),
        Head(text=say("Lage"), plain=(say("Lage zum Bereich"),)),
    )
    cut = context.compared.cut
    rows = [
        _row(context, question, compared.target, cut) for question in _ordered(context, compared)
    ]
    gap = Cell(text="–")
    twice = Cell(text="–", plain=("", ""))
    if compared.hidden:
        name = context.plural(
            "eine weitere: nicht gezeigt", "%(number)s weitere: nicht gezeigt", compared.hidden
        )
        rows.append(Row(name=name, plain=("",), cells=(gap, twice, twice, gap)))
    k = context.snapshot.setting.thresholds.k
    notes = [context.hidden_note(k)] if compared.hidden else []
    caption = say(
        "Einheiten bei %(statement)s, nach Größe",
        statement=context.brief(compared.table.subject),
    )
    return context.tables.add(caption, head, rows, notes)


def _row(context: Context, placed: Placed, target: float, cut: float) -> Row:
    notation = context.notation
    where = {
        "inside": context.say("innerhalb"),
        "below": context.say("darunter"),
        "above": context.say("darüber"),
    }
    return Row(
        name=context.say("%(n)s Antworten", n=notation.whole(placed.n)),
        plain=(notation.whole(placed.n),),
        cells=(
            context.share_cell(placed.figure),
            context.interval_cell(placed.figure),
            _span(context, *funnel.limits(placed.n, target, cut)),
            Cell(text=where[placed.where]),
        ),
    )


def _span(context: Context, low: float, high: float) -> Cell:
    """The whole per cents inside: limits lie half a per cent beyond them."""
    whole = context.notation.whole
    ends = (low + funnel.HALF if low else 0.0, high - funnel.HALF if high < 1 else 1.0)
    return Cell(text=context.notation.span(*ends), plain=tuple(whole(100 * end) for end in ends))


def _listed(questions: Sequence[Compared]) -> tuple[Sequence[Compared], Sequence[Compared]]:
    """Questions with a row each, and those that share one: of many, all without a difference."""
    if len(questions) <= BESIDE:
        return questions, ()
    return [q for q in questions if q.outside], [q for q in questions if not q.outside]


def _every(context: Context, questions: Sequence[Compared], others: Sequence[Compared]) -> Table:
    """How many units lie outside, question by question."""
    say = context.say
    head = (
        Head(text=say("Frage")),
        Head(text=say("gezeigte Einheiten")),
        Head(text=say("weichen ab")),
    )
    rows = [
        Row(
            name=context.short(question.table.subject),
            plain=(context.label(question.table.subject),),
            cells=(Cell(text=str(len(question.placed))), Cell(text=str(len(question.outside)))),
        )
        for question in questions
    ]
    if others:
        fewest, most = (f(len(question.placed) for question in others) for f in (min, max))
        shown = str(most) if fewest == most else f"{fewest} {context.notation.until} {most}"
        name = context.plural("eine weitere", "%(number)s weitere", len(others))
        rows.append(Row(name=name, cells=(Cell(text=shown), Cell(text="0"))))
    caption = say("Einheiten, die stärker abweichen, als der Zufall erklärt")
    return context.tables.add(caption, head, rows)
