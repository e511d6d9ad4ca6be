"""The link table: which random pseudonym stands for which episode in which programme."""

from collections.abc import Iterable

from msgspec import Struct

from survey.engine.database import Transaction


class Link(Struct, frozen=True, kw_only=True):
    """One thread of answers; without this row nobody knows whose."""

    case_index: bytes
    pseudonym: bytes


def of_programme(tx: Transaction, programme_id: str) -> dict[bytes, bytes]:
    """case_index -> pseudonym of every episode invited in this programme before."""
    found = tx.each(
        """
        SELECT case_index, pseudonym FROM link
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=Link,
    )
    return {one.case_index: one.pseudonym for one in found}


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
                "case_index": one.case_index,
                "pseudonym": one.pseudonym,
            }
            for one in links
        ),
    )
