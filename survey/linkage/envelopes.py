"""Messages between the zones: sealed by HPKE (RFC 9180), signed by Ed25519 (RFC 8032).

Sealing and signing are done on the message itself because municipal proxies break TLS open.
`purpose` binds a message to its use, so that one kind can never be passed off as another. Threat:
whoever sits on the line or owns the server's disk reads no pseudonym, and nobody without the
connector's key invites.
"""

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from survey.errors import NotSealedForUs
from survey.linkage.primitives import framed

# What a message is for; the number changes when its meaning does.
PUSH = b"resonanz push 1"
PRINTS = b"resonanz prints 1"
PULL = b"resonanz pull 1"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(public_key: bytes, purpose: bytes, message: bytes) -> bytes:
    """`message` for the holder of the private half of `public_key` (raw, 32 bytes) alone."""
    return _SUITE.encrypt(message, X25519PublicKey.from_public_bytes(public_key), purpose)


def open_sealed(private_key: bytes, purpose: bytes, sealed: bytes) -> bytes:
    """The message again.

    Raises:
        NotSealedForUs: sealed to another key, for another purpose, or changed on the way
    """
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private_key), purpose)
    except (InvalidTag, ValueError) as error:
        raise NotSealedForUs() from error


def sign(private_key: bytes, purpose: bytes, *parts: bytes | str) -> bytes:
    """Signature over the framed parts, 64 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return key.sign(framed(purpose, *parts))


def verify(public_key: bytes, purpose: bytes, signature: bytes, *parts: bytes | str) -> None:
    """Give nothing when the signature is right.

    Raises:
        NotSealedForUs: it is not
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, framed(purpose, *parts))
    except (InvalidSignature, ValueError) as error:
        raise NotSealedForUs() from error
