"""The sealed registry of what was published about whom, one for each programme."""

from msgspec import Struct

from survey.engine.database import Transaction


class Stored(Struct, frozen=True, kw_only=True):
    """`body` is sealed by the evaluator; `version` counts the reports that changed it."""

    programme_id: str
    version: int
    body: bytes


def find(tx: Transaction, programme_id: str) -> Stored | None:
    """The registry, None before the first report of the programme."""
    return tx.one(
        """
        SELECT programme_id, version, body FROM registry
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=Stored,
    )


def keep(tx: Transaction, programme_id: str, body: bytes, *, old: Stored | None) -> bool:
    """False when somebody has published since `old` was read: nothing was kept then."""
    if old is None:
        kept = tx.run(
            """
            INSERT INTO registry (tenant, programme_id, version, body)
            VALUES (:tenant, :programme_id, 1, :body)
            ON CONFLICT (tenant, programme_id) DO NOTHING
            """,
            {"programme_id": programme_id, "body": body},
        )
        return kept == 1
    kept = tx.run(
        """
        UPDATE registry SET body = :body, version = version + 1
        WHERE tenant = :tenant AND programme_id = :programme_id AND version = :version
        """,
        {"programme_id": programme_id, "body": body, "version": old.version},
    )
    return kept == 1
