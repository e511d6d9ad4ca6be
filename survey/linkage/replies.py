"""Replies of the exchange: signed by the server over what one connector asked just now.

Municipal proxies break TLS open, so whoever sits on the line could answer in the server's place, or
play an old answer again: what a person has taken back would be shown once more. The signature
covers the asker's random nonce, what was asked, and the whole reply; the connector knows the
server's key by its fingerprint. It does not protect against the server itself.
"""

import hashlib
import secrets

from msgspec import Struct

from survey.errors import NotSealedForUs
from survey.linkage import envelopes
from survey.linkage.keys import Pair

# What a message is for; the number changes when its meaning does.
REPLY = b"resonanz reply 1"
_NONCE = 16
# Header fields: what is asked with, and what stands in the reply to it.
NONCE, KEY, SIGNATURE = "resonanz-nonce", "resonanz-key", "resonanz-signature"


class SignedRequest(Struct, frozen=True, kw_only=True):
    """One request.

    Args:
        path: with its query, without the server's name
        digest: SHA-256 of what was sent
    """

    method: str
    path: str
    nonce: str
    digest: bytes


class SignedReply(Struct, frozen=True, kw_only=True):
    """The reply to it."""

    status: int
    body: bytes


def asked(method: str, path: str, nonce: str, body: bytes = b"") -> SignedRequest:
    """This request with this body."""
    digest = hashlib.sha256(body).digest()
    return SignedRequest(method=method, path=path, nonce=nonce, digest=digest)


def nonce() -> str:
    """A number nobody had before, for one request."""
    return secrets.token_hex(_NONCE)


def is_nonce(sent: str) -> bool:
    """Whether a reply can be signed over it: the right length, hexadecimal."""
    return len(sent) == 2 * _NONCE and all(sign in "0123456789abcdef" for sign in sent)


def sign(pair: Pair, to: SignedRequest, reply: SignedReply) -> dict[str, str]:
    """The header fields that go with a reply."""
    signature = envelopes.sign(pair.private, REPLY, *_parts(to, reply))
    return {KEY: pair.public.hex(), SIGNATURE: signature.hex()}


def verify(public_key: bytes, signature: str, to: SignedRequest, reply: SignedReply) -> None:
    """Give nothing when the holder of this key said this to exactly this request.

    Raises:
        NotSealedForUs: it was said by somebody else, to somebody else, earlier, or changed
    """
    try:
        raw = bytes.fromhex(signature)
    except ValueError as error:
        raise NotSealedForUs() from error
    envelopes.verify(public_key, REPLY, raw, *_parts(to, reply))


def _parts(to: SignedRequest, reply: SignedReply) -> tuple[bytes | str, ...]:
    return (
        to.method,
        to.path,
        to.nonce,
        to.digest,
        str(reply.status),
        hashlib.sha256(reply.body).digest(),
    )
