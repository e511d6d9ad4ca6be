"""Freezing a report: the first run decides every figure, all later ones are views of it."""

from datetime import date, datetime

from msgspec import Struct

from survey.actions import audit
from survey.engine.database import Database
from survey.model import snapshots as encoding
from survey.model.snapshots import Snapshot
from survey.store import snapshots


class Frozen(Struct, frozen=True, kw_only=True):
    """The figures of a report and the day they were frozen, which every view prints."""

    snapshot: Snapshot
    frozen_on: date


def frozen(database: Database, wave_id: str, report: str) -> Frozen | None:
    """The frozen report, None before its first run."""
    with database.read() as tx:
        row = snapshots.find(tx, wave_id, report)
    return Frozen(snapshot=encoding.read(row.body), frozen_on=row.frozen_on) if row else None


def freeze(
    database: Database, wave_id: str, report: str, snapshot: Snapshot, *, actor: str, at: datetime
) -> Frozen:
    """Keep the snapshot; if somebody was faster, theirs stays and is given back."""
    row = snapshots.Frozen(
        wave_id=wave_id, report=report, body=encoding.text(snapshot), frozen_on=at.date()
    )
    with database.write() as tx:
        if snapshots.freeze(tx, row):
            audit.note(tx, actor, "report-frozen", wave_id, at=at, report=report)
    return frozen(database, wave_id, report) or Frozen(snapshot=snapshot, frozen_on=at.date())
