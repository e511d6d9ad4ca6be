"""Passwords of staff accounts: argon2id, second recommended option of RFC 9106 (section 4).

Three passes over 64 MiB in four lanes, a salt of 16 bytes, 32 bytes kept. Threat: someone reads the
account table out of a backup and tries passwords at leisure; every try costs memory that graphics
cards do not have thousandfold. And: someone asks the login page who works here; an unknown login
costs the same work as a wrong password. It does not protect against a password that its owner used
elsewhere, nor against a false page that asks for it.

At most two are worked out at a time: forty people (or one machine) logging in at once must not take
forty times 64 MiB away from those who are answering.
"""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

LEAST = 12
MOST = 200

# Of a password that nobody kept: what an unknown login is compared with.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$"
    "lJRVt9tzA0mFcr2vly2ZsA$F4snRFC59Lkx46SauUjFQuGfazXVM/cA3QVnMPAy6MQ"
)
# Too few to be a dictionary: what fits the length and is tried first in offices like ours.
_TRIED_FIRST = (
    "passwort",
    "password",
    "kennwort",
    "jobcenter",
    "resonanz",
    "arbeitsagentur",
    "willkommen",
    "geheim",
    "sommer",
    "winter",
    "qwertz",
    "qwerty",
    "abcdefgh",
    "0123456789",
    "1234567890",
)

# Without signs that look alike in print; 5 bits each, so that 20 of them are 100 bits.
_SIGNS = "abcdefghijkmnopqrstuvwxyz2345678"

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_room = threading.BoundedSemaphore(2)


def generate() -> str:
    """A password of 100 random bits that can be read out and typed, `xxxxx-xxxxx-xxxxx-xxxxx`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(20))
    return "-".join(signs[start : start + 5] for start in range(0, 20, 5))


def halves(plain: str) -> tuple[str, str]:
    """A generated password in two parts of 50 bits, for two people to hand over."""
    middle = len(plain) // 2
    return plain[:middle], plain[middle + 1 :]


def make(plain: str) -> str:
    """Stored form of a password: algorithm, parameters, salt and digest in one line of ASCII."""
    with _room:
        return _hasher.hash(_composed(plain))


def fits(stored: str | None, plain: str) -> bool:
    """Whether `plain` is the password; None (no such login) costs the same and never fits."""
    with _room:
        try:
            return _hasher.verify(stored or _NOBODY, _composed(plain)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def stale(stored: str) -> bool:
    """True when it was made with other parameters than today's: make it anew at the next login."""
    return _hasher.check_needs_rehash(stored)


def weak(plain: str) -> str | None:
    """Why nobody should take this password, as the key of a sentence; None when it will do.

    Length is what counts (NIST SP 800-63B, 5.1.1.2): no rule about digits and symbols, no change
    by calendar.
    """
    composed = _composed(plain)
    if len(composed) < LEAST:
        return "password-short"
    if len(composed) > MOST:
        return "password-long"
    if len(set(composed)) < 5 or _mostly_tried_first(composed.casefold()):
        return "password-common"
    return None


def _mostly_tried_first(folded: str) -> bool:
    """True when fewer than six signs remain once the usual words are taken out."""
    for word in _TRIED_FIRST:
        folded = folded.replace(word, "")
    return len(folded.strip(" .,!?-_*#+0123456789")) < 6


def _composed(plain: str) -> str:
    """The password in NFC, as ü may arrive as one sign or as u and two dots."""
    return unicodedata.normalize("NFC", plain)
