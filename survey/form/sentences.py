"""Answers in words: on a page, on a note, and before a case manager."""

from typing import assert_never

from survey.form import options
from survey.language import formats
from survey.model.answers import (
    Answer,
    Chosen,
    Declined,
    NotApplicable,
    OnDay,
    Quantity,
    Written,
)
from survey.model.form import Form, Ladder, Question
from survey.model.wording import Wording


def labels(question: Question, form: Form, wording: Wording) -> dict[str, str]:
    """The words of each code; a step of a ladder keeps its number beside them."""
    said = options.labels(question, form, wording)
    if isinstance(question, Ladder):
        return {code: code if code == text else f"{code} – {text}" for code, text in said.items()}
    return said


def answer(said: Answer, question: Question, form: Form, wording: Wording) -> str:
    """An answer in the words of a language; words of one's own stay as they are."""
    match said:
        case Chosen(codes=codes):
            known = labels(question, form, wording)
            return ", ".join(known[code] for code in codes)
        case Quantity(value=value):
            return labels(question, form, wording).get(str(value), str(value))
        case OnDay(day=day):
            return formats.day(day, wording.language)
        case Written(text=text):
            return text
        case Declined():
            return wording.refused
        case NotApplicable():
            return wording.not_applicable
        case _:
            assert_never(said)
