"""Waves, their units and the counts of their sample."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.model.waves import SampleCell, State, Thresholds, Unit, Wave

COLUMNS = """
    wave_id, programme_id, number, form_id, form_version, opens_on, closes_on, state,
    k, k_sensitive, k_up, comments, print_destroyed
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
    print_destroyed: bool


def add(tx: Transaction, wave: Wave) -> bool:
    """False when a wave of this id, or of this number in its programme, is there already."""
    added = tx.run(
        f"""
        INSERT INTO wave (tenant, {COLUMNS})
        VALUES (:tenant, :wave_id, :programme_id, :number, :form_id, :form_version, :opens_on,
                :closes_on, :state, :k, :k_sensitive, :k_up, :comments, :print_destroyed)
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


def every(tx: Transaction) -> list[Wave]:
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
        WHERE tenant = :tenant AND wave_id = :wave_id AND state = :old
        """,
        {"wave_id": wave_id, "old": old, "new": new},
    )
    return moved == 1


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


def _wave(row: _Row) -> Wave:
    limits = {name: getattr(row, name) for name in Thresholds.__struct_fields__}
    rest = {name: getattr(row, name) for name in row.__struct_fields__ if name not in limits}
    return Wave(thresholds=Thresholds(**limits), **rest)
