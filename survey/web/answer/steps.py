"""Where a question lies on a person's path, computed from her answers each time.

What another device answered is not used: it could be told from the questions that follow from it.
"""

from survey.actions.drafts import OpenDraft
from survey.form import routing
from survey.form.routing import Step
from survey.model.form import Question

# After a change from the check page one goes back there, not through all the rest again.
CHECK = "check"
# Where a person decides what to show, and where she makes a note for herself.
SHARE = "share"
NOTE = "note"


def shown(sheet: OpenDraft) -> list[Question]:
    """The questions on the path, notes among them."""
    return routing.route(sheet.context.published.form, sheet.answers, sheet.elsewhere)


def find(sheet: OpenDraft, question_id: str) -> Step | None:
    """The question of this id, None if there is none or it is off the path."""
    form = sheet.context.published.form
    return routing.step(form, sheet.answers, question_id, sheet.elsewhere)


def onward(sheet: OpenDraft) -> str:
    """The place to go on: the next question not answered or passed over, else the check page."""
    form = sheet.context.published.form
    seen = sheet.passed.union(sheet.answers)
    following = routing.next_open(form, sheet.answers, seen, sheet.elsewhere)
    return f"question/{following.id}" if following else CHECK


def unread(sheet: OpenDraft) -> str:
    """The first question where something stands that cannot be sent, empty if there is none."""
    unread_steps = (step for step in shown(sheet) if step.id in sheet.unread)
    first = next(unread_steps, None)
    return f"question/{first.id}?then={CHECK}" if first else ""


def last(sheet: OpenDraft) -> str:
    """The page before the check page."""
    return f"question/{shown(sheet)[-1].id}"
