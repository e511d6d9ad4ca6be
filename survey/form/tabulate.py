"""Counts per question: each code, declined, passed over, not asked.

Rows are counted by distinct answer first, so that ten thousand responses take a few hundredths of a
second; only then is each distinct answer looked at. Answers to other questions than those tabulated
are not needed, but conditions must look at questions of the same domain (checked at load).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar, assert_never

from msgspec import Struct

from survey.form import options, path
from survey.model.answers import (
    Answer,
    Answers,
    Chosen,
    NotApplicable,
    OnDay,
    Quantity,
    Refused,
    Written,
)
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text


class Counts(Struct, frozen=True, kw_only=True):
    """One question.

    Args:
        codes: people by code, each of the form there, in its order; for a number or a day by what
            was given; empty for text
        valid: people with an answer of substance; the codes add up to it unless several may be
            chosen
        refused, not_applicable: people who declined, by how
        missing: asked, but passed over
        not_asked: the question was not on their path
    """

    codes: dict[str, int]
    valid: int
    refused: int
    not_applicable: int
    missing: int
    not_asked: int = 0

    @property
    def asked(self) -> int:
        """People on whose path the question was."""
        return self.valid + self.refused + self.not_applicable + self.missing


class Table(Struct, frozen=True, kw_only=True):
    """`responses` rows were counted; `questions` by id, in the order of the form."""

    responses: int
    questions: dict[str, Counts]


Group = TypeVar("Group")
_Tally = dict[Answer | None, int]


class _Pile:
    """What has been counted of one group."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.responses = 0
        self.tallies: dict[str, _Tally] = {q.id: defaultdict(int) for q in questions}
        self.not_asked: dict[str, int] = defaultdict(int)


def tabulate(
    form: Form, responses: Iterable[Answers], *, questions: Sequence[Question] | None = None
) -> Table:
    """The counts of all responses together, for every question or those given (a domain's)."""
    asked = form.questions if questions is None else questions
    piles = _count(form, asked, ((None, answers) for answers in responses))
    return _table(form, asked, piles.get(None) or _Pile(asked))


def tabulate_by(
    form: Form,
    responses: Iterable[tuple[Group, Answers]],
    *,
    questions: Sequence[Question] | None = None,
) -> dict[Group, Table]:
    """The same for each group by itself, in the order the groups first appear."""
    asked = form.questions if questions is None else questions
    piles = _count(form, asked, responses)
    return {group: _table(form, asked, pile) for group, pile in piles.items()}


def _count(
    form: Form, questions: Sequence[Question], responses: Iterable[tuple[Group, Answers]]
) -> dict[Group, _Pile]:
    piles: dict[Group, _Pile] = {}
    conditional = [question.id for question in questions if question.shown_if is not None]
    for group, answers in responses:
        pile = piles.get(group)
        if pile is None:
            pile = piles[group] = _Pile(questions)
        pile.responses += 1
        if conditional:
            shown = {question.id for question in path.route(form, answers)}
            off = [each for each in conditional if each not in shown]
            answers = {each: said for each, said in answers.items() if each not in off}
            for each in off:
                pile.not_asked[each] += 1
        for question_id, tally in pile.tallies.items():
            tally[answers.get(question_id)] += 1
    return piles


def _table(form: Form, questions: Sequence[Question], pile: _Pile) -> Table:
    return Table(
        responses=pile.responses,
        questions={
            question.id: _counts(
                question, form, pile.tallies[question.id], pile.not_asked[question.id]
            )
            for question in questions
            if not isinstance(question, Note)
        },
    )


def _counts(question: Question, form: Form, tally: _Tally, not_asked: int) -> Counts:
    codes = dict.fromkeys(_expected(question, form), 0)
    valid = refused = not_applicable = missing = 0
    for answer, people in tally.items():
        match answer:
            case None:
                missing += people
            case Refused():
                refused += people
            case NotApplicable():
                not_applicable += people
            case Chosen() | Quantity() | OnDay() | Written():
                valid += people
                for code in _said(answer):
                    codes[code] = codes.get(code, 0) + people
            case _:
                assert_never(answer)
    return Counts(
        codes=codes,
        valid=valid,
        refused=refused,
        not_applicable=not_applicable,
        missing=missing - not_asked,
        not_asked=not_asked,
    )


def _expected(question: Question, form: Form) -> tuple[str, ...]:
    match question:
        case Rating() | Choice() | Ladder():
            return options.codes(question, form)
        case Number() | Day() | Text() | Note():
            return ()
        case _:
            assert_never(question)


def _said(answer: Chosen | Quantity | OnDay | Written) -> tuple[str, ...]:
    match answer:
        case Chosen(codes=codes):
            return codes
        case Quantity(value=value):
            return (str(value),)
        case OnDay(day=day):
            return (day.isoformat(),)
        case Written():
            return ()
        case _:
            assert_never(answer)
