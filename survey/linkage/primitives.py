"""The few primitives everything here is composed of; nothing outside `survey.linkage` uses them.

HMAC-SHA-256 from the standard library, ChaCha20-Poly1305 from `cryptography`. Parts are framed with
their lengths before they are hashed, so that ("ab", "c") and ("a", "bc") never meet. Nonces are
random (96 bit): with fewer than 2^32 messages under one key a repetition is less likely than 2^-32
(NIST SP 800-38D, 8.3), and a programme writes some millions.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from survey.errors import NotSealedForUs

KEY = 32
NONCE = 12
OVERHEAD = NONCE + 16
# Before padded bytes: how many there are.
HEAD = 4


def fresh_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY)


def framed(*parts: bytes | str) -> bytes:
    """The parts, each behind its length in four bytes."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def keyed(key: bytes, *parts: bytes | str) -> bytes:
    """HMAC-SHA-256 of the framed parts, 32 bytes."""
    return hmac.digest(key, framed(*parts), "sha256")


def seal(key: bytes, plain: bytes, *bound: bytes | str) -> bytes:
    """Encrypt and bind to `bound`: nonce ‖ ciphertext ‖ tag, OVERHEAD bytes longer than `plain`."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, framed(*bound))


def unseal(key: bytes, sealed: bytes, *bound: bytes | str) -> bytes:
    """The plain bytes.

    Raises:
        NotSealedForUs: another key, other bound parts, or a changed byte
    """
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE], sealed[NONCE:], framed(*bound))
    except (InvalidTag, ValueError) as error:
        raise NotSealedForUs() from error


def padded(plain: bytes, length: int) -> bytes:
    """`plain` behind its length, filled with zeros to exactly `length` bytes.

    The length of a sealed thing must not tell what was answered.

    Raises:
        ValueError: `plain` needs more room
    """
    if len(plain) + HEAD > length:
        raise ValueError(f"{len(plain)} bytes do not fit into {length}")
    return (len(plain).to_bytes(HEAD, "big") + plain).ljust(length, b"\0")


def unpadded(filled: bytes) -> bytes:
    """Removes the padding of `padded`."""
    return filled[HEAD : HEAD + int.from_bytes(filled[:HEAD], "big")]
