"""Rows of what recipients leave behind: only keyed digests and sealed bytes, no running number, and
no time but the week in which what somebody shows is handed over.
"""

from datetime import date

from msgspec import Struct


class Invitation(Struct, frozen=True, kw_only=True):
    """`code_hash` = HMAC(K_code, sha256(code)); `ticket` opens to pseudonym, unit, cell for the
    evaluator.
    """

    code_hash: bytes
    wave_id: str
    ticket: bytes


class Response(Struct, frozen=True, kw_only=True):
    """One domain of one submission; `handle` and `body` are empty after an erasure."""

    wave_id: str
    domain: str
    mark: bytes
    handle: bytes
    body: bytes


class FreeText(Struct, frozen=True, kw_only=True):
    """One text box of one submission, sealed; written for empty boxes too, all of one length."""

    wave_id: str
    handle: bytes
    body: bytes


class Draft(Struct, frozen=True, kw_only=True):
    """An unfinished questionnaire under its session's key; `version` is drawn anew by each save."""

    draft_key: bytes
    wave_id: str
    version: int
    body: bytes


class Release(Struct, frozen=True, kw_only=True):
    """One releasable block of one submission, sealed; written for what nobody is to see too.

    Args:
        slot_on: the one time on a recipient's row: the Monday of a whole week's releases
    """

    handle: bytes
    wave_id: str
    block: str
    slot_on: date
    body: bytes


class Closing(Struct, frozen=True, kw_only=True):
    """The evaluator's record at a wave's close: people invited, and the marks of all answers."""

    wave_id: str
    invited: bytes
    noted: bytes
