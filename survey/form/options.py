"""Codes of a question, the reserved codes for declining, and the words of both."""

from typing import assert_never

from survey.model.form import (
    Choice,
    Day,
    Form,
    Ladder,
    Note,
    Number,
    Question,
    Rating,
    ReservedCodes,
    Text,
)
from survey.model.wording import Wording

# No code of a form begins with "_" (`survey.form.names`), so `no` is free for "Nein". Every form
# holds the codes it was frozen with: ask the form, these are for forms that are read from disk.
RESERVED = ReservedCodes(declined="_declined", not_applicable="_not_applicable")
# Of forms that were frozen before they held theirs.
FORMER = ReservedCodes(declined="no", not_applicable="na")
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


def ways_out(question: Question, form: Form, wording: Wording) -> dict[str, str]:
    """The words for declining, by the code posted; "trifft auf mich nicht zu" where it fits."""
    if isinstance(question, Note):
        return {}
    reserved = form.reserved
    fits = {reserved.not_applicable: wording.not_applicable} if question.applicable else {}
    return {**fits, reserved.declined: wording.refused}
