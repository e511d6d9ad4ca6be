"""The rows of one import before they become episodes; in one transaction, never seen by another.

Working in the database keeps memory bounded whatever the size of the export, and lets the
comparison with what is known be a handful of statements.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Staged(Struct, frozen=True, kw_only=True, gc=False):
    """One row that may become an episode.

    Args:
        case_spelling, person_spelling: digests of the cells as they are written
        person_known: whether the row has a client number; else `person` stands for its case alone
        birthday: she was too young on the day of the import before, and no longer is
    """

    record: int
    case_index: bytes
    sealed_case: bytes
    case_spelling: bytes
    person: bytes
    person_spelling: bytes
    person_known: bool
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
    birthday: bool


class Pair(Struct, frozen=True, kw_only=True):
    """A row and an earlier one that has the same in it."""

    record: int
    earlier: int


class Difference(Struct, frozen=True, kw_only=True):
    """Counts of the rows of an import and of the changes it would make.

    Args:
        absent: known cases that the export does not have
        reasons: end reasons that became others
        shut_out: cases that may no longer be used, because somebody is to be protected now
    """

    known: int
    taken: int
    added: int
    changed: int
    absent: int
    reasons: int
    shut_out: int


class _At(Struct, frozen=True):
    record: int


def keep(tx: Transaction, rows: Iterable[Staged]) -> int:
    """Stage rows as they come; gives their number."""
    return tx.many(
        """
        INSERT INTO staged (
            tenant, record, case_index, sealed_case, case_spelling, person, person_spelling,
            person_known, team, case_manager, kind, started_on, ended_on, end_reason, measure,
            needs, language, exclusion, birthday
        ) VALUES (
            :tenant, :record, :case_index, :sealed_case, :case_spelling, :person, :person_spelling,
            :person_known, :team, :case_manager, :kind, :started_on, :ended_on, :end_reason,
            :measure, :needs, :language, :exclusion, :birthday
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


def with_other_cases(tx: Transaction) -> list[int]:
    """Records of people who have an earlier record with another case."""
    rows = tx.all(
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
    return [row.record for row in rows]


def respelt_people(tx: Transaction) -> list[Pair]:
    """Rows whose client number an earlier row writes in another way."""
    return tx.all(
        """
        SELECT record, earlier FROM (
            SELECT record, person_spelling,
                   FIRST_VALUE(record) OVER of_person AS earlier,
                   FIRST_VALUE(person_spelling) OVER of_person AS spelling
            FROM staged WHERE tenant = :tenant
            WINDOW of_person AS (PARTITION BY person ORDER BY record)
        ) AS every
        WHERE person_spelling <> spelling
        ORDER BY record
        """,
        into=Pair,
    )


def difference(tx: Transaction, source_system: str) -> Difference:
    """Counts the changes that merging would make; duplicates are gone by now."""
    row = tx.one(
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
                WHERE known.case_index IS NOT NULL AND (
                    known.vanished_run IS NOT NULL
                    OR (known.person, known.team, known.case_manager, known.kind,
                        known.started_on, known.ended_on, known.end_reason, known.measure,
                        known.needs, known.language, known.exclusion)
                       IS DISTINCT FROM
                       (staged.person, staged.team, staged.case_manager, staged.kind,
                        staged.started_on, staged.ended_on, staged.end_reason, staged.measure,
                        staged.needs, staged.language, staged.exclusion))
            ) AS changed,
            COUNT(*) FILTER (
                WHERE known.end_reason <> '' AND known.end_reason <> staged.end_reason
                  AND staged.exclusion = '' AND known.exclusion = ''
            ) AS reasons,
            COUNT(*) FILTER (
                WHERE known.exclusion = '' AND staged.exclusion <> ''
            ) AS shut_out,
            (SELECT COUNT(*) FROM episode AS gone
             WHERE gone.tenant = :tenant AND gone.source_system = :source_system
               AND gone.vanished_run IS NULL
               AND gone.case_index NOT IN (SELECT case_index FROM staged WHERE tenant = :tenant)
               AND gone.case_index NOT IN (
                   SELECT case_index FROM staged_refusal WHERE tenant = :tenant
               )) AS absent
        FROM staged
        LEFT JOIN episode AS known
          ON known.tenant = :tenant AND known.case_index = staged.case_index
        WHERE staged.tenant = :tenant
        """,
        {"source_system": source_system},
        into=Difference,
    )
    return row or Difference(known=0, taken=0, added=0, changed=0, absent=0, reasons=0, shut_out=0)


def merge(tx: Transaction, *, source_system: str, run: int) -> None:
    """Let the staged rows become episodes; unchanged ones are not touched."""
    tx.run(
        """
        INSERT INTO episode (
            tenant, case_index, source_system, sealed_case, person, team, case_manager, kind,
            started_on, ended_on, end_reason, measure, needs, language, exclusion, changed_run
        )
        SELECT tenant, case_index, :source_system, sealed_case, person, team, case_manager, kind,
               started_on, ended_on, end_reason, measure, needs, language, exclusion, :run
        FROM staged WHERE tenant = :tenant ORDER BY case_index
        ON CONFLICT (tenant, case_index) DO UPDATE SET
            person = excluded.person, team = excluded.team,
            case_manager = excluded.case_manager, kind = excluded.kind,
            started_on = excluded.started_on, ended_on = excluded.ended_on,
            end_reason = excluded.end_reason, measure = excluded.measure,
            needs = excluded.needs, language = excluded.language,
            exclusion = excluded.exclusion, changed_run = excluded.changed_run,
            vanished_run = NULL
        WHERE episode.vanished_run IS NOT NULL
           OR (episode.person, episode.team, episode.case_manager, episode.kind,
               episode.started_on, episode.ended_on, episode.end_reason, episode.measure,
               episode.needs, episode.language, episode.exclusion)
              IS DISTINCT FROM
              (excluded.person, excluded.team, excluded.case_manager, excluded.kind,
               excluded.started_on, excluded.ended_on, excluded.end_reason, excluded.measure,
               excluded.needs, excluded.language, excluded.exclusion)
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
    tx.run("DELETE FROM staged_left_out WHERE tenant = :tenant")
    tx.run("DELETE FROM staged_refusal WHERE tenant = :tenant")
