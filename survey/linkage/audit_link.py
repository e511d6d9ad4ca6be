"""The audit chain: every entry holds the digest of the one before it.

Threat: someone with write access to the database takes an entry out or changes it; the digests
after it no longer fit. It does not protect against replacing the whole chain: therefore the last
digest is shown on the oversight page and printed in the protocol.
"""

import hashlib

from survey.linkage.primitives import framed

START = bytes(32)


def link(before: bytes, entry: bytes) -> bytes:
    """Digest of this entry and all before it, 32 bytes."""
    return hashlib.sha256(framed("audit", before, entry)).digest()
