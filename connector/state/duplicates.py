"""Staged rows that are about the same case."""

from collections.abc import Iterable

from msgspec import Struct

from survey.engine.database import Transaction


class Duplicate(Struct, frozen=True, kw_only=True):
    """A row whose case number an earlier row has.

    `same`: nothing differs; `respelt`: the number is written in another way.
    """

    record: int
    earlier: int
    same: bool
    respelt: bool
    exclusion: str
    earlier_exclusion: str
    person: bytes
    person_known: bool
    earlier_person_known: bool


def list_all(tx: Transaction) -> list[Duplicate]:
    """Every row whose case an earlier row has, in the order of the export."""
    return tx.all(
        """
        SELECT later.record, earlier.record AS earlier,
               later.case_spelling <> earlier.case_spelling AS respelt,
               later.exclusion, earlier.exclusion AS earlier_exclusion,
               later.person, later.person_known,
               earlier.person_known AS earlier_person_known,
               (later.person, later.team, later.case_manager, later.kind, later.started_on,
                later.ended_on, later.end_reason, later.measure, later.needs, later.language,
                later.exclusion)
               IS NOT DISTINCT FROM
               (earlier.person, earlier.team, earlier.case_manager, earlier.kind,
                earlier.started_on, earlier.ended_on, earlier.end_reason, earlier.measure,
                earlier.needs, earlier.language, earlier.exclusion) AS same
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


def set_person(tx: Transaction, record: int, person: bytes) -> None:
    """Let a row that lacked the client number be of this person."""
    tx.run(
        """
        UPDATE staged SET person = :person, person_known = :known
        WHERE tenant = :tenant AND record = :record
        """,
        {"record": record, "person": person, "known": True},
    )


def drop(tx: Transaction, records: Iterable[int]) -> None:
    """Take rows out again."""
    tx.many(
        "DELETE FROM staged WHERE tenant = :tenant AND record = :record",
        [{"record": record} for record in records],
    )
