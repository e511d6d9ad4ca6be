"""What the survey server writes into its audit: a closed set of actions, never what recipients do.

The chain itself is that of `survey.staff`; changes of accounts are named in `survey.model.roles`.
"""

from datetime import datetime
from typing import Literal, TypeAlias

from survey.engine.database import Transaction
from survey.staff import audit

Action: TypeAlias = Literal[
    "backup",
    "batch-taken",
    "connector-trusted",
    "end-protocol",
    "form-withdrawn",
    "keys-confirmed",
    "keys-destroyed",
    "kiosk-added",
    "kiosk-revoked",
    "preview-requested",
    "print-destroyed",
    "programme-created",
    "programme-ended",
    "pulled",
    "releases-delivered",
    "remark-approved",
    "remark-proposed",
    "remark-returned",
    "remark-withheld",
    "remarks-dropped",
    "remarks-read",
    "report-frozen",
    "report-requested",
    "request-made",
    "request-refused",
    "request-withdrawn",
    "restore",
    "retention",
    "texts-dropped",
    "texts-taken-out",
    "wave-closed",
    "wave-corrected",
    "wave-created",
    "wave-opened",
    "wave-prolonged",
    "wave-renamed",
    "wave-withdrawn",
]


def note(
    tx: Transaction, actor: str, action: Action, subject: str, *, at: datetime, **details: object
) -> None:
    """Append one entry; `details` are ids and counts, never personal data."""
    audit.note(tx, actor, action, subject, at=at, **details)


def noted(
    tx: Transaction, actor: str, action: Action, subject: str, *, at: datetime, **details: object
) -> bool:
    """Whether the same was noted before; `at` is not compared."""
    return audit.noted(tx, actor, action, subject, at=at, **details)
