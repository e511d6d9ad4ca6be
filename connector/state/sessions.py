"""Who is logged in, by the digest of a random token."""

from datetime import datetime

from msgspec import Struct

from connector.state.accounts import Account
from survey.engine.database import Transaction


class Session(Struct, frozen=True, kw_only=True):
    """One browser of one account."""

    token_hash: bytes
    account_id: str
    begun_at: datetime
    seen_at: datetime


class Seated(Account, frozen=True, kw_only=True):
    """An account with one session of it."""

    begun_at: datetime
    seen_at: datetime


def add(tx: Transaction, session: Session) -> None:
    """Keep a new session."""
    tx.run(
        """
        INSERT INTO session (tenant, token_hash, account_id, begun_at, seen_at)
        VALUES (:tenant, :token_hash, :account_id, :begun_at, :seen_at)
        """,
        session,
    )


def find(tx: Transaction, token_hash: bytes) -> Seated | None:
    """The session with its account; None when either is gone or the account is disabled."""
    return tx.one(
        """
        SELECT account.account_id, account.login, account.name, account.role,
               account.case_manager, account.language, account.created_on, account.disabled,
               session.begun_at, session.seen_at
        FROM session
        JOIN account ON account.tenant = :tenant AND account.account_id = session.account_id
        WHERE session.tenant = :tenant AND session.token_hash = :token_hash
          AND NOT account.disabled
        """,
        {"token_hash": token_hash},
        into=Seated,
    )


def see(tx: Transaction, token_hash: bytes, *, at: datetime) -> None:
    """Note that somebody was there just now."""
    tx.run(
        """
        UPDATE session SET seen_at = :at
        WHERE tenant = :tenant AND token_hash = :token_hash AND seen_at < :at
        """,
        {"token_hash": token_hash, "at": at},
    )


def end(tx: Transaction, token_hash: bytes) -> None:
    """Log one browser out."""
    tx.run(
        "DELETE FROM session WHERE tenant = :tenant AND token_hash = :token_hash",
        {"token_hash": token_hash},
    )


def end_all(tx: Transaction, account_id: str) -> int:
    """Log an account out of every browser; gives how many there were."""
    return tx.run(
        "DELETE FROM session WHERE tenant = :tenant AND account_id = :account_id",
        {"account_id": account_id},
    )


def remove_old(tx: Transaction, *, begun_before: datetime, seen_before: datetime) -> int:
    """Delete what no browser can use any more; gives how many there were."""
    return tx.run(
        """
        DELETE FROM session WHERE tenant = :tenant
          AND (begun_at < :begun_before OR seen_at < :seen_before)
        """,
        {"begun_before": begun_before, "seen_before": seen_before},
    )
