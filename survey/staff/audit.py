"""Writes down what staff and connectors do, in the same transaction; never what recipients do."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.linkage import audit_link
from survey.model.zones import Zone
from survey.staff.store import audit
from survey.staff.store.audit import Chained, Entry

# Who deletes what is past its time, and what that is called.
RETENTION = "retention"


class Cut(Struct, frozen=True, kw_only=True):
    """Up to which entry the run of a day forgot: its number, and its digest in hexadecimal."""

    forgotten: int
    digest: str


class Verdict(Struct, frozen=True, kw_only=True):
    """Result of verifying the hash chain.

    Args:
        entries: how many there are
        first: number of the first; above 1 when older ones were forgotten after their time
        broken_at: number of the first that does not fit what stands before it; None if all fit
        fingerprint: digest of the last entry as kept, to be compared with one noted down elsewhere
    """

    entries: int
    first: int
    broken_at: int | None
    fingerprint: bytes


def note(
    tx: Transaction, actor: str, action: str, subject: str, *, at: datetime, **details: object
) -> None:
    """Append one entry; `details` are ids and counts, never personal data."""
    audit.append(tx, _entry(actor, action, subject, at, details))


def noted(
    tx: Transaction, actor: str, action: str, subject: str, *, at: datetime, **details: object
) -> bool:
    """Whether the same was noted before; `at` is not compared."""
    return audit.contains(tx, _entry(actor, action, subject, at, details))


def forgotten_up_to(tx: Transaction) -> Cut | None:
    """Where the chain begins now, None if nothing was ever forgotten."""
    first = audit.first(tx)
    if first is None or first.action != audit.FORGOTTEN:
        return None
    return Cut(forgotten=first.number, digest=first.hash.hex())


def verify(tx: Transaction, zone: Zone) -> Verdict:
    """Follow the whole chain from its start: nothing taken out, put in, changed or cut off.

    Of entries that were forgotten after their time the last one is left without its words; the
    chain goes on from its digest. That is believed only if an entry of the retention run further
    on names number and digest: else whoever can write could forget whatever came before yesterday.
    Where a zone forgets nothing, no such entry is believed.
    """
    before, first, number = audit_link.START, 1, 0
    broken: int | None = None
    cut = forgotten_up_to(tx) if zone.forgets else None
    proven = cut is None
    for entry in audit.list_all(tx):
        if number == 0 and cut is not None:
            before, first, number = entry.hash, entry.number, entry.number
            continue
        number += 1
        if broken is None and (entry.number != number or not _follows(entry, before)):
            broken = number
        proven = proven or _names(entry, cut)
        before = entry.hash
    end = audit.last(tx)
    if broken is None and (end.number, end.hash) != (number, before):
        broken = number + 1
    if not proven:
        broken = first
    entries = number - first + 1
    return Verdict(entries=entries, first=first, broken_at=broken, fingerprint=end.hash)


def _follows(entry: Chained, before: bytes) -> bool:
    """Whether the digest of this entry is the one that comes after `before`."""
    try:
        return audit_link.link(before, audit.digestible(entry, entry.number)) == entry.hash
    except ValueError:
        return False


def _names(entry: Chained, cut: Cut | None) -> bool:
    """Whether the retention run says in this entry that it forgot exactly so much."""
    if (entry.actor, entry.action) != (RETENTION, RETENTION):
        return False
    try:
        return msgspec.json.decode(entry.details, type=Cut) == cut
    except msgspec.ValidationError:
        return False


def _entry(
    actor: str, action: str, subject: str, at: datetime, details: Mapping[str, object]
) -> Entry:
    text = msgspec.json.encode(details, order="sorted").decode()
    return Entry(at=at, actor=actor, action=action, subject=subject, details=text)
