"""The path through a form, computed from the answers each time and never stored.

Conditions look back only (checked at load), and only at answers that are on the path themselves, so
one pass in the order of the form decides everything.
"""

from msgspec import Struct

from survey.form import conditions
from survey.model.answers import Answers
from survey.model.form import Form, Note, Question


class Place(Struct, frozen=True, kw_only=True):
    """ "Frage 4 von 12"; notes are not counted."""

    number: int
    total: int


def route(form: Form, answers: Answers) -> list[Question]:
    """The questions to be shown, notes among them, in order."""
    shown: list[Question] = []
    valid: Answers = {}
    for question in form.questions:
        if question.shown_if is None or conditions.holds(question.shown_if, valid):
            shown.append(question)
            if question.id in answers:
                valid[question.id] = answers[question.id]
    return shown


def kept(form: Form, answers: Answers) -> Answers:
    """The answers to questions on the path, in the order of the form; others do not count."""
    return {q.id: answers[q.id] for q in route(form, answers) if q.id in answers}


def find(form: Form, answers: Answers, question_id: str) -> Question | None:
    """The question of this id, None if there is none or it is off the path."""
    return next((q for q in route(form, answers) if q.id == question_id), None)


def following(form: Form, answers: Answers, question_id: str) -> Question | None:
    """The question after this one, None after the last (or for one off the path)."""
    shown = route(form, answers)
    at = _index(shown, question_id)
    return shown[at + 1] if at is not None and at + 1 < len(shown) else None


def previous(form: Form, answers: Answers, question_id: str) -> Question | None:
    """The question before this one, None before the first (or for one off the path)."""
    shown = route(form, answers)
    at = _index(shown, question_id)
    return shown[at - 1] if at else None


def next_open(form: Form, answers: Answers) -> Question | None:
    """Where to go on: the question behind the last answered one, None if that was the last.

    What was passed over before that was passed over on purpose.
    """
    shown = [question for question in route(form, answers) if not isinstance(question, Note)]
    answered = [at for at, question in enumerate(shown) if question.id in answers]
    at = answered[-1] + 1 if answered else 0
    return shown[at] if at < len(shown) else None


def place(form: Form, answers: Answers, question_id: str) -> Place | None:
    """Number and total for the line above a question; a note has the number of what comes next."""
    shown = route(form, answers)
    at = _index(shown, question_id)
    if at is None:
        return None
    before = sum(not isinstance(question, Note) for question in shown[:at])
    total = sum(not isinstance(question, Note) for question in shown)
    return Place(number=min(before + 1, total), total=total)


def _index(shown: list[Question], question_id: str) -> int | None:
    return next((at for at, question in enumerate(shown) if question.id == question_id), None)
