"""Handles: how a code finds the rows made with it, to delete them.

A handle is a digest of the session secret and of what it finds, a different one for every row, so
that the rows of one person do not know each other. Threat: whoever holds the disk cannot group
rows; whoever holds a code can delete with it and never read.
"""

from survey.linkage.drafts import Session
from survey.linkage.primitives import keyed

# How the names of releases begin.
RELEASE = "release "


def answers(domain: str) -> str:
    """The name of the answers of a domain, given by its label."""
    return f"answers {domain}"


def text(question_id: str) -> str:
    """The name of the free text to a question."""
    return f"text {question_id}"


def release(block: str) -> str:
    """The name of the release of a block."""
    return f"{RELEASE}{block}"


def handle(handle_key: bytes, session: Session, finds: str) -> bytes:
    """The handle of what is found by this name in this session, 32 bytes."""
    return keyed(handle_key, "handle", session.secret, finds)
