"""Print runs: letters made with one key, until that key is destroyed."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class PrintRun(Struct, frozen=True, kw_only=True):
    """`print_run_id` is also the name of its key file in the directory of print keys."""

    print_run_id: str
    wave_id: str
    letters: int
    drawn_on: date
    finished_on: date | None = None


class _Id(Struct, frozen=True):
    print_run_id: str


def add(tx: Transaction, run: PrintRun) -> None:
    """Write a new run down."""
    tx.run(
        """
        INSERT INTO print_run (tenant, print_run_id, wave_id, letters, drawn_on)
        VALUES (:tenant, :print_run_id, :wave_id, :letters, :drawn_on)
        """,
        run,
    )


def of_wave(tx: Transaction, wave_id: str) -> list[PrintRun]:
    """The wave's runs, first the one of its sample, then those of replacements."""
    return tx.all(
        """
        SELECT print_run_id, wave_id, letters, drawn_on, finished_on FROM print_run
        WHERE tenant = :tenant AND wave_id = :wave_id
        ORDER BY drawn_on, print_run_id
        """,
        {"wave_id": wave_id},
        into=PrintRun,
    )


def unfinished(tx: Transaction) -> set[str]:
    """Runs whose keys must still be there."""
    rows = tx.all(
        "SELECT print_run_id FROM print_run WHERE tenant = :tenant AND finished_on IS NULL",
        into=_Id,
    )
    return {row.print_run_id for row in rows}


def finish(tx: Transaction, print_run_id: str, *, on: date) -> bool:
    """Note that the key is destroyed; False when that was noted before."""
    touched = tx.run(
        """
        UPDATE print_run SET finished_on = :on
        WHERE tenant = :tenant AND print_run_id = :print_run_id AND finished_on IS NULL
        """,
        {"print_run_id": print_run_id, "on": on},
    )
    return touched == 1
