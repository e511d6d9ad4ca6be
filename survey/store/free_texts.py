"""The urn: sealed texts, one row for each text box of a submission, empty boxes too."""

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.rows import FreeText


class _Known(Struct, frozen=True):
    known: int


def keep(tx: Transaction, row: FreeText) -> bool:
    """False when this box of this code is in the urn already."""
    kept = tx.run(
        """
        INSERT INTO free_text (tenant, handle, wave_id, body)
        VALUES (:tenant, :handle, :wave_id, :body)
        ON CONFLICT (tenant, handle) DO NOTHING
        """,
        row,
    )
    return kept == 1


def erase(tx: Transaction, handle: bytes) -> bool:
    """Take a text out of the urn."""
    erased = tx.run(
        "DELETE FROM free_text WHERE tenant = :tenant AND handle = :handle", {"handle": handle}
    )
    return erased > 0


def has_handle(tx: Transaction, handle: bytes) -> bool:
    """Whether a text of this handle is in the urn."""
    row = tx.one(
        "SELECT count(*) AS known FROM free_text WHERE tenant = :tenant AND handle = :handle",
        {"handle": handle},
        into=_Known,
    )
    return row is not None and row.known > 0


def of_wave(tx: Transaction, wave_id: str) -> list[FreeText]:
    """The texts of a wave, in the order of their random handles."""
    return tx.all(
        """
        SELECT wave_id, handle, body FROM free_text
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY handle
        """,
        {"wave_id": wave_id},
        into=FreeText,
    )


def drop_wave(tx: Transaction, wave_id: str) -> None:
    """Empty the urn of a wave; from here on no code finds a text of it."""
    tx.run(
        "DELETE FROM free_text WHERE tenant = :tenant AND wave_id = :wave_id", {"wave_id": wave_id}
    )
