"""The audit chain of the house: who read released words, who was let in, what changed.

Entries are only added and each holds the digest of all before it. `subject` is an account or the
index of a case, never a case number, a name or a word of what was read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from survey.engine.database import Transaction
from survey.errors import DatabaseError
from survey.linkage import chain

Action: TypeAlias = Literal[
    "release.read",
    "release.list",
    "account.login",
    "account.logout",
    "account.add",
    "account.password",
    "account.disable",
    "programme.forget",
    "letter.taken_out",
]

# Whoever has the shell of this machine; who that is, the machine's own records know.
SHELL = "shell"


class Entry(Struct, frozen=True, kw_only=True):
    """Who did what to which thing."""

    at: datetime
    actor: str
    action: Action
    subject: str


class Chained(Struct, frozen=True, kw_only=True):
    """An entry in its place; whoever changed a row may have written any action."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    hash: bytes


class Wanted(Struct, frozen=True, kw_only=True):
    """Which entries are looked for; empty stands for all."""

    actor: str = ""
    action: str = ""


class Tail(Struct, frozen=True):
    """The last entry's number and digest."""

    number: int
    hash: bytes


class _Count(Struct, frozen=True):
    number: int


def append(tx: Transaction, entry: Entry) -> None:
    """Add an entry within the transaction of what it tells.

    Raises:
        DatabaseError: another writer was faster; nothing of the transaction is kept
    """
    old = tail(tx)
    number = old.number + 1
    # As it will be kept: the digest is over the text that comes back.
    entry = structs.replace(entry, at=entry.at.astimezone(UTC))
    digest = chain.link(old.hash, _digestible(entry, number))
    moved = tx.run(
        """
        UPDATE audit_tail SET number = :number, hash = :hash
        WHERE tenant = :tenant AND number = :old_number AND hash = :old_hash
        """,
        {"number": number, "hash": digest, "old_number": old.number, "old_hash": old.hash},
    )
    if moved != 1:
        raise DatabaseError(reason="the audit chain moved in between; run it again")
    tx.run(
        """
        INSERT INTO audit (tenant, number, at, actor, action, subject, hash)
        VALUES (:tenant, :number, :at, :actor, :action, :subject, :hash)
        """,
        Chained(
            number=number,
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            hash=digest,
        ),
    )


def tail(tx: Transaction) -> Tail:
    """The end of the chain; its start when nothing happened yet."""
    tx.run(
        """
        INSERT INTO audit_tail (tenant, number, hash) VALUES (:tenant, 0, :start)
        ON CONFLICT (tenant) DO NOTHING
        """,
        {"start": chain.START},
    )
    return end(tx)


def end(tx: Transaction) -> Tail:
    """The end of the chain, without writing."""
    found = tx.one("SELECT number, hash FROM audit_tail WHERE tenant = :tenant", into=Tail)
    return found or Tail(0, chain.START)


def listed(tx: Transaction, wanted: Wanted, *, first: int, most: int) -> list[Chained]:
    """Entries that fit, the latest first, after the first `first` of them."""
    return tx.all(
        """
        SELECT number, at, actor, action, subject, hash FROM audit
        WHERE tenant = :tenant AND (:actor = '' OR actor = :actor)
          AND (:action = '' OR action = :action)
        ORDER BY number DESC LIMIT :most OFFSET :first
        """,
        {"actor": wanted.actor, "action": wanted.action, "first": first, "most": most},
        into=Chained,
    )


def count(tx: Transaction, wanted: Wanted) -> int:
    """How many entries fit."""
    found = tx.one(
        """
        SELECT COUNT(*) AS number FROM audit
        WHERE tenant = :tenant AND (:actor = '' OR actor = :actor)
          AND (:action = '' OR action = :action)
        """,
        wanted,
        into=_Count,
    )
    return found.number if found else 0


def broken_at(tx: Transaction) -> int | None:
    """The number at which the chain breaks, None when every digest fits."""
    before, number = chain.START, 0
    for number, entry in enumerate(_every(tx), 1):
        before = chain.link(before, _digestible(entry, entry.number))
        if entry.number != number or entry.hash != before:
            return number
    return None if end(tx) == Tail(number, before) else number + 1


def _every(tx: Transaction) -> Iterator[Chained]:
    return tx.each(
        """
        SELECT number, at, actor, action, subject, hash FROM audit
        WHERE tenant = :tenant ORDER BY number
        """,
        into=Chained,
    )


def _digestible(entry: Entry | Chained, number: int) -> bytes:
    parts = [str(number), entry.at.isoformat(), entry.actor, entry.action, entry.subject]
    return "\x1f".join(parts).encode()
