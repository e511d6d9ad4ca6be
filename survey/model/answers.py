"""A person's answer to one question. A question that is absent was not answered.

Encoded as short arrays (`["c", ["4"]]`), because bodies are padded to the longest possible answer;
kept out of the garbage collector, because a report holds hundreds of thousands of them.
"""

from datetime import date
from typing import TypeAlias

from msgspec import Struct


class Chosen(
    Struct,
    frozen=True,
    kw_only=True,
    tag="c",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """One or more codes, in the order of the form."""

    codes: tuple[str, ...]


class Quantity(
    Struct,
    frozen=True,
    kw_only=True,
    tag="q",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """A number or a step of a ladder."""

    value: int


class OnDay(
    Struct,
    frozen=True,
    kw_only=True,
    tag="d",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """A calendar day."""

    day: date


class Written(
    Struct,
    frozen=True,
    kw_only=True,
    tag="w",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """Words of one's own, and whether they may be quoted as they are."""

    text: str
    quotable: bool = False


class Declined(
    Struct,
    frozen=True,
    kw_only=True,
    tag="no",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """The person chose not to say (a valid answer, counted apart)."""


class NotApplicable(
    Struct,
    frozen=True,
    kw_only=True,
    tag="na",
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """The question does not fit the person (a valid answer, counted apart)."""


class Unread(
    Struct,
    frozen=True,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """Input that cannot be read, kept unchanged until it is corrected; it is no answer.

    Args:
        fault: key of what is wrong with it
        typed: what stood in the field
        ticked: the codes that were ticked
    """

    fault: str
    typed: str = ""
    ticked: tuple[str, ...] = ()


Answer: TypeAlias = Chosen | Quantity | OnDay | Written | Declined | NotApplicable
Answers: TypeAlias = dict[str, Answer]
