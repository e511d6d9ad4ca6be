"""Each kind of question: the tables it asks for, and what of them goes into the snapshot."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from survey.form import options
from survey.model.estimates import Figure
from survey.model.form import Choice, Form, Question, Rating, Scale
from survey.model.snapshots import NO_SUCH_ANSWER, Declared, Graded, Help, Mix, Rated
from survey.report.measure import figures
from survey.report.measure.columns import MISSING, NOT_APPLICABLE, NOT_ASKED, REFUSED, Column
from survey.statistics.disclosure.request import Breakdown, Composed, Counted, Kind, Result, Table

# Stand beside a question's own codes, none of which begins with "_", whatever its form's are.
DECLINED, UNFITTING = options.RESERVED.declined, options.RESERVED.not_applicable

Results = Mapping[str, Result]


class Item(Struct, frozen=True, kw_only=True):
    """A question with its answers.

    Args:
        variable: names form and question
        sides: of its codes, from the unfavourable end on
        places: its codes in the order of the column
    """

    variable: str
    question: Question
    sides: dict[str, int]
    places: tuple[str, ...]
    sensitive: bool
    turned: bool
    answers: Column

    def named(self, what: str) -> str:
        """The variable of one of its tables."""
        return f"{self.variable}/{what}" if what else self.variable

    def good(self) -> tuple[str, ...]:
        """The codes on the favourable side."""
        return tuple(code for code, side in self.sides.items() if side == 1)

    def table(self, what: str, places: Mapping[str, str], **more: Any) -> Counted:
        """The answers as a table; what is not among `places` has no answer in it.

        Args:
            places: from the codes of the question, `DECLINED` and `UNFITTING` among them, to those
                of the table
        """
        codes = tuple(dict.fromkeys(places.values()))
        # Negative positions count from the end: those without a code keep their numbers.
        place = np.full(len(self.places) - NOT_APPLICABLE, MISSING, dtype=np.int16)
        place[NOT_ASKED] = NOT_ASKED
        for position, code in enumerate(self.places):
            if code in places:
                place[position] = codes.index(places[code])
        for position, code in ((REFUSED, DECLINED), (NOT_APPLICABLE, UNFITTING)):
            if code in places:
                place[position] = codes.index(places[code])
        kind: Kind = "sensitive" if self.sensitive else "standard"
        counted = Counted(
            variable=self.named(what), codes=codes, answers=place[self.answers], kind=kind
        )
        return replace(counted, **more)

    def favourable(self) -> Column:
        """1 for a favourable answer, 0 for another, below 0 for none."""
        good = np.array([code in self.good() for code in self.places], dtype=np.int16)
        return np.where(self.answers >= 0, good[np.maximum(self.answers, 0)], np.int16(MISSING))

    def declined(self) -> Counted:
        """Who chose not to say, of all who were asked and did not pass over it."""
        answered = dict.fromkeys((*self.places, UNFITTING), "said")
        return self.table("refused", answered | {DECLINED: "refused"}, favourable=("refused",))

    def unfitting(self) -> Counted:
        """Whom it does not fit, of all who were asked and did not pass over it."""
        answered = dict.fromkeys((*self.places, DECLINED), "said")
        places = answered | {UNFITTING: "not-applicable"}
        return self.table("not-applicable", places, favourable=("not-applicable",))

    def beside(self) -> list[Counted]:
        """Those who gave no valid answer, and why."""
        return [self.declined(), *([self.unfitting()] if self.question.applicable else [])]


def item(form: Form, question: Question, answers: Column) -> Item:
    """A question of a form with its answers."""
    if isinstance(question, Rating):
        scale = form.scales[question.scale]
        places, sides = scale.codes, towards_favourable(scale, turned=question.reversed)
    else:
        places = question.options if isinstance(question, Choice) else ()
        sides = {code: 1 if code == places[0] else -1 for code in reversed(places)}
    return Item(
        variable=f"{form.id}/{question.id}",
        question=question,
        sides=sides,
        places=places,
        sensitive=any(b.sensitive for b in form.blocks if b.id == question.block),
        turned=isinstance(question, Rating) and question.reversed,
        answers=answers,
    )


def towards_favourable(scale: Scale, *, turned: bool = False) -> dict[str, int]:
    """Codes from the unfavourable to the favourable end with the side each lies on: -1, 0 or 1.

    A turned scale is read by meaning: who denies what is unfavourable is on the favourable side.
    """
    codes = scale.codes if scale.codes[-1] in scale.favourable else scale.codes[::-1]
    sign = -1 if turned else 1
    return {
        code: sign * (1 if code in scale.favourable else 0 if code in scale.middle else -1)
        for code in (codes[::-1] if turned else codes)
    }


def statement_tables(item: Item, by_unit: Breakdown | None) -> list[Counted]:
    """What a rated statement asks for."""
    same = {code: code for code in item.sides}
    answers = item.table("", same, favourable=item.good(), breakdown=by_unit)
    return [answers, *item.beside()]


def statement(item: Item, results: Results) -> Rated:
    """A rated statement as shown."""
    row = figures.whole(results, item.variable)
    figure = figures.share(row)
    return Rated(
        question_id=item.question.id,
        construct=item.question.construct,
        reversed=item.turned,
        favourable=figure,
        parts=figures.parts(row, item.sides),
        refused=_declined(item, figure, results),
        not_applicable=_unfitting(item, figure, results),
    )


def _declined(item: Item, figure: Figure, results: Results) -> Figure:
    return figures.beside(figure, figures.whole(results, item.named("refused")))


def _unfitting(item: Item, figure: Figure, results: Results) -> Figure:
    if not item.question.applicable:
        return NO_SUCH_ANSWER
    return figures.beside(figure, figures.whole(results, item.named("not-applicable")))


def composed(form: Form, construct: str) -> str:
    """The variable of a topic."""
    return f"{form.id}/{construct}/together"


def composed_table(form: Form, construct: str, mine: Sequence[Item]) -> Composed:
    """What a topic of several statements asks for beside them: how precise their mean is."""
    return Composed(
        variable=composed(form, construct),
        questions=tuple(item.favourable() for item in mine),
        kind="sensitive" if any(item.sensitive for item in mine) else "standard",
    )


def grade_tables(item: Item, by_unit: Breakdown | None) -> list[Counted]:
    """What a grade asks for: its share, and its mean where enough gave one."""
    scores = tuple(float(code) for code in item.sides)
    return [
        item.table(
            "",
            {code: code for code in item.sides},
            favourable=item.good(),
            scores=scores,
            group_scores=scores,
            breakdown=by_unit,
        ),
        *item.beside(),
    ]


def grade(item: Item, results: Results) -> Graded:
    """A grade as shown."""
    row = figures.whole(results, item.variable)
    figure = figures.share(row)
    return Graded(
        question_id=item.question.id,
        mean=row.mean or figures.HIDDEN,
        favourable=figure,
        parts=figures.parts(row, item.sides),
        refused=_declined(item, figure, results),
        not_applicable=_unfitting(item, figure, results),
    )


def help_tables(item: Item) -> list[Counted]:
    """Two tables over two bases: who needed a help, and who of those got it late or not at all."""
    got, late, not_got, not_needed = item.places
    states = {not_needed: "not-needed", not_got: "needed", late: "needed", got: "needed"}
    missed = {not_got: not_got, late: late, got: got}
    return [
        item.table("needed", states, favourable=("needed",)),
        item.table("unmet", missed, favourable=(not_got, late)),
        item.declined(),
    ]


def help_shown(item: Item, results: Results) -> Help:
    """A kind of help as shown."""
    got, late, not_got, _ = item.places
    need = figures.share(figures.whole(results, item.named("needed")))
    row = figures.whole(results, item.named("unmet"))
    return Help(
        question_id=item.question.id,
        sensitive=item.sensitive,
        needed=need,
        unmet=figures.share(row),
        parts=figures.parts(row, {not_got: -1, late: -1, got: 1}),
        refused=_declined(item, need, results),
    )


def declared_tables(item: Item) -> list[Counted]:
    """What a question with yes and no asks for."""
    same = {code: code for code in item.sides}
    return [item.table("", same, favourable=item.good()), item.declined()]


def declared(item: Item, results: Results) -> Declared:
    """A question with yes and no as shown."""
    figure = figures.share(figures.whole(results, item.variable))
    return Declared(
        question_id=item.question.id,
        code=item.places[0],
        construct=item.question.construct,
        sensitive=item.sensitive,
        share=figure,
        refused=_declined(item, figure, results),
    )


def mix_tables(item: Item) -> list[Counted]:
    """The table of ways of answering, with no categories merged in advance."""
    same = {code: code for code in item.places}
    return [replace(item.table("", same, ordered=False), kind="circumstances")]


def mix(item: Item, results: Results) -> Mix | None:
    """How people answered, the largest part first and what was joined last; None if not shown."""
    table = results.get(item.variable)
    if not isinstance(table, Table) or not isinstance(table.whole.n, int):
        return None
    parts = [
        part for part in figures.parts(table.whole, dict.fromkeys(item.places, 0)) if part.percent
    ]
    parts.sort(key=lambda part: (len(part.codes) > 1, -part.percent))
    if len(parts) < 2:
        return None
    return Mix(kind=item.question.id, n=table.whole.n, parts=tuple(parts))
