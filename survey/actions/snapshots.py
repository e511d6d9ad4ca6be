"""Freezing a report: the first run decides every figure, all later ones are views of it.

With the figures the registry of what was published is kept, or neither: a report whose people were
not written down could be subtracted from a later one.
"""

from datetime import datetime

from msgspec import Struct

from survey.actions import audit
from survey.home import Services
from survey.store import registry, snapshots
from survey.store.registry import Stored
from survey.store.snapshots import Frozen


class Known(Struct, frozen=True, kw_only=True):
    """What had been published when a report began: `plain` for disclosure control, None so far."""

    stored: Stored | None
    plain: bytes


class _Overtaken(Exception):
    """Another report of the programme was published meanwhile."""


def known(services: Services, programme_id: str) -> Known:
    """The registry of a programme, opened.

    Raises:
        NotSealedForUs: somebody changed it
    """
    with services.database.read() as tx:
        stored = registry.find(tx, programme_id)
    plain = services.evaluator.open_registry(programme_id, stored.body) if stored else b""
    return Known(stored=stored, plain=plain)


def freeze(
    services: Services,
    programme_id: str,
    row: Frozen,
    before: Known,
    after: bytes,
    *,
    actor: str,
    at: datetime,
) -> Frozen | None:
    """Keep snapshot and registry together; if this report was frozen meanwhile, that one holds.

    Args:
        before: as the snapshot was measured beside
        after: the registry with what the snapshot says
    Returns:
        None when another report of the programme was published meanwhile: measure beside that
    """
    sealed = services.evaluator.seal_registry(programme_id, after)
    try:
        with services.database.write() as tx:
            if snapshots.freeze(tx, row):
                if not registry.keep(tx, programme_id, sealed, old=before.stored):
                    raise _Overtaken
                audit.note(tx, actor, "report-frozen", row.wave_id, at=at, report=row.report)
    except _Overtaken:
        return None
    with services.database.read() as tx:
        return snapshots.find(tx, row.wave_id, row.report)
