"""Lengths of requests and pages, padded so that their size does not depend on the answers.

Whoever sees only how many bytes go over the line (the house whose wireless network she uses, say)
must not learn from it what somebody chose. A page of answers is filled up to what one needs that
says everything the form can say. What browsers send has values of one length; where nothing is
ticked, "Weiter" itself stands for a tick; and where scripts run, one fills all the rest.

The line still tells, and the notice says so:

- When somebody answers, and what she is asked: whether a question follows that is asked because of
  an answer, whether there is anything to be shown, and that something could not be read.
- How much she writes. A page tells it by the kilobyte, behind some hundred characters. A request
  tells it by the room of its question, and without a script to the byte.
- Without a script: each further tick where several are possible, how many digits a number or a day
  has, and whether anything was ticked when she left a question by another way than that button.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import assert_never

from survey.form import options, read, sentences
from survey.model.answers import Answer, Answers, Chosen, Declined, NotApplicable, OnDay, Quantity
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.wording import Wording

# With its head a page of this length is one flight of packets.
LIGHT = 4448
# Characters that one of a text takes in a form: six for what two bytes hold, as %D9%85. Rarer ones
# take more; a form that needs more room takes it once again.
WRITTEN = 6
# So many answers in other words cost a byte, where the page says the longest words already: sought
# for by climbing, twenty of them cost ten. Tests walk through hundreds in every language.
_CHANGED = 4
# The field that stands for what is not there.
FILLER = "_"
# Bytes for what is chosen on a page of one question, and for the tag among the compressed.
CHOSEN = 16
# And for what was typed and could not be read, but for long texts.
MISREAD = 2 * read.TYPED


def of_question(question: Question) -> tuple[int, int]:
    """Bytes by which the page of a question grows with its answer, and the least it has."""
    match question:
        case Rating() | Ladder() | Note():
            return CHOSEN, 0
        case Choice(most=most):
            return CHOSEN + 4 * (most - 1), 0
        case Number() | Day():
            return CHOSEN + 12, 0
        case Text():
            return CHOSEN, LIGHT
        case _:
            assert_never(question)


def blank(name: str, value: str) -> str:
    """What `FILLER` is given so that a form without this field is as long as with it."""
    return "-" * (len(f"{name}={value}") - len(f"{FILLER}="))


def of_form(question: Question, offered: Collection[str]) -> int:
    """Characters that hold whatever a browser sends for a question, as forms are written.

    Args:
        offered: the values of everything that can be chosen
    """
    boxes = sum(len(f"{question.id}-way={value}&") for value in offered)
    match question:
        case Rating() | Choice() | Ladder() | Note():
            return boxes
        case Number() | Day():
            return boxes + len(f"{question.id}=&") + WRITTEN * read.TYPED
        case Text(longest=longest):
            # Leave to quote is as long as each of the boxes.
            quote = max(len(f"{question.id}-way={value}&") for value in offered)
            return boxes + quote + len(f"{question.id}=&") + WRITTEN * longest
        case _:
            assert_never(question)


def everything(form: Form, questions: Iterable[Question], wordings: Sequence[Wording]) -> Answers:
    """Answers to these questions that say as much as can be said, the longest words first.

    Args:
        wordings: in whose words they stand on a page
    """
    turn: dict[tuple[str, ...], int] = {}
    answers: Answers = {}
    for question in questions:
        codes = options.codes(question, form)
        if possible := sorted(_possible(question, form), key=_length(question, form, wordings)):
            # Questions of one scale take turns: words that stand there twice cost nothing.
            turn[codes] = turn.get(codes, -1) + 1
            answers[question.id] = possible[turn[codes] % len(possible)]
    return answers


def of_answers(questions: Sequence[Question], wordings: Sequence[Wording]) -> int:
    """Bytes by which a page of these answers can be longer than one that says `everything`."""
    return CHOSEN + len(questions) * len(wordings) // _CHANGED


def _length(question: Question, form: Form, wordings: Sequence[Wording]) -> Callable[[Answer], int]:
    """Sorts answers by the length of their words, the longest first."""

    def negative(answer: Answer) -> int:
        return -sum(
            len(sentences.answer(answer, question, form, words).encode()) for words in wordings
        )

    return negative


def _possible(question: Question, form: Form) -> Iterator[Answer]:
    """What can be answered to a question by choosing; something typed where it is typed."""
    match question:
        case Rating() | Choice():
            yield from (Chosen(codes=(code,)) for code in options.codes(question, form))
        case Ladder():
            yield from (Quantity(value=int(code)) for code in options.codes(question, form))
        case Number(least=least, most=most):
            yield from (Quantity(value=least), Quantity(value=most))
        case Day():
            yield from (OnDay(day=date(2026, month, 28)) for month in range(1, 13))
        case Text() | Note():
            return
        case _:
            assert_never(question)
    yield Declined()
    if question.applicable:
        yield NotApplicable()
