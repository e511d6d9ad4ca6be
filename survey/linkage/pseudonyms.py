"""The connector's side: pseudonyms, and case numbers that can be looked up and shown but not read.

A pseudonym is 128 random bits per programme and episode: unlike a keyed hash it can be forgotten
for one person alone, and nobody can compute it. The case number lies beside it twice: as a keyed
digest to look it up, and sealed to show it to its case manager. Threat: a copy of the connector's
database without its key directory names nobody, not even by trying all 2.6 * 10^10 client numbers,
and reads nothing of what people showed their case manager.
"""

import secrets

from survey.linkage.primitives import keyed, padded, seal, unpadded, unseal

# Bytes; a released block is some hundred.
_STEP = 2048


def fresh() -> bytes:
    """A new pseudonym, 16 random bytes."""
    return secrets.token_bytes(16)


def index(index_key: bytes, kind: str, value: str) -> bytes:
    """Lookup index of a case number or person, 32 bytes; `kind` keeps the two apart."""
    return keyed(index_key, "index", kind, value)


def seal_case(case_key: bytes, case_ref: str) -> bytes:
    """The case number, for nobody without `case_key`; always of one length up to 60 bytes."""
    return seal(case_key, case_ref.encode().ljust(60, b"\0"), "case")


def open_case(case_key: bytes, sealed: bytes) -> str:
    """The case number again.

    Raises:
        NotSealedForUs: another key or a changed byte
    """
    return unseal(case_key, sealed, "case").rstrip(b"\0").decode()


def seal_words(case_key: bytes, case_index: bytes, release_id: str, words: bytes) -> bytes:
    """Released words at rest, bound to their case; of few lengths, so that a copy tells little."""
    filled = padded(words, -(-(len(words) + 4) // _STEP) * _STEP)
    return seal(case_key, filled, "words", case_index, release_id)


def open_words(case_key: bytes, case_index: bytes, release_id: str, sealed: bytes) -> bytes:
    """The words again.

    Raises:
        NotSealedForUs: another key, case or release, or a changed byte
    """
    return unpadded(unseal(case_key, sealed, "words", case_index, release_id))
