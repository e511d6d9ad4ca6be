"""Imports that were done: what was read, by which mapping, and what it changed."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Run(Struct, frozen=True, kw_only=True):
    """One import; digests are sha256 in hex, numbers are records or episodes.

    `rule`: the rule of spelling it compared by, identifiers.RULE.
    """

    run: int
    source_system: str
    file_digest: str
    mapping_digest: str
    as_of: date
    imported_on: date
    records: int
    taken: int
    added: int
    changed: int
    vanished: int
    refused: int
    excluded: int
    rule: int


class _Last(Struct, frozen=True):
    run: int


def last(tx: Transaction, source_system: str) -> Run | None:
    """The latest import of this system."""
    return tx.one(
        """
        SELECT run, source_system, file_digest, mapping_digest, as_of, imported_on, records, taken,
               added, changed, vanished, refused, excluded, rule
        FROM run WHERE tenant = :tenant AND source_system = :source_system
        ORDER BY run DESC LIMIT 1
        """,
        {"source_system": source_system},
        into=Run,
    )


def of_file(tx: Transaction, source_system: str, file_digest: str) -> Run | None:
    """The latest import of this very file."""
    return tx.one(
        """
        SELECT run, source_system, file_digest, mapping_digest, as_of, imported_on, records, taken,
               added, changed, vanished, refused, excluded, rule
        FROM run
        WHERE tenant = :tenant AND source_system = :source_system AND file_digest = :file_digest
        ORDER BY run DESC LIMIT 1
        """,
        {"source_system": source_system, "file_digest": file_digest},
        into=Run,
    )


def next_number(tx: Transaction) -> int:
    """The number of the import that is about to be kept."""
    row = tx.one(
        "SELECT COALESCE(MAX(run), 0) + 1 AS run FROM run WHERE tenant = :tenant", into=_Last
    )
    return row.run if row else 1


def keep(tx: Transaction, run: Run) -> None:
    """Write the import down."""
    tx.run(
        """
        INSERT INTO run (
            tenant, run, source_system, file_digest, mapping_digest, as_of, imported_on, records,
            taken, added, changed, vanished, refused, excluded, rule
        ) VALUES (
            :tenant, :run, :source_system, :file_digest, :mapping_digest, :as_of, :imported_on,
            :records, :taken, :added, :changed, :vanished, :refused, :excluded, :rule
        )
        """,
        run,
    )
