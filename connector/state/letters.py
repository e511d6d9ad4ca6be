"""Letters that are due, and the files they were written to."""

from datetime import date

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.exchange import Told, WaveOffer
from survey.model.programmes import Level
from survey.model.waves import State


class Due(Struct, frozen=True, kw_only=True):
    """A letter to print: `number` makes the code, `case_index` finds name and address."""

    print_run_id: str
    number: int
    case_index: bytes
    sealed_case: bytes


class PrintRun(Struct, frozen=True, kw_only=True):
    """Letters of one key; `finished_on` is the day on which it was destroyed."""

    print_run_id: str
    letters: int
    finished_on: date | None


class LetterFile(Struct, frozen=True, kw_only=True):
    """A file with codes, by its absolute path."""

    wave_id: str
    path: str


def runs(tx: Transaction, wave_id: str) -> list[PrintRun]:
    """Every print run of the wave: the sample's, and those for lost letters."""
    return tx.all(
        """
        SELECT print_run_id, letters, finished_on FROM print_run
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY print_run_id
        """,
        {"wave_id": wave_id},
        into=PrintRun,
    )


def due(tx: Transaction, wave_id: str) -> list[Due]:
    """The letters of all unfinished print runs of the wave."""
    return tx.all(
        """
        SELECT i.print_run_id, i.number, i.case_index, e.sealed_case
        FROM invitation i
        JOIN print_run r ON r.tenant = i.tenant AND r.print_run_id = i.print_run_id
        JOIN episode e ON e.tenant = i.tenant AND e.case_index = i.case_index
        WHERE i.tenant = :tenant AND i.wave_id = :wave_id AND r.finished_on IS NULL
        ORDER BY i.print_run_id, i.number
        """,
        {"wave_id": wave_id},
        into=Due,
    )


def finish(tx: Transaction, wave_id: str, on: date) -> int:
    """Note that the keys of the wave's open print runs are gone; gives the number of letters."""
    open_runs = [run for run in runs(tx, wave_id) if run.finished_on is None]
    tx.run(
        """
        UPDATE print_run SET finished_on = :day
        WHERE tenant = :tenant AND wave_id = :wave_id AND finished_on IS NULL
        """,
        {"wave_id": wave_id, "day": on.isoformat()},
    )
    return sum(run.letters for run in open_runs)


def files(tx: Transaction, wave_id: str) -> list[LetterFile]:
    """Where letters of this wave were written to."""
    return tx.all(
        """
        SELECT wave_id, path FROM letter_file
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY path
        """,
        {"wave_id": wave_id},
        into=LetterFile,
    )


def keep_file(tx: Transaction, file: LetterFile) -> None:
    """Remember a file that is about to be written."""
    tx.run(
        """
        INSERT INTO letter_file (tenant, wave_id, path) VALUES (:tenant, :wave_id, :path)
        ON CONFLICT (tenant, wave_id, path) DO NOTHING
        """,
        file,
    )


def forget_file(tx: Transaction, file: LetterFile) -> None:
    """The file is gone."""
    tx.run(
        "DELETE FROM letter_file WHERE tenant = :tenant AND wave_id = :wave_id AND path = :path",
        file,
    )


def offer(tx: Transaction, wave_id: str) -> WaveOffer | None:
    """The wave as the survey server offered it last."""
    row = tx.one(
        """
        SELECT programme_id, programme_title, level, wave_id, number, form_id, opens_on, closes_on,
               state, k_up, evaluator_key, told
        FROM wave WHERE tenant = :tenant AND wave_id = :wave_id
        """,
        {"wave_id": wave_id},
        into=_Offered,
    )
    if row is None:
        return None
    facts = {name: getattr(row, name) for name in row.__struct_fields__}
    told = msgspec.json.decode(row.told, type=Told) if row.told else None
    return WaveOffer(**{**facts, "told": told})


class _Offered(Struct, frozen=True, kw_only=True):
    programme_id: str
    programme_title: str
    level: Level
    wave_id: str
    number: int
    form_id: str
    opens_on: date
    closes_on: date
    state: State
    k_up: int
    evaluator_key: bytes
    told: str | None
