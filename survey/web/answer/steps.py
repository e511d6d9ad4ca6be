"""Where a question lies on a person's path, computed from her answers each time."""

from msgspec import Struct

from survey.actions.answering import Sheet
from survey.form import path
from survey.form.path import Place
from survey.model.form import Note, Question

# After a change from the check page one goes back there, not through all the rest again.
CHECK = "check"


class Step(Struct, frozen=True, kw_only=True):
    """A question with its neighbours' ids, empty at the ends; notes are not counted."""

    question: Question
    place: Place
    before: str
    after: str


def shown(sheet: Sheet) -> list[Question]:
    """The questions on the path, notes among them."""
    answers = {question_id: kept.answer for question_id, kept in sheet.answers.items()}
    return path.route(sheet.asked.published.form, answers)


def find(sheet: Sheet, question_id: str) -> Step | None:
    """The question of this id, None if there is none or it is off the path."""
    questions = shown(sheet)
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


def onward(sheet: Sheet) -> str:
    """Where to go on: the first open question, or the check page when all is seen."""
    answers = {question_id: kept.answer for question_id, kept in sheet.answers.items()}
    following = path.next_open(sheet.asked.published.form, answers)
    return f"question/{following.id}" if following else CHECK


def last(sheet: Sheet) -> str:
    """The page before the check page."""
    return f"question/{shown(sheet)[-1].id}"
