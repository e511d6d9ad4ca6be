"""The outer layer of answers: the evaluator's half, with their owner and where they are counted.

Around the server's sealed part (`survey.linkage.inner_layer`) lie Q, by which the answers of one
episode in one domain pair over waves, and unit and cell of the invitation, all under K_pair and
bound to wave and mark. Threat: the server with its disk and keys must neither pair two rows nor
find somebody's; rows of a domain have one length, whoever answered what.
"""

import msgspec
from msgspec import Struct

from survey.errors import NotSealedForUs
from survey.linkage.keys import EvaluatorKeys
from survey.linkage.primitives import keyed, padded, seal, unpadded, unseal
from survey.linkage.tickets import Seat

_PAIR = 32
# Room for unit and cell; a ticket, which holds a pseudonym as well, has 192.
_SPOT = 160
# "answer" is the layer from before, which left unit and cell to the inner one.
_BOUND, _BOUND_BEFORE = "answer-2", "answer"
_spot = msgspec.msgpack.Decoder(tuple[str, str])


class Sealed(Struct, frozen=True, kw_only=True):
    """One domain of a submission, ready to be stored."""

    domain: str
    mark: bytes
    body: bytes


class Unwrapped(Struct, frozen=True, kw_only=True, gc=False):
    """Content of the outer layer; unit and cell are None in rows older than these fields."""

    pair: bytes
    unit_id: str | None
    cell: str | None
    inner: bytes


def mark(keys: EvaluatorKeys, seat: Seat, wave_id: str, domain: str) -> bytes:
    """The one mark under which this episode can answer in this wave and domain, 32 bytes."""
    return keyed(keys.link, "mark", domain, wave_id, seat.pseudonym)


def pair(keys: EvaluatorKeys, programme_id: str, domain: str, seat: Seat) -> bytes:
    """Q: the same for an episode in every wave of a domain, 32 bytes."""
    return keyed(keys.link, "pair", programme_id, domain, seat.pseudonym)


def wrap(
    keys: EvaluatorKeys, programme_id: str, wave_id: str, seat: Seat, part: tuple[str, bytes]
) -> Sealed:
    """The outer layer around (domain, inner part)."""
    domain, inner = part
    own = mark(keys, seat, wave_id, domain)
    spot = padded(msgspec.msgpack.encode((seat.unit_id, seat.cell)), _SPOT)
    plain = pair(keys, programme_id, domain, seat) + spot + inner
    return Sealed(domain=domain, mark=own, body=seal(keys.pair, plain, _BOUND, wave_id, own))


def unwrap(keys: EvaluatorKeys, wave_id: str, own: bytes, body: bytes) -> Unwrapped:
    """Opens what `wrap` sealed, for the row with the mark `own`.

    Raises:
        NotSealedForUs: a row of another wave or mark, or changed
    """
    try:
        plain = unseal(keys.pair, body, _BOUND, wave_id, own)
    except NotSealedForUs:
        plain = unseal(keys.pair, body, _BOUND_BEFORE, wave_id, own)
        return Unwrapped(pair=plain[:_PAIR], unit_id=None, cell=None, inner=plain[_PAIR:])
    end = _PAIR + _SPOT
    unit_id, cell = _spot.decode(unpadded(plain[_PAIR:end]))
    return Unwrapped(pair=plain[:_PAIR], unit_id=unit_id, cell=cell, inner=plain[end:])
