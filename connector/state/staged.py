"""The rows of one import before they become episodes; in one transaction, never seen by another.

Working in the database keeps memory bounded whatever the size of the export, and lets the
comparison with what is known be a handful of statements.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Staged(Struct, frozen=True, kw_only=True, gc=False):
    """One row that may become an episode."""

    record: int
    case_index: bytes
    sealed_case: bytes
    person: bytes
    team: str
    case_manager: str
    kind: str
    started_on: date | None
    ended_on: date | None
    end_reason: str
    measure: str
    needs: int | None
    language: str
    exclusion: str
    row_hash: bytes


class Duplicate(Struct, frozen=True, kw_only=True):
    """A row whose case number an earlier row has; `same` when nothing differs."""

    record: int
    earlier: int
    same: bool
    exclusion: str
    row_hash: bytes


class Difference(Struct, frozen=True, kw_only=True):
    """What an import holds and would change; `reasons` are end reasons that became others."""

    known: int
    taken: int
    added: int
    changed: int
    vanished: int
    reasons: int


class _At(Struct, frozen=True):
    record: int


def keep(tx: Transaction, rows: Iterable[Staged]) -> int:
    """Stage rows as they come; gives their number."""
    return tx.many(
        """
        INSERT INTO staged (
            tenant, record, case_index, sealed_case, person, team, case_manager, kind,
            started_on, ended_on, end_reason, measure, needs, language, exclusion, row_hash
        ) VALUES (
            :tenant, :record, :case_index, :sealed_case, :person, :team, :case_manager, :kind,
            :started_on, :ended_on, :end_reason, :measure, :needs, :language, :exclusion, :row_hash
        )
        """,
        rows,
    )


def keep_refusal(tx: Transaction, case_index: bytes) -> None:
    """Remember that the export has this case, though its row was refused."""
    tx.run(
        """
        INSERT INTO staged_refusal (tenant, case_index) VALUES (:tenant, :case_index)
        ON CONFLICT (tenant, case_index) DO NOTHING
        """,
        {"case_index": case_index},
    )


def duplicates(tx: Transaction) -> list[Duplicate]:
    """Every row whose case an earlier row has, in the order of the export."""
    return tx.all(
        """
        SELECT later.record, earlier.record AS earlier, later.exclusion, later.row_hash,
               later.row_hash = earlier.row_hash AS same
        FROM (
            SELECT case_index, MIN(record) AS record FROM staged
            WHERE tenant = :tenant GROUP BY case_index HAVING COUNT(*) > 1
        ) AS doubled
        JOIN staged AS earlier
          ON earlier.tenant = :tenant AND earlier.record = doubled.record
        JOIN staged AS later
          ON later.tenant = :tenant AND later.case_index = doubled.case_index
        WHERE later.record > doubled.record
        ORDER BY later.record
        """,
        into=Duplicate,
    )


def exclude(tx: Transaction, duplicate: Duplicate) -> None:
    """Let a later row's exclusion count for the earlier row of the same case."""
    tx.run(
        """
        UPDATE staged SET exclusion = :exclusion, row_hash = :row_hash
        WHERE tenant = :tenant AND record = :earlier
        """,
        duplicate,
    )


def drop(tx: Transaction, records: Iterable[int]) -> None:
    """Take rows out again."""
    tx.many(
        "DELETE FROM staged WHERE tenant = :tenant AND record = :record",
        [{"record": record} for record in records],
    )


def with_other_cases(tx: Transaction) -> list[int]:
    """Records of people who have an earlier record with another case."""
    found = tx.all(
        """
        SELECT later.record FROM staged AS later
        JOIN (
            SELECT person, MIN(record) AS record FROM staged
            WHERE tenant = :tenant GROUP BY person HAVING COUNT(*) > 1
        ) AS several ON several.person = later.person AND several.record < later.record
        WHERE later.tenant = :tenant
        ORDER BY later.record
        """,
        into=_At,
    )
    return [one.record for one in found]


def difference(tx: Transaction, source_system: str) -> Difference:
    """What merging would change; duplicates are gone by now."""
    found = tx.one(
        """
        SELECT
            (SELECT COUNT(*) FROM episode
             WHERE tenant = :tenant AND source_system = :source_system
               AND vanished_run IS NULL) AS known,
            COUNT(*) FILTER (WHERE staged.exclusion = '') AS taken,
            COUNT(*) FILTER (
                WHERE known.case_index IS NULL AND staged.exclusion = ''
            ) AS added,
            COUNT(*) FILTER (
                WHERE known.row_hash <> staged.row_hash OR known.vanished_run IS NOT NULL
            ) AS changed,
            COUNT(*) FILTER (
                WHERE known.end_reason <> '' AND known.end_reason <> staged.end_reason
                  AND staged.exclusion = '' AND known.exclusion = ''
            ) AS reasons,
            (SELECT COUNT(*) FROM episode AS gone
             WHERE gone.tenant = :tenant AND gone.source_system = :source_system
               AND gone.vanished_run IS NULL
               AND gone.case_index NOT IN (SELECT case_index FROM staged WHERE tenant = :tenant)
               AND gone.case_index NOT IN (
                   SELECT case_index FROM staged_refusal WHERE tenant = :tenant
               )) AS vanished
        FROM staged
        LEFT JOIN episode AS known
          ON known.tenant = :tenant AND known.case_index = staged.case_index
        WHERE staged.tenant = :tenant
        """,
        {"source_system": source_system},
        into=Difference,
    )
    return found or Difference(known=0, taken=0, added=0, changed=0, vanished=0, reasons=0)


def merge(tx: Transaction, *, source_system: str, run: int) -> None:
    """Let the staged rows become episodes; unchanged ones are not touched."""
    tx.run(
        """
        INSERT INTO episode (
            tenant, case_index, source_system, sealed_case, person, team, case_manager, kind,
            started_on, ended_on, end_reason, measure, needs, language, exclusion, row_hash,
            changed_run
        )
        SELECT tenant, case_index, :source_system, sealed_case, person, team, case_manager, kind,
               started_on, ended_on, end_reason, measure, needs, language, exclusion, row_hash,
               :run
        FROM staged WHERE tenant = :tenant ORDER BY case_index
        ON CONFLICT (tenant, case_index) DO UPDATE SET
            person = excluded.person, team = excluded.team,
            case_manager = excluded.case_manager, kind = excluded.kind,
            started_on = excluded.started_on, ended_on = excluded.ended_on,
            end_reason = excluded.end_reason, measure = excluded.measure,
            needs = excluded.needs, language = excluded.language,
            exclusion = excluded.exclusion, row_hash = excluded.row_hash,
            changed_run = excluded.changed_run, vanished_run = NULL
        WHERE episode.row_hash <> excluded.row_hash OR episode.vanished_run IS NOT NULL
        """,
        {"source_system": source_system, "run": run},
    )


def flag_vanished(tx: Transaction, *, source_system: str, run: int) -> None:
    """Flag what the export no longer has; nothing is deleted, it may come back."""
    tx.run(
        """
        UPDATE episode SET vanished_run = :run
        WHERE tenant = :tenant AND source_system = :source_system AND vanished_run IS NULL
          AND case_index NOT IN (SELECT case_index FROM staged WHERE tenant = :tenant)
          AND case_index NOT IN (SELECT case_index FROM staged_refusal WHERE tenant = :tenant)
        """,
        {"source_system": source_system, "run": run},
    )


def clear(tx: Transaction) -> None:
    """Leave nothing behind."""
    tx.run("DELETE FROM staged WHERE tenant = :tenant")
    tx.run("DELETE FROM staged_refusal WHERE tenant = :tenant")
