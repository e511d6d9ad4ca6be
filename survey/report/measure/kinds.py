"""How each type of question is reported, or why it is not: the one place that decides."""

from typing import Literal, TypeAlias, assert_never

from survey.form import domains
from survey.model.form import (
    Choice,
    Day,
    Form,
    Ladder,
    Note,
    Number,
    Question,
    Rating,
    Scale,
    Text,
)
from survey.model.not_reported import NotReported

# mix: how people answered; nothing: there is no answer to report.
Kind: TypeAlias = Literal["statement", "grade", "help", "declared", "mix", "comments", "nothing"]
# Charts and tables find their words under these names, and draw these steps.
AGREEMENT, GRADE, HELP = "agreement", "grade", "help"
STEPS = 5
GRADES = frozenset("123456")
HELPS = ("got", "late", "not_got", "not_needed")


def kind(form: Form, question: Question) -> Kind | NotReported:
    """The kind of figures that a question gives, or the reason why there are none."""
    if question.block == domains.CIRCUMSTANCES:
        return "mix"
    match question:
        case Rating(scale=name):
            kind_of_scale = _of_scale(name, form.scales[name])
            return kind_of_scale or NotReported(question_id=question.id, reason="scale")
        case Choice(most=1):
            return "declared"
        case Choice() | Number() | Ladder() | Day():
            return NotReported(question_id=question.id, reason="type")
        case Text():
            return "comments"
        case Note():
            return "nothing"
        case _:
            assert_never(question)


def _of_scale(name: str, scale: Scale) -> Kind | None:
    """The kind of figures on a scale; None where charts and tables have no words for its steps."""
    match scale.kind:
        case "agreement":
            return "statement" if name == AGREEMENT and len(scale.codes) == STEPS else None
        case "grade":
            return "grade" if name == GRADE and set(scale.codes) == GRADES else None
        case "help":
            return "help" if name == HELP and scale.codes == HELPS else None
        case _:
            assert_never(scale.kind)


def not_reported(form: Form) -> tuple[NotReported, ...]:
    """The questions of a form that no report has a figure for, in the order of the form."""
    kinds = (kind(form, question) for question in form.questions)
    return tuple(found for found in kinds if isinstance(found, NotReported))


def not_reported_without_code(form: Form) -> tuple[NotReported, ...]:
    """The questions that have no figure where people answered without a code."""
    left_out = []
    for question in form.questions:
        known = kind(form, question)
        if isinstance(known, NotReported):
            left_out.append(known)
        elif known in ("help", "comments"):
            left_out.append(NotReported(question_id=question.id, reason="without-code"))
    return tuple(left_out)
