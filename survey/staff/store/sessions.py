"""Sessions of staff: the digest of a token and two times. Deleting a row ends a session at once."""

from datetime import datetime

from msgspec import Struct

from survey.engine.database import Transaction


class Session(Struct, frozen=True, kw_only=True):
    """One browser that somebody logged in with."""

    token_hash: bytes
    account_id: str
    begun_at: datetime
    seen_at: datetime


def begin(tx: Transaction, session: Session) -> None:
    """Keep a new session."""
    tx.run(
        """
        INSERT INTO staff_session (tenant, token_hash, account_id, begun_at, seen_at)
        VALUES (:tenant, :token_hash, :account_id, :begun_at, :seen_at)
        """,
        session,
    )


def find(tx: Transaction, token_hash: bytes) -> Session | None:
    """The session of this token's digest."""
    return tx.one(
        """
        SELECT token_hash, account_id, begun_at, seen_at FROM staff_session
        WHERE tenant = :tenant AND token_hash = :token_hash
        """,
        {"token_hash": token_hash},
        into=Session,
    )


def touch(tx: Transaction, token_hash: bytes, *, at: datetime) -> None:
    """Somebody is still there."""
    tx.run(
        """
        UPDATE staff_session SET seen_at = :at
        WHERE tenant = :tenant AND token_hash = :token_hash
        """,
        {"token_hash": token_hash, "at": at},
    )


def end(tx: Transaction, token_hash: bytes) -> None:
    """End one session; nothing happens when it has ended."""
    tx.run(
        "DELETE FROM staff_session WHERE tenant = :tenant AND token_hash = :token_hash",
        {"token_hash": token_hash},
    )


def end_all(tx: Transaction, account_id: str) -> int:
    """End every session of an account; gives how many there were."""
    return tx.run(
        "DELETE FROM staff_session WHERE tenant = :tenant AND account_id = :account_id",
        {"account_id": account_id},
    )


def sweep(tx: Transaction, *, begun_before: datetime, seen_before: datetime) -> int:
    """Drop those that are over; gives how many."""
    return tx.run(
        """
        DELETE FROM staff_session
        WHERE tenant = :tenant AND (begun_at < :begun_before OR seen_at < :seen_before)
        """,
        {"begun_before": begun_before, "seen_before": seen_before},
    )
