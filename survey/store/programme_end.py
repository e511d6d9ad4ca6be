"""What the end of a programme takes out of the tables, and what stays.

Stays: what was published (snapshots, documents), how many were invited, which form was asked, and
what staff did. Goes: everything a recipient left or that could lead to one.
"""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction

# The order of the columns of a report: what people said first.
TABLES = (
    "response",
    "free_text",
    "comment",
    "release",
    "draft",
    "invitation",
    "closing",
    "fieldwork",
    "kiosk",
)


class _Ended(Struct, frozen=True):
    programme_id: str
    ended_on: date | None


def end(tx: Transaction, programme_id: str, on: date) -> bool:
    """Mark the programme as ended; False when it was before."""
    ended = tx.run(
        """
        UPDATE programme SET ended_on = :on
        WHERE tenant = :tenant AND programme_id = :programme_id AND ended_on IS NULL
        """,
        {"programme_id": programme_id, "on": on},
    )
    return ended == 1


def ended_on(tx: Transaction, programme_id: str) -> date | None:
    """The day on which the programme was ended, None while it runs."""
    row = tx.one(
        """
        SELECT programme_id, ended_on FROM programme
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=_Ended,
    )
    return row.ended_on if row else None


def ended(tx: Transaction) -> list[str]:
    """Ids of the programmes that were ended."""
    rows = tx.all(
        """
        SELECT programme_id, ended_on FROM programme
        WHERE tenant = :tenant AND ended_on IS NOT NULL ORDER BY programme_id
        """,
        into=_Ended,
    )
    return [row.programme_id for row in rows]


def purge(tx: Transaction, programme_id: str) -> None:
    """Close the programme's waves and delete whatever is not to outlive it."""
    for table in TABLES:
        tx.run(
            f"""
            DELETE FROM {table}
            WHERE tenant = :tenant AND wave_id IN (
                SELECT wave_id FROM wave
                WHERE tenant = :tenant AND programme_id = :programme_id)
            """,  # noqa: S608 - names of ours
            {"programme_id": programme_id},
        )
    tx.run(
        "DELETE FROM registry WHERE tenant = :tenant AND programme_id = :programme_id",
        {"programme_id": programme_id},
    )
    tx.run(
        """
        UPDATE wave SET state = 'closed'
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
    )
