"""Releases: what people show, one row for each releasable block of a submission, empty ones too."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.rows import Release


class Sealed(Struct, frozen=True, kw_only=True):
    """A release for a connector, with what decides from when until when it may be seen."""

    handle: bytes
    wave_id: str
    programme_id: str
    slot_on: date
    letters_say: date
    sealed_to: bytes
    sealed: bytes


class _Known(Struct, frozen=True):
    known: int


def keep(tx: Transaction, row: Release) -> bool:
    """False when this block of this code is there already."""
    kept = tx.run(
        """
        INSERT INTO release (tenant, handle, wave_id, block, slot_on, body)
        VALUES (:tenant, :handle, :wave_id, :block, :slot_on, :body)
        ON CONFLICT (tenant, handle) DO NOTHING
        """,
        row,
    )
    return kept == 1


def has_handle(tx: Transaction, handle: bytes) -> bool:
    """Whether a release of this handle is there."""
    row = tx.one(
        "SELECT count(*) AS known FROM release WHERE tenant = :tenant AND handle = :handle",
        {"handle": handle},
        into=_Known,
    )
    return row is not None and row.known > 0


def erase(tx: Transaction, handle: bytes) -> bool:
    """Take a release back."""
    erased = tx.run(
        "DELETE FROM release WHERE tenant = :tenant AND handle = :handle", {"handle": handle}
    )
    return erased > 0


def drop(tx: Transaction, handles: Iterable[bytes]) -> int:
    """Delete rows that say nothing; gives how many were there."""
    return tx.many(
        "DELETE FROM release WHERE tenant = :tenant AND handle = :handle",
        ({"handle": handle} for handle in handles),
    )


def drop_wave(tx: Transaction, wave_id: str) -> int:
    """Delete the releases of a wave that are past their end; gives how many there were."""
    return tx.run(
        "DELETE FROM release WHERE tenant = :tenant AND wave_id = :wave_id", {"wave_id": wave_id}
    )


def due(
    tx: Transaction, wave_id: str, today: date, *, key: bytes, after: bytes, most: int
) -> list[Release]:
    """Rows of a wave whose slot has come and that are not sealed to `key`, by random handle.

    Args:
        after: handle of the last row that was seen, empty to begin
    """
    return tx.all(
        """
        SELECT handle, wave_id, block, slot_on, body FROM release
        WHERE tenant = :tenant AND wave_id = :wave_id AND slot_on <= :today AND handle > :after
          AND (sealed_to IS NULL OR sealed_to <> :key)
        ORDER BY handle LIMIT :most
        """,
        {"wave_id": wave_id, "today": today, "key": key, "after": after, "most": most},
        into=Release,
    )


def seal(tx: Transaction, handle: bytes, *, slot_on: date, to: bytes, sealed: bytes) -> bool:
    """Put the connector's copy beside the row; False when it was taken back meanwhile."""
    done = tx.run(
        """
        UPDATE release SET slot_on = :slot_on, sealed_to = :to, sealed = :sealed
        WHERE tenant = :tenant AND handle = :handle
        """,
        {"handle": handle, "slot_on": slot_on, "to": to, "sealed": sealed},
    )
    return done == 1


def sealed(tx: Transaction, today: date) -> list[Sealed]:
    """Every release that a connector may have got by now, by random handle."""
    return tx.all(
        """
        SELECT release.handle, release.wave_id, wave.programme_id, release.slot_on,
               COALESCE(wave.prolonged_from, wave.closes_on) AS letters_say,
               release.sealed_to, release.sealed
        FROM release
        JOIN wave ON wave.tenant = release.tenant AND wave.wave_id = release.wave_id
        WHERE release.tenant = :tenant AND release.sealed IS NOT NULL
          AND release.slot_on <= :today
        ORDER BY release.handle
        """,
        {"today": today},
        into=Sealed,
    )
