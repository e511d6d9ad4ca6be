"""Session tokens of staff: random, known to the browser alone.

Threat: a copy of the database is used to take over a session that is still running. The table holds
the digest of a token of 256 random bits; who has the digest has no session. The tag that every form
of a session carries is another digest of the same token, and tells neither.
"""

import hashlib
import secrets

from survey.linkage.primitives import keyed

LENGTH = 43


def fresh() -> str:
    """A token nobody had before, LENGTH characters that a cookie may hold."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Digest of a token, as the table stores it, 32 bytes."""
    return hashlib.sha256(token.encode("utf-8")).digest()


def form_tag(token: str) -> str:
    """CSRF tag in the forms of this session, 64 hexadecimal digits."""
    return keyed(digest(token), "form", token).hex()
