"""The border between the zones: every message that crosses it, and nothing else does.

The survey server refuses unknown fields, so that a later connector cannot tell it more by accident.
A connector passes over fields it does not know: a later server may say more.
"""

from datetime import date
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from survey.model.assurances import Assurances
from survey.model.programmes import Level
from survey.model.waves import State

# Ids become names of folders and cross the border: what one side lets in, the other must read.
Id: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]


class LetterFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts printed on a letter: who asks, who could look, which law holds; as in the programme.

    Args:
        assured: the facts that sentences about reading and deleting follow from; a connector that
            does not ask for them is of a version that would refuse an offer with them
    """

    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    legal_basis: str
    privacy_officer: str
    complaint: str
    k: int
    assured: Assurances | None = None


class WaveOffer(Struct, frozen=True, kw_only=True):
    """A wave as the connector sees it; `evaluator_key` is the public HPKE key, raw.

    Args:
        ended: its programme is over; whatever leads from a case to its pseudonym must be deleted
    """

    programme_id: Id
    programme_title: str
    level: Level
    wave_id: Id
    number: int
    form_id: str
    opens_on: date
    closes_on: date
    state: State
    k_up: int
    evaluator_key: bytes
    told: LetterFacts | None = None  # without it no letters are printed
    ended: bool = False


class InvitedUnit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reporting unit with the words printed for it."""

    unit_id: Id
    label: Annotated[str, Meta(max_length=80)]


class InvitedCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Counts of one unit and cell."""

    unit_id: Id
    cell: Id
    invited: Annotated[int, Meta(ge=1)]


class InvitedCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One letter: sha256 of its code, the pseudonym it stands for, where it is counted."""

    code_digest: Annotated[bytes, Meta(min_length=32, max_length=32)]
    pseudonym: Annotated[bytes, Meta(min_length=16, max_length=16)]
    unit_id: Id
    cell: Id


class Batch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Content of a push, sealed to the evaluator.

    Args:
        replaces: letters for lost ones; no server takes any, and every connector says so
    """

    batch_id: Id
    wave_id: Id
    units: tuple[InvitedUnit, ...]
    cells: tuple[InvitedCell, ...]
    codes: tuple[InvitedCode, ...]
    replaces: bool = False


class Envelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Signed by the connector: signature over purpose ‖ connector ‖ batch_id ‖ wave_id ‖ sealed."""

    connector_id: Id
    batch_id: Id
    wave_id: Id
    sealed: bytes
    signature: bytes


class PrintDestroyed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The connector's word, signed, that it can no longer compute the wave's codes."""

    connector_id: Id
    wave_id: Id
    letters: int
    signature: bytes


class Receipt(Struct, frozen=True, kw_only=True):
    """The server's receipt for a batch; `again` when it had the batch already."""

    batch_id: Id
    invitations: int
    again: bool = False


class ReleasedLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question and its answer in German, exactly as the preview showed them."""

    question: str
    answer: str


class ReleasedBlock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Content of a release's box: one block, as the person saw it before she ticked it."""

    title: str
    lines: tuple[ReleasedLine, ...]


class PullRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Signed by the connector: signature over purpose ‖ connector ‖ nonce (16 random bytes)."""

    connector_id: Id
    nonce: Annotated[bytes, Meta(min_length=16, max_length=16)]
    signature: bytes


class HeldRelease(Struct, frozen=True, kw_only=True):
    """A release that is to be seen from `from_on` until `until`, both included.

    Args:
        from_on, until: for connectors that do not look for them in the sealed box
        release_id: digest of the row's handle; what a later pull no longer lists is to be removed
        sealed_to: public key it is sealed to, raw; another than the connector's cannot be opened
    """

    release_id: Id
    programme_id: Id
    wave_id: Id
    from_on: date
    until: date
    sealed_to: bytes
    sealed: bytes


class PublishedReport(Struct, frozen=True, kw_only=True):
    """A frozen snapshot (`survey.model.snapshots.text`) and the day it was frozen."""

    programme_id: Id
    wave_id: Id
    report: str
    frozen_on: date
    body: str


class Pull(Struct, frozen=True, kw_only=True):
    """Everything a connector may hold at this moment: all live releases, all published reports."""

    releases: tuple[HeldRelease, ...]
    reports: tuple[PublishedReport, ...]
