"""State of one question for one person: her answer or unread input, as a page shows it."""

from typing import assert_never

from msgspec import Struct

from survey.form import options
from survey.model.answers import (
    Answer,
    Chosen,
    Declined,
    NotApplicable,
    OnDay,
    Quantity,
    Written,
)
from survey.model.form import ReservedCodes


class State(Struct, frozen=True, kw_only=True):
    """The answer to a question so far, or the input that could not be read.

    Args:
        answer: to be shown; None for none, and for one given on another device (`elsewhere`)
        fault: key of why what was sent could not be read; it is shown again as it was
        typed: what was sent from the field, if it is one to type in
        ticked: the codes that were sent
    """

    answer: Answer | None = None
    elsewhere: bool = False
    fault: str = ""
    typed: str = ""
    ticked: tuple[str, ...] = ()


def chosen(state: State, reserved: ReservedCodes) -> tuple[str, ...]:
    """The codes that are ticked on the page, as a browser posts them."""
    if state.fault:
        return state.ticked
    match state.answer:
        case Chosen(codes=codes):
            return codes
        case Quantity(value=value):
            return (str(value),)
        case Declined():
            return (reserved.declined,)
        case NotApplicable():
            return (reserved.not_applicable,)
        case Written(quotable=quotable):
            return (options.QUOTE,) if quotable else ()
        case OnDay() | None:
            return ()
        case _:
            assert_never(state.answer)


def typed(state: State) -> str:
    """What stands in the field: what was sent and not understood, else the answer."""
    if state.fault:
        return state.typed
    match state.answer:
        case Quantity(value=value):
            return str(value)
        case OnDay(day=day):
            return f"{day.day}.{day.month}.{day.year}"
        case Written(text=text):
            return text
        case Chosen() | Declined() | NotApplicable() | None:
            return ""
        case _:
            assert_never(state.answer)
