"""What lists say of a frozen report, decoded without the rest of its snapshot."""

import msgspec
from msgspec import Struct


class Response(Struct, frozen=True, kw_only=True):
    """How many answered; None where the rate is not shown."""

    answered: int | None = None


class Uncoded(Struct, frozen=True, kw_only=True):
    """A wave without codes that is a chapter of the report."""

    wave_id: str


class Head(Struct, frozen=True, kw_only=True):
    """The parts of `survey.model.snapshots.Snapshot` with the same names."""

    response: Response
    uncoded: tuple[Uncoded, ...] = ()


_decoder = msgspec.json.Decoder(Head)


def read(stored: str) -> Head:
    """The head of a stored snapshot; a page with all waves reads one of each."""
    return _decoder.decode(stored)
