"""The codes a question offers, what a browser posts for declining, and the words of both."""

from typing import assert_never

from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.wording import Wording

REFUSED = "no"
NOT_APPLICABLE = "na"
# Posted for leave to quote what was written.
QUOTE = "yes"


def codes(question: Question, form: Form) -> tuple[str, ...]:
    """The codes to choose from, in the order shown; none where nothing is chosen."""
    match question:
        case Rating(scale=scale):
            return form.scales[scale].codes
        case Choice(options=options):
            return options
        case Ladder(least=least, most=most):
            return tuple(str(step) for step in range(most, least - 1, -1))
        case Number() | Day() | Text() | Note():
            return ()
        case _:
            assert_never(question)


def labels(question: Question, form: Form, wording: Wording) -> dict[str, str]:
    """The words for each code, in the order shown."""
    if isinstance(question, Rating):
        said = wording.scales[question.scale]
    else:
        said = wording.questions[question.id].options
    return {code: said.get(code, code) for code in codes(question, form)}


def ways_out(question: Question, wording: Wording) -> dict[str, str]:
    """The words for declining, by the code posted; "trifft auf mich nicht zu" where it fits."""
    if isinstance(question, Note):
        return {}
    fits = {NOT_APPLICABLE: wording.not_applicable} if question.applicable else {}
    return {**fits, REFUSED: wording.refused}
