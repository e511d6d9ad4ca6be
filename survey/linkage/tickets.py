"""Tickets: what an invitation opens to, for the evaluator alone.

A ticket holds pseudonym, unit and cell, all of one length, bound to its wave. It stays as it is
when somebody answers, so that two copies of the database from different days do not show who did.
Threat:
the jobcenter knows every pseudonym; with the server's disk and the server's keys it must still not
find the invitation, let alone the answer, of a person.
"""

import msgspec
from msgspec import Struct

from survey.linkage.primitives import padded, seal, unpadded, unseal

LENGTH = 192


class Seat(Struct, frozen=True, kw_only=True, array_like=True):
    """A person invited and where she is counted."""

    pseudonym: bytes
    unit_id: str
    cell: str


_decoder = msgspec.msgpack.Decoder(Seat)


def issue(ticket_key: bytes, wave_id: str, seat: Seat) -> bytes:
    """A ticket of fixed length for this wave."""
    return seal(ticket_key, padded(msgspec.msgpack.encode(seat), LENGTH), "ticket", wave_id)


def inspect(ticket_key: bytes, wave_id: str, ticket: bytes) -> Seat:
    """Opens a ticket.

    Raises:
        NotSealedForUs: another wave, another key, or a changed byte
    """
    return _decoder.decode(unpadded(unseal(ticket_key, ticket, "ticket", wave_id)))
