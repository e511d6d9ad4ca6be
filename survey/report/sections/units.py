"""Units in one funnel, without rank or name; the internal edition names them, in tables alone.

The funnel is drawn from eight units on. With fewer there is none, in no edition, and the method
page says so.
"""

from collections.abc import Sequence
from hashlib import sha256

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import funnel as picture
from survey.language.later import later
from survey.model.estimates import Undefined
from survey.report import claims
from survey.report.chance import Compared, Placed
from survey.report.context import Chapter, Context
from survey.report.sections import cover, unit_rows
from survey.report.tables import Cell, Head, Row, Table
from survey.statistics import unit

NONE = later("keine außerhalb von 99,8\u202f%%.")
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
    found: list[Chapter] = []
    if shown is not None:
        drawn = [each for each in compared if each.drawn]
        found.append(Chapter(template="report/units.html", view=_view(context, shown, drawn)))
    if context.edition.kind == "internal":
        found += unit_rows.chapters(context, compared)
    return found


def chosen(compared: Sequence[Compared]) -> Compared | None:
    """The cover's statement, whatever its result; the first that can be drawn if it cannot."""
    drawn = [each for each in compared if each.drawn]
    first = [each for each in drawn if each.table.subject == cover.STATEMENT]
    return next(iter((*first, *drawn)), None)


def _view(context: Context, shown: Compared, drawn: list[Compared]) -> View:
    bold, rest = _caption(context, shown)
    several = len(drawn) > 1
    return View(
        finding=finding(context, drawn),
        statement=context.quoted(shown.table.subject),
        chart=svg.image(_draw(context, shown)),
        caption=bold,
        rest=rest,
        table=_table(context, shown),
        every=_every(context, drawn) if several else None,
        beside=several and max(len(drawn), len(shown.table.rows)) <= BESIDE,
    )


def finding(context: Context, drawn: list[Compared]) -> tuple[str, ...]:
    """Whether any unit differs beyond chance, over all statements that can be compared."""
    far = [each for each in drawn if each.far]
    if not far:
        many = context.plural(
            "Das gilt für die eine Aussage, die sich vergleichen lässt.",
            "Das gilt für alle %(number)s vergleichbaren Fragen.",
            len(drawn),
        )
        return (context.say("Keine Einheit weicht über den Zufall hinaus ab."), many)
    words = context.plural(
        "Bei einer von %(all)s Fragen weicht eine Einheit stärker ab, als der Zufall erklärt.",
        "Bei %(number)s von %(all)s Fragen weichen Einheiten stärker ab, als der Zufall erklärt.",
        len(far),
        all=context.number(len(drawn)),
    )
    return tuple(claims.balanced(words))


def _caption(context: Context, shown: Compared) -> tuple[str, str]:
    """How many lie outside, how many would by chance, whether units differ at all."""
    say, n = context.say, len(shown.placed)
    outside, far = len(shown.outside), len(shown.far)
    if not outside:
        bold = say("Alle %(n)s Einheiten liegen im 95-%%-Bereich.", n=context.number(n))
    else:
        bold = context.plural(
            "Eine Einheit liegt außerhalb des 95-%%-Bereichs",
            "%(many)s Einheiten liegen außerhalb des 95-%%-Bereichs",
            outside,
            many=context.headline(context.number(outside)),
        )
        beyond = context.plural(
            "eine davon auch außerhalb von 99,8\u202f%%.",
            "%(number)s davon auch außerhalb von 99,8\u202f%%.",
            far,
        )
        bold = f"{bold}, {beyond if far else say(NONE)}"
    alone = context.notation.percent(1 - 0.95**n)
    rest = [
        say(
            "Auch ohne wirkliche Unterschiede läge mit einer Wahrscheinlichkeit von %(p)s "
            "mindestens eine von %(n)s Einheiten außerhalb von 95\u202f%%.",
            p=alone,
            n=context.number(n),
        )
    ]
    if shown.tau2 == 0:
        rest.append(
            say("Zwischen den Einheiten ist keine Streuung über den Zufall hinaus nachweisbar.")
        )
    elif shown.tau2:
        rest.append(say("Die Einheiten streuen stärker, als der Zufall allein erwarten lässt."))
    return bold, " ".join(rest)


def _draw(context: Context, shown: Compared) -> svg.Drawing:
    k = context.snapshot.setting.thresholds.k
    most = _end(max(each.limits.n for each in shown.placed))
    step = max(1, (most - k) // 50)
    ranges = [_range(n, shown.target) for n in (*range(k, most, step), most)]
    words = picture.Words(
        hidden=context.say("unter %(k)s: nicht gezeigt", k=k),
        across=context.say("Zahl der Antworten in der Einheit (n)"),
        target=context.say("%(share)s insgesamt", share=context.notation.percent(shown.target)),
        inner=context.say("95-%%-Bereich"),
        outer=context.say("99,8-%%-Bereich"),
        percent={whole: context.notation.percent(whole / 100) for whole in range(0, 101, 20)},
    )
    alt = context.say(
        "Trichterbild zu %(statement)s mit %(n)s Einheiten um den Wert für alle von %(target)s. "
        "%(caption)s Alle Werte in der Tabelle darunter.",
        statement=context.brief(shown.table.subject),
        n=context.number(len(shown.placed)),
        target=context.notation.percent(shown.target),
        caption=_caption(context, shown)[0],
    )
    dots = [_dot(context, each) for each in _ordered(context, shown)]
    found = [each for each in ranges if each is not None]
    return picture.draw(dots, found, target=shown.target, words=words, alt=alt)


def _end(most: int) -> int:
    """The end of the axis: a round number a little beyond the largest unit."""
    return next(end for end in range(20, 10**7, 10) if end >= 1.04 * most)


def _range(n: int, target: float) -> picture.Range | None:
    limits = unit.exact_limits(n, target)
    if isinstance(limits, Undefined):
        return None
    return picture.Range(
        n=n,
        outer=(limits.alarm_low, limits.alarm_high),
        inner=(limits.warning_low, limits.warning_high),
    )


def _dot(context: Context, placed: Placed) -> picture.Dot:
    note = "" if placed.where == "inside" else context.measured(placed.figure)
    return picture.Dot(n=placed.limits.n, value=placed.figure.value, note=note)


def _ordered(context: Context, shown: Compared) -> list[Placed]:
    """By size; equal ones in an order that tells neither name nor result."""

    def meaningless(each: Placed) -> bytes:
        return sha256(f"{context.snapshot.setting.wave_id} {each.unit_id}".encode()).digest()

    return sorted(shown.placed, key=lambda each: (-each.limits.n, meaningless(each)))


def _table(context: Context, shown: Compared) -> Table:
    say = context.say
    head = (
        Head(text=say("Einheit mit"), plain=(say("n"),)),
        Head(text=say("günstig")),
        context.interval_head(),
        Head(text=say("95-%%-Bereich"), plain=(say("95\u202f%% von"), say("95\u202f%% bis"))),
        Head(text=say("99,8-%%-Bereich"), plain=(say("99,8\u202f%% von"), say("99,8\u202f%% bis"))),
        Head(text=say("Lage"), plain=(say("Lage zum 95-%%-Bereich"),)),
    )
    rows = [_row(context, each) for each in _ordered(context, shown)]
    gap = Cell(text="–")
    twice = Cell(text="–", plain=("", ""))
    hidden = Row(
        name=context.hidden(),
        cells=(gap, twice, twice, twice, gap),
    )
    rows += [hidden] * shown.hidden
    k = context.snapshot.setting.thresholds.k
    notes = [context.hidden_note(k)] if shown.hidden else []
    caption = say(
        "Einheiten bei %(statement)s, nach Größe",
        statement=context.brief(shown.table.subject),
    )
    return context.tables.add(caption, head, rows, notes)


def _row(context: Context, placed: Placed) -> Row:
    limits, notation = placed.limits, context.notation
    where = {
        "inside": context.say("innerhalb"),
        "below": context.say("darunter"),
        "above": context.say("darüber"),
    }
    return Row(
        name=context.say("%(n)s Antworten", n=notation.whole(limits.n)),
        plain=(notation.whole(limits.n),),
        cells=(
            context.share_cell(placed.figure),
            context.interval_cell(placed.figure),
            _span(context, limits.warning_low, limits.warning_high),
            _span(context, limits.alarm_low, limits.alarm_high),
            Cell(text=where[placed.where]),
        ),
    )


def _span(context: Context, low: float, high: float) -> Cell:
    whole = context.notation.whole
    return Cell(text=context.notation.span(low, high), plain=(whole(100 * low), whole(100 * high)))


def _every(context: Context, drawn: list[Compared]) -> Table:
    """How many units lie outside, for every question that can be compared."""
    say = context.say
    head = (
        Head(text=say("Frage")),
        Head(text=say("Einheiten")),
        Head(text=say("außerhalb 95\u202f%%")),
        Head(text=say("außerhalb 99,8\u202f%%")),
    )
    rows = [
        Row(
            name=context.short(each.table.subject),
            plain=(context.label(each.table.subject),),
            cells=(
                Cell(text=str(len(each.placed))),
                Cell(text=str(len(each.outside))),
                Cell(text=str(len(each.far))),
            ),
        )
        for each in drawn
    ]
    caption = say("Einheiten außerhalb des Zufallsbereichs")
    return context.tables.add(caption, head, rows)
