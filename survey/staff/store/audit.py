"""The audit chain: entries are only added, each holds the digest of all before it.

One implementation for both zones. Recipients never appear here. Appending tests the old tail, so
that no engine needs a lock and two writers cannot both follow the same entry.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct, structs

from survey.engine.database import Transaction
from survey.errors import DatabaseError
from survey.linkage import audit_link

# What the last entry that was forgotten is called; the chain goes on from its digest.
FORGOTTEN = "forgotten"
SEPARATOR = "\x1f"


class Entry(Struct, frozen=True, kw_only=True):
    """Who did what to which thing; `details` is JSON without personal data."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str = "{}"


class Chained(Entry, frozen=True, kw_only=True):
    """An audit entry with its number and its hash in the chain."""

    number: int
    hash: bytes


class _Count(Struct, frozen=True):
    number: int


class _Word(Struct, frozen=True):
    word: str


class Tail(Struct, frozen=True):
    """The last entry's number and digest."""

    number: int
    hash: bytes


def append(tx: Transaction, entry: Entry) -> Tail:
    """Add an entry within the transaction of what it tells.

    Raises:
        DatabaseError: another writer was faster; nothing of the transaction is kept
    """
    # As it will be kept: the digest is over the text that comes back.
    entry = structs.replace(entry, at=entry.at.astimezone(UTC))
    old = tail(tx)
    new = Tail(old.number + 1, audit_link.link(old.hash, digestible(entry, old.number + 1)))
    moved = tx.run(
        """
        UPDATE audit_tail SET number = :number, hash = :hash
        WHERE tenant = :tenant AND number = :old_number AND hash = :old_hash
        """,
        {"number": new.number, "hash": new.hash, "old_number": old.number, "old_hash": old.hash},
    )
    if moved != 1:
        raise DatabaseError(reason="the audit chain moved in between; run it again")
    tx.run(
        """
        INSERT INTO audit (tenant, number, at, actor, action, subject, details, hash)
        VALUES (:tenant, :number, :at, :actor, :action, :subject, :details, :hash)
        """,
        {
            **{name: getattr(entry, name) for name in Entry.__struct_fields__},
            "number": new.number,
            "hash": new.hash,
        },
    )
    return new


def tail(tx: Transaction) -> Tail:
    """The end of the chain; begins one when there is none."""
    tx.run(
        """
        INSERT INTO audit_tail (tenant, number, hash) VALUES (:tenant, 0, :start)
        ON CONFLICT (tenant) DO NOTHING
        """,
        {"start": audit_link.START},
    )
    return last(tx)


def last(tx: Transaction) -> Tail:
    """The end of the chain, without changing anything."""
    found = tx.one("SELECT number, hash FROM audit_tail WHERE tenant = :tenant", into=Tail)
    return found or Tail(0, audit_link.START)


def contains(tx: Transaction, entry: Entry) -> bool:
    """Whether there is an entry that says the same, at whatever time."""
    row = tx.one(
        """
        SELECT count(*) AS number FROM audit
        WHERE tenant = :tenant AND actor = :actor AND action = :action AND subject = :subject
            AND details = :details
        """,
        entry,
        into=_Count,
    )
    return row is not None and row.number > 0


def list_all(tx: Transaction) -> Iterator[Chained]:
    """All entries, oldest first."""
    return tx.each(
        """
        SELECT number, at, actor, action, subject, details, hash FROM audit
        WHERE tenant = :tenant ORDER BY number
        """,
        into=Chained,
    )


def first(tx: Transaction) -> Chained | None:
    """The oldest entry, None when there is none."""
    return tx.one(
        """
        SELECT number, at, actor, action, subject, details, hash FROM audit
        WHERE tenant = :tenant ORDER BY number LIMIT 1
        """,
        into=Chained,
    )


class Filter(Struct, frozen=True, kw_only=True):
    """Which entries to list: empty texts stand for all; `until` is the first moment after."""

    action: str = ""
    actor: str = ""
    since: datetime = datetime.min.replace(tzinfo=UTC)
    until: datetime = datetime.max.replace(tzinfo=UTC)


def matching(tx: Transaction, wanted: Filter, *, skip: int, most: int) -> list[Chained]:
    """Entries that the filter lets through, newest first, `most` of them after `skip`."""
    return tx.all(
        """
        SELECT number, at, actor, action, subject, details, hash FROM audit
        WHERE tenant = :tenant AND (:action = '' OR action = :action)
            AND (:actor = '' OR actor = :actor) AND at >= :since AND at < :until
        ORDER BY number DESC LIMIT :most OFFSET :skip
        """,
        {**structs.asdict(wanted), "most": most, "skip": skip},
        into=Chained,
    )


def count(tx: Transaction, wanted: Filter) -> int:
    """How many entries the filter lets through."""
    row = tx.one(
        """
        SELECT count(*) AS number FROM audit
        WHERE tenant = :tenant AND (:action = '' OR action = :action)
            AND (:actor = '' OR actor = :actor) AND at >= :since AND at < :until
        """,
        wanted,
        into=_Count,
    )
    return row.number if row else 0


def actions(tx: Transaction) -> list[str]:
    """Every kind of entry there is, by name."""
    rows = tx.all(
        "SELECT DISTINCT action AS word FROM audit WHERE tenant = :tenant ORDER BY word", into=_Word
    )
    return [row.word for row in rows]


def actors(tx: Transaction) -> list[str]:
    """Everybody who ever did something, by name."""
    rows = tx.all(
        "SELECT DISTINCT actor AS word FROM audit WHERE tenant = :tenant ORDER BY word", into=_Word
    )
    return [row.word for row in rows]


def digestible(entry: Entry, number: int) -> bytes:
    """The bytes of an entry that its digest covers.

    Raises:
        ValueError: a text holds the sign that separates them, so that parts could change places
    """
    parts = [str(number), entry.at.isoformat(), entry.actor, entry.action, entry.subject]
    # Entries of the connector had no details once, and their digests none to cover.
    parts += [entry.details] if entry.details else []
    if any(SEPARATOR in part for part in parts):
        raise ValueError("an entry with a separator in one of its texts")
    return SEPARATOR.join(parts).encode()
