"""Invitations: they stay as they are until their wave closes, whether somebody answers or not."""

from collections.abc import Iterable

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.rows import Invitation


def add(tx: Transaction, invitations: Iterable[Invitation]) -> int:
    """Take the invitations of one push; gives how many of their codes were new."""
    return tx.many(
        """
        INSERT INTO invitation (tenant, code_hash, wave_id, ticket)
        VALUES (:tenant, :code_hash, :wave_id, :ticket)
        ON CONFLICT (tenant, code_hash) DO NOTHING
        """,
        invitations,
    )


def find(tx: Transaction, code_hash: bytes) -> Invitation | None:
    """The invitation of a code, None when there is no such code."""
    return tx.one(
        """
        SELECT code_hash, wave_id, ticket FROM invitation
        WHERE tenant = :tenant AND code_hash = :code_hash
        """,
        {"code_hash": code_hash},
        into=Invitation,
    )


class _Ticket(Struct, frozen=True):
    ticket: bytes


def tickets(tx: Transaction, wave_id: str) -> list[bytes]:
    """The tickets of everybody invited to a wave, in no order."""
    rows = tx.all(
        "SELECT ticket FROM invitation WHERE tenant = :tenant AND wave_id = :wave_id",
        {"wave_id": wave_id},
        into=_Ticket,
    )
    return [row.ticket for row in rows]


def drop(tx: Transaction, wave_id: str) -> int:
    """Forget all invitations of a closed wave; gives how many there were."""
    return tx.run(
        "DELETE FROM invitation WHERE tenant = :tenant AND wave_id = :wave_id",
        {"wave_id": wave_id},
    )
