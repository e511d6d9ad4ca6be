"""The connector as the survey server meets it: its keys, its samples, its word about prints."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from survey.linkage import codes, envelopes, keys, pseudonyms
from survey.model.exchange import (
    Batch,
    Envelope,
    InvitedCell,
    InvitedCode,
    InvitedUnit,
    PrintDestroyed,
)
from survey.store.exchange import Connector as Trusted

TEAM = {"u1": "Team Nord"}


class Connector(Struct, frozen=True):
    """One with the keys of this folder."""

    directory: Path
    connector_id: str = "haus"

    @property
    def trusted(self) -> Trusted:
        """The public half of its keys, as a server knows it."""
        return Trusted(
            connector_id=self.connector_id,
            signature_key=keys.signing_pair(self.directory).public,
            exchange_key=keys.sealing_pair(self.directory).public,
        )

    def sign(self, purpose: bytes, *parts: bytes | str) -> bytes:
        """Its signature under these parts."""
        return envelopes.sign(keys.signing_pair(self.directory).private, purpose, *parts)

    def envelope(self, evaluator_key: bytes, batch: Batch) -> Envelope:
        """A sample, sealed to this evaluator and signed."""
        sealed = envelopes.seal(evaluator_key, envelopes.PUSH, msgspec.msgpack.encode(batch))
        parts = (self.connector_id, batch.batch_id, batch.wave_id, sealed)
        return Envelope(
            connector_id=self.connector_id,
            batch_id=batch.batch_id,
            wave_id=batch.wave_id,
            sealed=sealed,
            signature=self.sign(envelopes.PUSH, *parts),
        )

    def destroyed(self, wave_id: str, *, letters: int) -> PrintDestroyed:
        """Its word that the codes of a wave can be made no more."""
        parts = (self.connector_id, wave_id, str(letters))
        return PrintDestroyed(
            connector_id=self.connector_id,
            wave_id=wave_id,
            letters=letters,
            signature=self.sign(envelopes.PRINTS, *parts),
        )


def made(directory: Path, connector_id: str = "haus") -> Connector:
    """A connector with new keys in this folder."""
    keys.create(directory, keys.CONNECTOR)
    return Connector(directory, connector_id)


def printed(letters: int) -> list[str]:
    """The codes of a print run."""
    print_key = secrets.token_bytes(32)
    return [codes.derive(print_key, number) for number in range(letters)]


def batch(
    wave_id: str,
    codes_printed: Sequence[str],
    *,
    batch_id: str = "b1",
    units: Mapping[str, str] = TEAM,
) -> Batch:
    """A sample with these codes, spread over the units in equal parts, one after the other."""
    ids = list(units)
    size = -(-len(codes_printed) // len(ids))
    unit_of = [ids[place // size] for place in range(len(codes_printed))]
    return Batch(
        batch_id=batch_id,
        wave_id=wave_id,
        units=tuple(InvitedUnit(unit_id=unit, label=label) for unit, label in units.items()),
        cells=tuple(
            InvitedCell(unit_id=unit, cell="all", invited=unit_of.count(unit)) for unit in ids
        ),
        codes=tuple(
            InvitedCode(
                code_digest=codes.digest(code),
                pseudonym=pseudonyms.fresh(),
                unit_id=unit,
                cell="all",
            )
            for code, unit in zip(codes_printed, unit_of, strict=True)
        ),
    )
