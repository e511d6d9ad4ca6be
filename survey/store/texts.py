"""The urn: sealed texts, one row for each text box of a submission, empty boxes too."""

from survey.engine.database import Transaction
from survey.model.rows import FreeText


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
