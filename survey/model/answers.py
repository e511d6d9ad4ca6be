"""What a person said to one question. A question that is absent was not answered."""

from datetime import date
from typing import TypeAlias

from msgspec import Struct


class Chosen(Struct, frozen=True, kw_only=True, tag="c", forbid_unknown_fields=True):
    """One or more codes, in the order of the form."""

    codes: tuple[str, ...]


class Quantity(Struct, frozen=True, kw_only=True, tag="q", forbid_unknown_fields=True):
    """A number or a step of a ladder."""

    value: int


class OnDay(Struct, frozen=True, kw_only=True, tag="d", forbid_unknown_fields=True):
    """A calendar day."""

    day: date


class Written(Struct, frozen=True, kw_only=True, tag="w", forbid_unknown_fields=True):
    """Words of one's own, and whether they may be quoted as they are."""

    text: str
    quotable: bool = False


class Refused(Struct, frozen=True, kw_only=True, tag="no", forbid_unknown_fields=True):
    """The person chose not to say (a valid answer, counted apart)."""


class NotApplicable(Struct, frozen=True, kw_only=True, tag="na", forbid_unknown_fields=True):
    """The question does not fit the person (a valid answer, counted apart)."""


Answer: TypeAlias = Chosen | Quantity | OnDay | Written | Refused | NotApplicable
Answers: TypeAlias = dict[str, Answer]
