"""Waves, their units and the counts of their sample."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.model.modes import Mode
from survey.model.waves import SampleCell, State, Thresholds, Unit, Wave

COLUMNS = """
    wave_id, programme_id, number, form_id, form_version, opens_on, closes_on, state,
    k, k_sensitive, k_up, comments, mode, print_destroyed, title, closed_on, prolonged_from,
    withdrawn_on, withdrawn_because
"""


class _Row(Struct, frozen=True, kw_only=True):
    wave_id: str
    programme_id: str
    number: int
    form_id: str
    form_version: str
    opens_on: date
    closes_on: date
    state: State
    k: int
    k_sensitive: int
    k_up: int
    comments: int
    mode: Mode
    print_destroyed: bool
    title: str
    closed_on: date | None
    prolonged_from: date | None
    withdrawn_on: date | None
    withdrawn_because: str


def add(tx: Transaction, wave: Wave) -> bool:
    """False when a wave of this id, or of this number in its programme, is there already."""
    added = tx.run(
        f"""
        INSERT INTO wave (tenant, {COLUMNS})
        VALUES (:tenant, :wave_id, :programme_id, :number, :form_id, :form_version, :opens_on,
                :closes_on, :state, :k, :k_sensitive, :k_up, :comments, :mode, :print_destroyed,
                :title, :closed_on, :prolonged_from, :withdrawn_on, :withdrawn_because)
        ON CONFLICT DO NOTHING
        """,  # noqa: S608 - COLUMNS is a constant above
        _flat(wave),
    )
    return added == 1


def find(tx: Transaction, wave_id: str) -> Wave:
    """The wave of this id.

    Raises:
        NotFound: there is none
    """
    row = tx.one(
        f"SELECT {COLUMNS} FROM wave WHERE tenant = :tenant AND wave_id = :wave_id",  # noqa: S608
        {"wave_id": wave_id},
        into=_Row,
    )
    if row is None:
        raise NotFound(wave=wave_id)
    return _wave(row)


def list_all(tx: Transaction) -> list[Wave]:
    """All waves, by programme and number."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM wave WHERE tenant = :tenant ORDER BY programme_id, number",  # noqa: S608
        into=_Row,
    )
    return [_wave(row) for row in rows]


def move(tx: Transaction, wave_id: str, *, old: State, new: State) -> bool:
    """False when the wave was not in state `old`."""
    moved = tx.run(
        """
        UPDATE wave SET state = :new
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = :old AND withdrawn_on IS NULL
        """,
        {"wave_id": wave_id, "old": old, "new": new},
    )
    return moved == 1


def close(tx: Transaction, wave_id: str, on: date) -> bool:
    """No answers from now on; False when the wave was not open."""
    closed = tx.run(
        """
        UPDATE wave SET state = 'closed', closed_on = :on
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = 'open'
        """,
        {"wave_id": wave_id, "on": on},
    )
    return closed == 1


def correct(tx: Transaction, wave: Wave) -> bool:
    """Write title, days, form and thresholds anew; False once anybody is invited, or it is gone."""
    corrected = tx.run(
        """
        UPDATE wave
        SET title = :title, form_id = :form_id, form_version = :form_version,
            opens_on = :opens_on, closes_on = :closes_on,
            k = :k, k_sensitive = :k_sensitive, k_up = :k_up, comments = :comments
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = 'planned'
            AND withdrawn_on IS NULL
        """,
        _flat(wave),
    )
    return corrected == 1


def rename(tx: Transaction, wave_id: str, title: str) -> None:
    """Give a wave another title, at any time."""
    tx.run(
        "UPDATE wave SET title = :title WHERE tenant = :tenant AND wave_id = :wave_id",
        {"wave_id": wave_id, "title": title},
    )


def prolong(tx: Transaction, wave_id: str, *, old: date, new: date) -> bool:
    """Set a later last day; False when the wave is not open or `old` is not its last day."""
    prolonged = tx.run(
        """
        UPDATE wave SET prolonged_from = COALESCE(prolonged_from, closes_on), closes_on = :new
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = 'open' AND closes_on = :old
        """,
        {"wave_id": wave_id, "old": old, "new": new},
    )
    return prolonged == 1


def withdraw(tx: Transaction, wave_id: str, *, on: date, because: str) -> bool:
    """Give up a planned wave; False once anybody is invited, or when it was withdrawn before."""
    withdrawn = tx.run(
        """
        UPDATE wave SET withdrawn_on = :on, withdrawn_because = :because
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = 'planned'
            AND withdrawn_on IS NULL
        """,
        {"wave_id": wave_id, "on": on, "because": because},
    )
    return withdrawn == 1


def note_print_destroyed(tx: Transaction, wave_id: str) -> None:
    """The connector has signed that it can no longer compute the wave's codes."""
    tx.run(
        """
        UPDATE wave SET print_destroyed = TRUE
        WHERE tenant = :tenant AND wave_id = :wave_id
        """,
        {"wave_id": wave_id},
    )


def add_units(tx: Transaction, wave_id: str, units: Iterable[Unit]) -> None:
    """Name the reporting units of a wave."""
    tx.many(
        """
        INSERT INTO unit (tenant, wave_id, unit_id, label)
        VALUES (:tenant, :wave_id, :unit_id, :label)
        """,
        ({"wave_id": wave_id, "unit_id": unit.unit_id, "label": unit.label} for unit in units),
    )


def units(tx: Transaction, wave_id: str) -> list[Unit]:
    """The reporting units of a wave, by id."""
    return tx.all(
        """
        SELECT unit_id, label FROM unit
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY unit_id
        """,
        {"wave_id": wave_id},
        into=Unit,
    )


def add_sample(tx: Transaction, wave_id: str, cells: Iterable[SampleCell]) -> None:
    """Write down once how many were invited."""
    tx.many(
        """
        INSERT INTO sample (tenant, wave_id, unit_id, cell, invited)
        VALUES (:tenant, :wave_id, :unit_id, :cell, :invited)
        """,
        (
            {
                "wave_id": wave_id,
                "unit_id": cell.unit_id,
                "cell": cell.cell,
                "invited": cell.invited,
            }
            for cell in cells
        ),
    )


def sample(tx: Transaction, wave_id: str) -> list[SampleCell]:
    """How many were invited, by unit and cell."""
    return tx.all(
        """
        SELECT unit_id, cell, invited FROM sample
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY unit_id, cell
        """,
        {"wave_id": wave_id},
        into=SampleCell,
    )


def _flat(wave: Wave) -> Mapping[str, object]:
    limits = wave.thresholds
    return {
        **{name: getattr(wave, name) for name in wave.__struct_fields__ if name != "thresholds"},
        **{name: getattr(limits, name) for name in limits.__struct_fields__},
    }


# Read at every page somebody answers on, and nearly always as it was before.
@lru_cache(maxsize=256)
def _wave(row: _Row) -> Wave:
    limits = {name: getattr(row, name) for name in Thresholds.__struct_fields__}
    rest = {name: getattr(row, name) for name in row.__struct_fields__ if name not in limits}
    if row.withdrawn_on is not None:
        rest["state"] = "withdrawn"
    return Wave(thresholds=Thresholds(**limits), **rest)
