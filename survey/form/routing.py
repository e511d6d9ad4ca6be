"""The path through a form, computed from the answers each time and never stored.

Conditions look back only (checked at load), and only at answers that are on the path themselves, so
one pass in the order of the form decides everything.
"""

from collections.abc import Collection

from msgspec import Struct

from survey.form import conditions
from survey.model.answers import Answers
from survey.model.form import Form, Note, Question


class Place(Struct, frozen=True, kw_only=True):
    """ "Frage 4 von 12"; notes are not counted."""

    number: int
    total: int


class Step(Struct, frozen=True, kw_only=True):
    """A question with its neighbours' ids, empty at the ends; a note has the next place."""

    question: Question
    place: Place
    before: str
    after: str


def route(form: Form, answers: Answers, hidden: Collection[str] = ()) -> list[Question]:
    """The questions to be shown, notes among them, in order.

    Args:
        hidden: what may be answered and must not be known here; whatever depends on it is shown
    """
    shown: list[Question] = []
    valid: Answers = {}
    unknown: set[str] = set()
    for question in form.questions:
        if question.shown_if is None or conditions.may_hold(question.shown_if, valid, unknown):
            shown.append(question)
            if question.id in hidden:
                unknown.add(question.id)
            if question.id in answers:
                valid[question.id] = answers[question.id]
    return shown


def kept(form: Form, answers: Answers) -> Answers:
    """The answers to questions on the path, in the order of the form; others do not count."""
    return {q.id: answers[q.id] for q in route(form, answers) if q.id in answers}


def step(
    form: Form, answers: Answers, question_id: str, hidden: Collection[str] = ()
) -> Step | None:
    """A question with its neighbours, None if there is none of this id or it is off the path."""
    questions = route(form, answers, hidden)
    number, found = 0, None
    for at, question in enumerate(questions):
        if question.id == question_id:
            found, ahead = at, number
        number += not isinstance(question, Note)
    if found is None:
        return None
    following = questions[found + 1 : found + 2]
    return Step(
        question=questions[found],
        place=Place(number=min(ahead + 1, number), total=number),
        before=questions[found - 1].id if found else "",
        after=following[0].id if following else "",
    )


def next_open(
    form: Form, answers: Answers, seen: Collection[str], hidden: Collection[str] = ()
) -> Question | None:
    """Where to go on: the question behind the last one `seen`, None if that was the last.

    What was passed over before that was passed over on purpose.
    """
    shown = [q for q in route(form, answers, hidden) if not isinstance(q, Note)]
    behind = [at for at, question in enumerate(shown) if question.id in seen]
    at = behind[-1] + 1 if behind else 0
    return shown[at] if at < len(shown) else None
