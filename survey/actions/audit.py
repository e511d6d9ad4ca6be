"""Writes down what staff and connectors do, in the same transaction; never what recipients do."""

from datetime import datetime

import msgspec

from survey.engine.database import Transaction
from survey.store import audit
from survey.store.audit import Entry


def note(
    tx: Transaction, actor: str, action: str, subject: str, *, at: datetime, **details: object
) -> None:
    """Append one entry; `details` are ids and counts, never personal data."""
    text = msgspec.json.encode(details, order="sorted").decode()
    audit.append(tx, Entry(at=at, actor=actor, action=action, subject=subject, details=text))
