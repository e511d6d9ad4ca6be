"""Snapshots: what passed disclosure control, frozen by the first report of a wave."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Frozen(Struct, frozen=True, kw_only=True):
    """`body` is the JSON of a `survey.model.snapshots` struct."""

    wave_id: str
    report: str
    body: str
    frozen_on: date


def freeze(tx: Transaction, frozen: Frozen) -> bool:
    """False when this report of this wave was frozen before; the first one stays."""
    kept = tx.run(
        """
        INSERT INTO snapshot (tenant, wave_id, report, body, frozen_on)
        VALUES (:tenant, :wave_id, :report, :body, :frozen_on)
        ON CONFLICT (tenant, wave_id, report) DO NOTHING
        """,
        frozen,
    )
    return kept == 1


def find(tx: Transaction, wave_id: str, report: str) -> Frozen | None:
    """The frozen report, None before the first run."""
    return tx.one(
        """
        SELECT wave_id, report, body, frozen_on FROM snapshot
        WHERE tenant = :tenant AND wave_id = :wave_id AND report = :report
        """,
        {"wave_id": wave_id, "report": report},
        into=Frozen,
    )


def every(tx: Transaction) -> list[Frozen]:
    """All frozen reports, by wave and report."""
    return tx.all(
        """
        SELECT wave_id, report, body, frozen_on FROM snapshot
        WHERE tenant = :tenant ORDER BY wave_id, report
        """,
        into=Frozen,
    )
