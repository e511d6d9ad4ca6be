"""The link table: which random pseudonym stands for which episode in which programme."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Link(Struct, frozen=True, kw_only=True):
    """One thread of answers; without this row nobody knows whose."""

    case_index: bytes
    pseudonym: bytes


class _Known(Struct, frozen=True):
    programme_id: str


def of_programme(tx: Transaction, programme_id: str) -> dict[bytes, bytes]:
    """case_index -> pseudonym of every episode invited in this programme before."""
    rows = tx.each(
        """
        SELECT case_index, pseudonym FROM link
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=Link,
    )
    return {row.case_index: row.pseudonym for row in rows}


def add(tx: Transaction, programme_id: str, links: Iterable[Link]) -> None:
    """Keep new pseudonyms; one that is there is never replaced."""
    tx.many(
        """
        INSERT INTO link (tenant, programme_id, case_index, pseudonym)
        VALUES (:tenant, :programme_id, :case_index, :pseudonym)
        """,
        (
            {
                "programme_id": programme_id,
                "case_index": link.case_index,
                "pseudonym": link.pseudonym,
            }
            for link in links
        ),
    )


def case_of(
    tx: Transaction, programme_id: str, pseudonym: bytes, *, ended_since: date
) -> bytes | None:
    """The index of the case this pseudonym stands for.

    None when nobody has it in this programme (any more), or its case has left: vanished from the
    export, excluded, or ended before `ended_since`.
    """
    row = tx.one(
        """
        SELECT link.case_index, link.pseudonym FROM link
        JOIN episode ON episode.tenant = :tenant AND episode.case_index = link.case_index
        WHERE link.tenant = :tenant AND link.programme_id = :programme_id
          AND link.pseudonym = :pseudonym
          AND episode.vanished_run IS NULL AND episode.exclusion = ''
          AND (episode.ended_on IS NULL OR episode.ended_on >= :ended_since)
        """,
        {"programme_id": programme_id, "pseudonym": pseudonym, "ended_since": ended_since},
        into=Link,
    )
    return row.case_index if row else None


def programmes(tx: Transaction) -> list[str]:
    """Every programme that has pseudonyms here."""
    rows = tx.all(
        "SELECT DISTINCT programme_id FROM link WHERE tenant = :tenant ORDER BY programme_id",
        into=_Known,
    )
    return [row.programme_id for row in rows]


def forget_programme(tx: Transaction, programme_id: str) -> int:
    """Let nobody know any more whose the threads of a programme were; gives their number."""
    return tx.run(
        "DELETE FROM link WHERE tenant = :tenant AND programme_id = :programme_id",
        {"programme_id": programme_id},
    )
