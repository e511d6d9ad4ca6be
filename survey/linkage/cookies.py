"""Sealed cookies, each for one use, so that none can be passed off as another.

Threat: the next person at the device, or who copies a cookie, must not learn what it stands for:
not the session secret, not the code on a receipt, not the token of a kiosk.
"""

import base64
import binascii
import secrets

from msgspec import Struct

from survey.errors import NotSealedForUs
from survey.linkage.primitives import seal, unseal

# What a kiosk's cookie is for.
DEVICE = "device"
_DIGEST, _BROWSER = 32, 16


class Device(Struct, frozen=True, kw_only=True):
    """Content of a kiosk's cookie: the digest of its token, and this browser."""

    token_hash: bytes
    browser: bytes


def of_device(key: bytes, token_hash: bytes) -> str:
    """A cookie for one browser that was given the token of this digest."""
    return make(key, token_hash + secrets.token_bytes(_BROWSER), DEVICE)


def device(plain: bytes) -> Device:
    """Decodes the content of a kiosk's cookie."""
    return Device(token_hash=plain[:_DIGEST], browser=plain[_DIGEST:])


def make(key: bytes, plain: bytes, *use: bytes | str) -> str:
    """A cookie's value that holds `plain` for this use."""
    return base64.urlsafe_b64encode(seal(key, plain, *use)).decode("ascii")


def read(key: bytes, cookie: str, *use: bytes | str) -> bytes | None:
    """Opens a cookie of `make`; None when it is foreign, of another use, or was changed."""
    try:
        return unseal(key, base64.urlsafe_b64decode(cookie), *use)
    except (binascii.Error, ValueError, NotSealedForUs):
        return None
