"""Previews of reports: the figures that would be hidden, kept until a while after freezing."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Stored(Struct, frozen=True, kw_only=True):
    """`body` is the JSON of a `survey.model.previews` struct."""

    wave_id: str
    report: str
    body: str
    made_on: date


def keep(tx: Transaction, preview: Stored) -> bool:
    """False when there is one of this report; the first one stays."""
    kept = tx.run(
        """
        INSERT INTO report_preview (tenant, wave_id, report, body, made_on)
        VALUES (:tenant, :wave_id, :report, :body, :made_on)
        ON CONFLICT (tenant, wave_id, report) DO NOTHING
        """,
        preview,
    )
    return kept == 1


def find(tx: Transaction, wave_id: str, report: str) -> Stored | None:
    """The preview of a report, None before it was asked for."""
    return tx.one(
        """
        SELECT wave_id, report, body, made_on FROM report_preview
        WHERE tenant = :tenant AND wave_id = :wave_id AND report = :report
        """,
        {"wave_id": wave_id, "report": report},
        into=Stored,
    )
