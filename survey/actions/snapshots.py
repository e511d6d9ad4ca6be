"""Freezing a report: the first run decides every figure, all later ones are views of it."""

from datetime import datetime

import msgspec

from survey.actions import audit
from survey.engine.database import Database
from survey.model.snapshots import Snapshot
from survey.store import snapshots
from survey.store.snapshots import Frozen


def frozen(database: Database, wave_id: str, report: str) -> Snapshot | None:
    """The frozen report, None before its first run."""
    with database.read() as tx:
        found = snapshots.find(tx, wave_id, report)
    return msgspec.json.decode(found.body, type=Snapshot) if found else None


def freeze(
    database: Database, wave_id: str, report: str, snapshot: Snapshot, *, actor: str, at: datetime
) -> Snapshot:
    """Keep the snapshot; if somebody was faster, theirs stays and is given back."""
    body = msgspec.json.encode(snapshot, order="sorted").decode()
    with database.write() as tx:
        row = Frozen(wave_id=wave_id, report=report, body=body)
        if snapshots.freeze(tx, row):
            audit.note(tx, actor, "report-frozen", wave_id, at=at, report=report)
    return frozen(database, wave_id, report) or snapshot
