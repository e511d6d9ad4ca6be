"""Published snapshots, as the survey server froze them: what every reader may know."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Report(Struct, frozen=True, kw_only=True):
    """One snapshot; `body` is the text of `survey.model.snapshots`."""

    wave_id: str
    report: str
    programme_id: str
    frozen_on: date
    body: str


class _Unit(Struct, frozen=True):
    unit_id: str


def replace(tx: Transaction, reports: Iterable[Report]) -> None:
    """Hold these and no others."""
    tx.run("DELETE FROM report WHERE tenant = :tenant")
    tx.many(
        """
        INSERT INTO report (tenant, wave_id, report, programme_id, frozen_on, body)
        VALUES (:tenant, :wave_id, :report, :programme_id, :frozen_on, :body)
        """,
        reports,
    )


def forget_programme(tx: Transaction, programme_id: str) -> int:
    """Delete those of an ended programme; gives their number."""
    return tx.run(
        "DELETE FROM report WHERE tenant = :tenant AND programme_id = :programme_id",
        {"programme_id": programme_id},
    )


def list_all(tx: Transaction) -> list[Report]:
    """All of them, the latest first."""
    return tx.all(
        """
        SELECT wave_id, report, programme_id, frozen_on, body FROM report
        WHERE tenant = :tenant ORDER BY frozen_on DESC, wave_id DESC, report
        """,
        into=Report,
    )


def units_of(tx: Transaction, wave_id: str, case_manager: str) -> list[str]:
    """The units in which the teams of this case manager's cases were counted in a wave.

    Found by teams alone: whether any of her own cases was invited must not show here.
    """
    rows = tx.all(
        """
        SELECT DISTINCT unit_id FROM unit_team
        WHERE tenant = :tenant AND wave_id = :wave_id AND team IN (
            SELECT team FROM episode
            WHERE tenant = :tenant AND case_manager = :case_manager
              AND exclusion = '' AND vanished_run IS NULL
        )
        ORDER BY unit_id
        """,
        {"wave_id": wave_id, "case_manager": case_manager},
        into=_Unit,
    )
    return [row.unit_id for row in rows]
