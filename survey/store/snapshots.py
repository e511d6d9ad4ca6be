"""Snapshots: what passed disclosure control, frozen by the first report of a wave."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class FrozenDay(Struct, frozen=True, kw_only=True):
    """The day on which a report of a wave was frozen."""

    wave_id: str
    report: str
    frozen_on: date


class Frozen(FrozenDay, frozen=True, kw_only=True):
    """A frozen report; `body` is its snapshot as text, read by `survey.report.registry`."""

    body: str


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


def frozen_on(tx: Transaction, wave_id: str, report: str) -> date | None:
    """The day a report was frozen, None before its first run; its figures are not read."""
    row = tx.one(
        """
        SELECT wave_id, report, frozen_on FROM snapshot
        WHERE tenant = :tenant AND wave_id = :wave_id AND report = :report
        """,
        {"wave_id": wave_id, "report": report},
        into=FrozenDay,
    )
    return row.frozen_on if row else None


def days(tx: Transaction) -> list[FrozenDay]:
    """When each report was frozen, by wave and report; their figures are not read."""
    return tx.all(
        """
        SELECT wave_id, report, frozen_on FROM snapshot
        WHERE tenant = :tenant ORDER BY wave_id, report
        """,
        into=FrozenDay,
    )


def of_wave(tx: Transaction, wave_id: str) -> list[Frozen]:
    """The frozen reports of a wave, by report."""
    return tx.all(
        """
        SELECT wave_id, report, body, frozen_on FROM snapshot
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY report
        """,
        {"wave_id": wave_id},
        into=Frozen,
    )


def list_all(tx: Transaction) -> list[Frozen]:
    """All frozen reports, by wave and report."""
    return tx.all(
        """
        SELECT wave_id, report, body, frozen_on FROM snapshot
        WHERE tenant = :tenant ORDER BY wave_id, report
        """,
        into=Frozen,
    )
