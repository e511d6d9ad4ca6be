"""Handles: how a code finds the rows made with it, to delete them.

A handle is a digest of the session secret and of what it finds, a different one for every row, so
that the rows of one person do not know each other. Threat: whoever holds the disk cannot group
rows; whoever holds a code can delete with it and never read.
"""

from survey.linkage.drafts import Session
from survey.linkage.primitives import keyed


def handle(handle_key: bytes, session: Session, finds: str) -> bytes:
    """The handle of one domain or text box of this session, 32 bytes."""
    return keyed(handle_key, "handle", session.secret, finds)
