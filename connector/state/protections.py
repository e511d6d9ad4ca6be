"""Protection of people before and after an import, for the rows of connector.state.staged.

A protected case is stored without anything that could be used: exclusion, number and person only.
"""

from collections.abc import Iterable

from msgspec import Struct, structs

from survey.engine.database import Transaction

# What stands in a left-out row whose case nothing forbids any more, though something did.
FREED = "freed"


class LeftOut(Struct, frozen=True, kw_only=True, gc=False):
    """A row that the mapping's filters leave out; `sealed_case` is empty when nothing excludes."""

    record: int
    case_index: bytes
    sealed_case: bytes
    person: bytes
    person_known: bool
    exclusion: str


class Change(Struct, frozen=True, kw_only=True):
    """Why the person of a row must not be written to: by the row, and by what was known."""

    record: int
    now: str
    before: str


class Lifted(Struct, frozen=True, kw_only=True):
    """A person no longer protected after this import, by the row that shows it."""

    record: int
    person: bytes
    sealed_case: bytes
    before: str


def keep_left_out(tx: Transaction, row: LeftOut) -> None:
    """Stage a row that the filters leave out."""
    tx.run(
        """
        INSERT INTO staged_left_out (
            tenant, record, case_index, sealed_case, person, person_known, exclusion
        ) VALUES (
            :tenant, :record, :case_index, :sealed_case, :person, :person_known, :exclusion
        )
        """,
        row,
    )


def name_people(tx: Transaction) -> None:
    """Let rows without a client number stand for the person whom the case is known to be of."""
    tx.run(
        """
        UPDATE staged SET person = (
            SELECT person FROM episode
            WHERE episode.tenant = :tenant AND episode.case_index = staged.case_index
        ), person_known = :yes
        WHERE tenant = :tenant AND person_known = :no AND EXISTS (
            SELECT 1 FROM episode
            WHERE episode.tenant = :tenant AND episode.case_index = staged.case_index
        )
        """,
        {"yes": True, "no": False},
    )


def of_left_out(tx: Transaction) -> list[Change]:
    """Staged rows of cases that a row left out by the filters forbids."""
    return tx.all(
        """
        SELECT staged.record, staged.exclusion AS now, staged_left_out.exclusion AS before
        FROM staged_left_out
        JOIN staged
          ON staged.tenant = :tenant AND staged.case_index = staged_left_out.case_index
        WHERE staged_left_out.tenant = :tenant AND staged_left_out.exclusion <> ''
        """,
        into=Change,
    )


def needed(tx: Transaction) -> list[LeftOut]:
    """Left-out rows that forbid, and whose case or person is known or has another case here."""
    return tx.all(
        """
        SELECT record, case_index, sealed_case, person, person_known, exclusion
        FROM staged_left_out AS one
        WHERE tenant = :tenant AND exclusion <> ''
          AND NOT EXISTS (
              SELECT 1 FROM staged
              WHERE staged.tenant = :tenant AND staged.case_index = one.case_index)
          AND (EXISTS (
                  SELECT 1 FROM staged
                  WHERE staged.tenant = :tenant AND staged.person = one.person)
               OR EXISTS (
                  SELECT 1 FROM episode
                  WHERE episode.tenant = :tenant AND episode.person = one.person)
               OR EXISTS (
                  SELECT 1 FROM episode
                  WHERE episode.tenant = :tenant AND episode.case_index = one.case_index))
        ORDER BY record
        """,
        into=LeftOut,
    )


def stage(tx: Transaction, row: LeftOut) -> None:
    """Stage a left-out row as the protected case that it is."""
    tx.run(
        """
        INSERT INTO staged (
            tenant, record, case_index, sealed_case, case_spelling, person, person_spelling,
            person_known, team, case_manager, kind, end_reason, measure, language, exclusion,
            birthday
        ) VALUES (
            :tenant, :record, :case_index, :sealed_case, :case_index, :person, :person,
            :person_known, '', '', '', '', '', '', :exclusion, :birthday
        )
        """,
        {**structs.asdict(row), "birthday": False},
    )


def known(tx: Transaction) -> list[Change]:
    """Staged rows of cases that were protected before."""
    return tx.all(
        """
        SELECT staged.record, staged.exclusion AS now, episode.exclusion AS before
        FROM staged
        JOIN episode ON episode.tenant = :tenant AND episode.case_index = staged.case_index
        WHERE staged.tenant = :tenant AND episode.exclusion <> ''
        """,
        into=Change,
    )


def exclude(tx: Transaction, changes: Iterable[Change]) -> None:
    """Protect the people of these rows, by `now`; keep nothing else of their cases."""
    tx.many(
        """
        UPDATE staged SET exclusion = :now, team = '', case_manager = '', kind = '',
            started_on = NULL, ended_on = NULL, end_reason = '', measure = '', needs = NULL,
            language = ''
        WHERE tenant = :tenant AND record = :record
        """,
        changes,
    )


def freed_left_out(tx: Transaction) -> list[Change]:
    """Left-out rows of protected cases that nothing in the export forbids any more."""
    return tx.all(
        """
        SELECT MIN(one.record) AS record, '' AS now, episode.exclusion AS before
        FROM staged_left_out AS one
        JOIN episode ON episode.tenant = :tenant AND episode.case_index = one.case_index
        WHERE one.tenant = :tenant AND episode.exclusion <> ''
          AND NOT EXISTS (
              SELECT 1 FROM staged
              WHERE staged.tenant = :tenant AND staged.case_index = one.case_index)
        GROUP BY one.case_index, episode.exclusion
        HAVING MAX(one.exclusion) = ''
        """,
        into=Change,
    )


def free(tx: Transaction, records: Iterable[int]) -> None:
    """Mark left-out rows as those whose cases are protected no longer."""
    tx.many(
        """
        UPDATE staged_left_out SET exclusion = :freed WHERE tenant = :tenant AND record = :record
        """,
        [{"record": record, "freed": FREED} for record in records],
    )


def lifted(tx: Transaction) -> list[Lifted]:
    """The people whom nothing would protect any more; one row for each."""
    # Her own case was protected, or another of hers was, or the filters leave that one out.
    return tx.all(
        """
        SELECT MIN(record) AS record, person, MIN(sealed_case) AS sealed_case, MAX(before) AS before
        FROM (
            SELECT staged.record, staged.person, staged.sealed_case, known.exclusion AS before
            FROM staged
            JOIN episode AS known
              ON known.tenant = :tenant AND known.case_index = staged.case_index
            WHERE staged.tenant = :tenant AND staged.exclusion = '' AND known.exclusion <> ''
              AND NOT (known.exclusion = :young AND staged.birthday)
            UNION ALL
            SELECT staged.record, staged.person, staged.sealed_case, known.exclusion AS before
            FROM episode AS known
            JOIN staged
              ON staged.tenant = :tenant AND staged.person = known.person
             AND staged.exclusion = ''
            WHERE known.tenant = :tenant AND known.exclusion <> ''
              AND NOT (known.exclusion = :young AND EXISTS (
                  SELECT 1 FROM staged AS own
                  WHERE own.tenant = :tenant AND own.case_index = known.case_index
                    AND own.birthday))
            UNION ALL
            SELECT one.record, known.person, known.sealed_case, known.exclusion AS before
            FROM staged_left_out AS one
            JOIN episode AS known
              ON known.tenant = :tenant AND known.case_index = one.case_index
            WHERE one.tenant = :tenant AND one.exclusion = :freed
        ) AS free
        WHERE NOT EXISTS (
            SELECT 1 FROM staged AS other
            WHERE other.tenant = :tenant AND other.person = free.person AND other.exclusion <> '')
          AND NOT EXISTS (
            SELECT 1 FROM episode AS other
            WHERE other.tenant = :tenant AND other.person = free.person AND other.exclusion <> ''
              AND NOT EXISTS (
                  SELECT 1 FROM staged
                  WHERE staged.tenant = :tenant AND staged.case_index = other.case_index)
              AND NOT EXISTS (
                  SELECT 1 FROM staged_left_out AS freed
                  WHERE freed.tenant = :tenant AND freed.case_index = other.case_index
                    AND freed.exclusion = :freed))
        GROUP BY person
        ORDER BY record
        """,
        {"young": "under_15", "freed": FREED},
        into=Lifted,
    )


def remove_freed(tx: Transaction) -> None:
    """Forget protected cases that the filters leave out and that nothing forbids any more."""
    tx.run(
        """
        DELETE FROM episode WHERE tenant = :tenant AND exclusion <> '' AND case_index IN (
            SELECT case_index FROM staged_left_out WHERE tenant = :tenant AND exclusion = :freed)
        """,
        {"freed": FREED},
    )
