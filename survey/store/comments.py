"""Texts under redaction: sealed as in the urn, without handle; every change tests the version."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.model.comments import State

COLUMNS = "comment_id, wave_id, original, edited, state, first_by, second_by, version"


class Row(Struct, frozen=True, kw_only=True):
    """`original` and `edited` are in both layers; `first_by` and `second_by` are accounts."""

    comment_id: str
    wave_id: str
    original: bytes
    edited: bytes | None
    state: State
    first_by: str
    second_by: str
    version: int


class Counted(Struct, frozen=True, kw_only=True):
    """How many texts of a wave are in one state."""

    wave_id: str
    state: State
    texts: int


class Waiting(Struct, frozen=True, kw_only=True):
    """How many texts of a wave wait for one person."""

    wave_id: str
    texts: int


class _Wave(Struct, frozen=True):
    wave_id: str


def add(tx: Transaction, rows: Iterable[Row]) -> None:
    """Put texts on the table."""
    tx.many(
        f"""
        INSERT INTO comment (tenant, {COLUMNS})
        VALUES (:tenant, :comment_id, :wave_id, :original, :edited, :state, :first_by, :second_by,
                :version)
        """,  # noqa: S608 - COLUMNS is a constant above
        rows,
    )


def find(tx: Transaction, comment_id: str) -> Row:
    """The text of this id.

    Raises:
        NotFound: there is none
    """
    row = tx.one(
        f"SELECT {COLUMNS} FROM comment WHERE tenant = :tenant AND comment_id = :comment_id",  # noqa: S608
        {"comment_id": comment_id},
        into=Row,
    )
    if row is None:
        raise NotFound(comment=comment_id)
    return row


def of_wave(tx: Transaction, wave_id: str) -> list[Row]:
    """The texts of a wave in the order of their random ids, the same at every look."""
    return tx.all(
        f"""
        SELECT {COLUMNS} FROM comment
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY comment_id
        """,  # noqa: S608
        {"wave_id": wave_id},
        into=Row,
    )


def counts(tx: Transaction) -> list[Counted]:
    """How many texts there are, by wave and state; states without any are left out."""
    return tx.all(
        """
        SELECT wave_id, state, count(*) AS texts FROM comment
        WHERE tenant = :tenant GROUP BY wave_id, state ORDER BY wave_id, state
        """,
        into=Counted,
    )


def waiting(tx: Transaction, actor: str) -> list[Waiting]:
    """By wave, texts that this person may decide on: new ones, and those that others proposed."""
    return tx.all(
        """
        SELECT wave_id, count(*) AS texts FROM comment
        WHERE tenant = :tenant
            AND (state = 'open' OR (state = 'proposed' AND first_by <> :actor))
        GROUP BY wave_id ORDER BY wave_id
        """,
        {"actor": actor},
        into=Waiting,
    )


def change(tx: Transaction, old: Row, new: Row) -> bool:
    """False when somebody has changed it since `old` was read; nothing was kept then."""
    changed = tx.run(
        """
        UPDATE comment
        SET edited = :edited, state = :state, first_by = :first_by, second_by = :second_by,
            version = version + 1
        WHERE tenant = :tenant AND comment_id = :comment_id AND version = :version
            AND state = :old_state
        """,
        {
            "edited": new.edited,
            "state": new.state,
            "first_by": new.first_by,
            "second_by": new.second_by,
            "comment_id": old.comment_id,
            "version": old.version,
            "old_state": old.state,
        },
    )
    return changed == 1


def drop(tx: Transaction, wave_id: str) -> int:
    """Delete all texts of a wave, edited and original; gives how many."""
    return tx.run(
        "DELETE FROM comment WHERE tenant = :tenant AND wave_id = :wave_id", {"wave_id": wave_id}
    )


def reported(tx: Transaction, report: str, *, by: date) -> list[str]:
    """Ids of the waves that have texts here and this report frozen on this day or before."""
    rows = tx.all(
        """
        SELECT DISTINCT comment.wave_id
        FROM comment
        JOIN snapshot ON snapshot.tenant = comment.tenant AND snapshot.wave_id = comment.wave_id
        WHERE comment.tenant = :tenant AND snapshot.report = :report AND snapshot.frozen_on <= :by
        ORDER BY comment.wave_id
        """,
        {"report": report, "by": by},
        into=_Wave,
    )
    return [row.wave_id for row in rows]
