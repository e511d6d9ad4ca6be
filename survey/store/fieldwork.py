"""How many have answered by the end of a week: one row a week and wave, written once."""

from msgspec import Struct

from survey.engine.database import Transaction


class Weekly(Struct, frozen=True, kw_only=True):
    """`week` is an ISO week, "2026-W47"; `answered` is rounded down to a multiple of k."""

    wave_id: str
    week: str
    answered: int


class _Counted(Struct, frozen=True):
    counted: int


def add(tx: Transaction, row: Weekly) -> bool:
    """False when this week of this wave was written before; the first count stays."""
    added = tx.run(
        """
        INSERT INTO fieldwork (tenant, wave_id, week, answered)
        VALUES (:tenant, :wave_id, :week, :answered)
        ON CONFLICT (tenant, wave_id, week) DO NOTHING
        """,
        row,
    )
    return added == 1


def of_wave(tx: Transaction, wave_id: str) -> list[Weekly]:
    """The weeks of a wave, oldest first."""
    return tx.all(
        """
        SELECT wave_id, week, answered FROM fieldwork
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY week
        """,
        {"wave_id": wave_id},
        into=Weekly,
    )


def submitted(tx: Transaction, wave_id: str, domain: str) -> int:
    """How many rows of one domain were ever written, erased ones among them: for the job alone.

    A deletion leaves its row, without a body, so that this number never falls: whoever deletes with
    a code and watches it learns nothing.
    """
    row = tx.one(
        """
        SELECT count(*) AS counted FROM response
        WHERE tenant = :tenant AND wave_id = :wave_id AND domain = :domain
        """,
        {"wave_id": wave_id, "domain": domain},
        into=_Counted,
    )
    return row.counted if row else 0
