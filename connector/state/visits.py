"""Up to which pull an account has seen a case, to show what is new since her last visit."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Visit(Struct, frozen=True, kw_only=True):
    """`seen_before`: up to which pull before this day; what was new stays new for the day."""

    account_id: str
    case_index: bytes
    visited_on: date
    seen_before: int
    seen: int


def find(tx: Transaction, account_id: str, case_index: bytes) -> Visit | None:
    """The latest visit, None before the first."""
    return tx.one(
        """
        SELECT account_id, case_index, visited_on, seen_before, seen FROM visit
        WHERE tenant = :tenant AND account_id = :account_id AND case_index = :case_index
        """,
        {"account_id": account_id, "case_index": case_index},
        into=Visit,
    )


def keep(tx: Transaction, visit: Visit) -> None:
    """Let this be the latest."""
    tx.run(
        """
        INSERT INTO visit (tenant, account_id, case_index, visited_on, seen_before, seen)
        VALUES (:tenant, :account_id, :case_index, :visited_on, :seen_before, :seen)
        ON CONFLICT (tenant, account_id, case_index) DO UPDATE SET
            visited_on = excluded.visited_on, seen_before = excluded.seen_before,
            seen = excluded.seen
        """,
        visit,
    )
