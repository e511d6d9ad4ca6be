"""The head of a frozen report, for lists, decoded without the rest of its snapshot."""

import msgspec
from msgspec import Struct, field

from survey.model.estimates import Figure


class Response(Struct, frozen=True, kw_only=True):
    """How many answered, and the response rate; None where it is not shown or not reported."""

    answered: int | None = None
    rate: Figure | None = None


class WithoutCode(Struct, frozen=True, kw_only=True):
    """A wave without codes that is a chapter of the report."""

    wave_id: str


class Head(Struct, frozen=True, kw_only=True):
    """The parts of a snapshot with the same names; a report that has none of them is silent."""

    response: Response = Response()
    without_code: tuple[WithoutCode, ...] = field(default=(), name="uncoded")


_decoder = msgspec.json.Decoder(Head)


def read(stored: str) -> Head:
    """The head of a stored snapshot; a page with all waves reads one of each."""
    return _decoder.decode(stored)
