"""Where a question lies on a person's path, computed from her answers each time."""

from survey.actions.answering import Sheet
from survey.form import path
from survey.form.path import Step
from survey.model.answers import Answers
from survey.model.form import Question

# After a change from the check page one goes back there, not through all the rest again.
CHECK = "check"
# Where a person decides what to show, and where she makes a note for herself.
SHARE = "share"
NOTE = "note"


def shown(sheet: Sheet) -> list[Question]:
    """The questions on the path, notes among them."""
    return path.route(sheet.asked.published.form, plain(sheet))


def find(sheet: Sheet, question_id: str) -> Step | None:
    """The question of this id, None if there is none or it is off the path."""
    return path.step(sheet.asked.published.form, plain(sheet), question_id)


def onward(sheet: Sheet) -> str:
    """Where to go on: the first open question, or the check page when all is seen."""
    following = path.next_open(sheet.asked.published.form, plain(sheet))
    return f"question/{following.id}" if following else CHECK


def last(sheet: Sheet) -> str:
    """The page before the check page."""
    return f"question/{shown(sheet)[-1].id}"


def plain(sheet: Sheet) -> Answers:
    """The answers, from whatever device."""
    return {question_id: kept.answer for question_id, kept in sheet.answers.items()}


def mine(sheet: Sheet) -> set[str]:
    """The ids of the questions that were answered on this device."""
    return {question_id for question_id, kept in sheet.answers.items() if kept.mine}
