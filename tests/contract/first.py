"""The border as its first version knew it: what connectors and servers out there may still speak.

Copied, not imported, so that no change of today's structs can change it along. It refuses every
field it does not know.
"""

import secrets
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from survey.linkage import envelopes, keys

PUSH, PRINTS, PULL = b"resonanz push 1", b"resonanz prints 1", b"resonanz pull 1"
RELEASE, BOX = b"resonanz release 1", b"resonanz release box 1"


class Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    legal_basis: str
    privacy_officer: str
    complaint: str
    k: int


class WaveOffer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    programme_id: str
    programme_title: str
    level: Literal["anonymous", "linked", "released"]
    wave_id: str
    number: int
    form_id: str
    opens_on: date
    closes_on: date
    state: Literal["planned", "sampled", "open", "closed"]
    k_up: int
    evaluator_key: bytes
    told: Told | None = None
    ended: bool = False


class InvitedUnit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit_id: str
    label: str


class InvitedCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit_id: str
    cell: str
    invited: int


class InvitedCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code_digest: bytes
    pseudonym: bytes
    unit_id: str
    cell: str


class Batch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    batch_id: str
    wave_id: str
    units: tuple[InvitedUnit, ...]
    cells: tuple[InvitedCell, ...]
    codes: tuple[InvitedCode, ...]
    replaces: bool = False


class Envelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    connector_id: str
    batch_id: str
    wave_id: str
    sealed: bytes
    signature: bytes


class PrintDestroyed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    connector_id: str
    wave_id: str
    letters: int
    signature: bytes


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    batch_id: str
    invitations: int
    again: bool = False


class ReleasedLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    question: str
    answer: str


class ReleasedBlock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    lines: tuple[ReleasedLine, ...]


class PullRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    connector_id: str
    nonce: bytes
    signature: bytes


class HeldRelease(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    release_id: str
    programme_id: str
    wave_id: str
    from_on: date
    until: date
    sealed_to: bytes
    sealed: bytes


class PublishedReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    programme_id: str
    wave_id: str
    report: str
    frozen_on: date
    body: str


class Pull(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    releases: tuple[HeldRelease, ...]
    reports: tuple[PublishedReport, ...]


class Addressed(Struct, frozen=True, kw_only=True, array_like=True):
    pseudonym: bytes
    wave_id: str
    block: str
    box: bytes


class Connector(Struct, frozen=True):
    """One of that time, with the keys of this directory."""

    connector_id: str
    directory: Path

    def _signed(self, purpose: bytes, *parts: bytes | str) -> bytes:
        private = keys.signing_pair(self.directory).private
        return envelopes.sign(private, purpose, self.connector_id, *parts)

    def push(self, batch: Batch, evaluator_key: bytes) -> bytes:
        sealed = envelopes.seal(evaluator_key, PUSH, msgspec.msgpack.encode(batch))
        envelope = Envelope(
            connector_id=self.connector_id,
            batch_id=batch.batch_id,
            wave_id=batch.wave_id,
            sealed=sealed,
            signature=self._signed(PUSH, batch.batch_id, batch.wave_id, sealed),
        )
        return msgspec.json.encode(envelope)

    def destroyed(self, wave_id: str, letters: int) -> bytes:
        word = PrintDestroyed(
            connector_id=self.connector_id,
            wave_id=wave_id,
            letters=letters,
            signature=self._signed(PRINTS, wave_id, str(letters)),
        )
        return msgspec.json.encode(word)

    def pull(self) -> bytes:
        nonce = secrets.token_bytes(16)
        request = PullRequest(
            connector_id=self.connector_id, nonce=nonce, signature=self._signed(PULL, nonce)
        )
        return msgspec.json.encode(request)

    def read(self, held: HeldRelease) -> tuple[Addressed, ReleasedBlock]:
        private = keys.sealing_pair(self.directory).private
        opened = envelopes.open_sealed(private, RELEASE, held.sealed)
        addressed = msgspec.msgpack.decode(opened, type=Addressed)
        words = envelopes.open_sealed(private, BOX, addressed.box)
        return addressed, msgspec.json.decode(words, type=ReleasedBlock)
