"""Releases: what a person shows her case manager, from her phone to the connector.

Three wrappings, so that nobody on the way has both who and what: until the slot the evaluator's
K_pair lies around pseudonym and the server's inner layer; at the slot the server seals the words to
the connector (the box), and the evaluator seals pseudonym and box to it once more. Threat: the
server's disk or operator learns what is shown but not by whom, the evaluator learns by whom but not
what, and only the connector's key opens both. Every row has one length, empty ones too.
"""

from datetime import date

import msgspec
from msgspec import Struct

from survey.linkage import envelopes
from survey.linkage.primitives import seal, unseal

RELEASE = b"resonanz release 1"
BOX = b"resonanz release box 1"
_PSEUDONYM = 16


class Loosened(Struct, frozen=True, kw_only=True):
    """A held release between evaluator and server: whose it is, sealed; what it says, inner."""

    seat: bytes
    inner: bytes


class Addressed(Struct, frozen=True, kw_only=True, array_like=True):
    """A release as the connector opens it: pseudonym, wave, block, and the box.

    Args:
        from_on, until: first and last day on which it may be seen; None in one that was sealed
            before these stood inside. A connector of that time passes over them.
    """

    pseudonym: bytes
    wave_id: str
    block: str
    box: bytes
    from_on: date | None = None
    until: date | None = None


_decoder = msgspec.msgpack.Decoder(Addressed)


def seal_held(pair_key: bytes, wave_id: str, block: str, pseudonym: bytes, inner: bytes) -> bytes:
    """A release as it waits for its slot."""
    return seal(pair_key, pseudonym + inner, "release", wave_id, block)


def open_held(pair_key: bytes, wave_id: str, block: str, body: bytes) -> Loosened:
    """A held release, opened for the server without telling it whose.

    Raises:
        NotSealedForUs: another wave, block or key, or a changed byte
    """
    plain = unseal(pair_key, body, "release", wave_id, block)
    seat = seal(pair_key, plain[:_PSEUDONYM], "release seat", wave_id, block)
    return Loosened(seat=seat, inner=plain[_PSEUDONYM:])


def box(exchange_key: bytes, words: bytes) -> bytes:
    """The words for the connector alone; made by the server, which does not know whose."""
    return envelopes.seal(exchange_key, BOX, words)


def seal_for_connector(
    pair_key: bytes,
    wave_id: str,
    block: str,
    *,
    seat: bytes,
    boxed: bytes,
    days: tuple[date, date],
    exchange_key: bytes,
) -> bytes:
    """The box with its pseudonym and its days for the connector alone; made by the evaluator.

    Args:
        days: first and last on which it may be seen

    Raises:
        NotSealedForUs: the seat is of another wave or block
    """
    pseudonym = unseal(pair_key, seat, "release seat", wave_id, block)
    addressed = Addressed(
        pseudonym=pseudonym,
        wave_id=wave_id,
        block=block,
        box=boxed,
        from_on=days[0],
        until=days[1],
    )
    return envelopes.seal(exchange_key, RELEASE, msgspec.msgpack.encode(addressed))


def open_addressed(private_key: bytes, sealed: bytes) -> tuple[Addressed, bytes]:
    """In the connector: whose release this is, and its words.

    Raises:
        NotSealedForUs: sealed to another key or changed on the way
    """
    addressed = _decoder.decode(envelopes.open_sealed(private_key, RELEASE, sealed))
    return addressed, envelopes.open_sealed(private_key, BOX, addressed.box)
