"""The end of printing: from here on nobody can make a wave's codes again.

First the keys, then the files, then the note, then the word to the survey server: broken off
anywhere, the same command goes on where it stopped.
"""

from datetime import date
from pathlib import Path

from msgspec import Struct

from connector import client
from connector.letter_errors import LettersRefused
from connector.letters import files
from connector.settings import Home
from connector.state import letter_files, print_runs, waves
from survey.engine.database import Database


class Finished(Struct, frozen=True, kw_only=True):
    """Letters whose codes are gone for the connector, files removed, files that lay elsewhere."""

    letters: int
    removed: tuple[str, ...]
    not_found: tuple[str, ...]


def code_files(database: Database, wave_id: str) -> list[str]:
    """The files that the end of printing will remove.

    Raises:
        NotFound: no such wave
    """
    with database.read() as tx:
        waves.find(tx, wave_id)
        return [file.path for file in letter_files.of_wave(tx, wave_id)]


def finish(database: Database, home: Home, wave_id: str, *, today: date) -> Finished:
    """Destroy the wave's print keys and the files with its codes.

    Raises:
        LettersRefused: nothing was invited, or not one letter was ever written
        NotFound: no such wave
    """
    with database.read() as tx:
        waves.find(tx, wave_id)
        runs = print_runs.of_wave(tx, wave_id)
        written = letter_files.of_wave(tx, wave_id)
    if not runs:
        raise LettersRefused("Für diese Welle ist noch niemand eingeladen.")
    still_open = [run for run in runs if run.finished_on is None]
    there = [run for run in still_open if (home.print_keys / run.print_run_id).exists()]
    if there and not written:
        raise LettersRefused(
            "Für diese Welle wurde noch kein Brief geschrieben; danach ginge es nicht mehr. Bitte "
            "zuerst `connector letters WAVE --source … --out …` aufrufen."
        )
    for run in there:
        files.destroy(home.print_keys / run.print_run_id)
    gone = {file.path: files.remove(Path(file.path)) for file in written}
    with database.write() as tx:
        for file in written:
            letter_files.forget(tx, file)
        for run in still_open:
            print_runs.finish(tx, run.print_run_id, on=today)
    return Finished(
        letters=sum(run.letters for run in runs),
        removed=tuple(path for path, removed in gone.items() if removed),
        not_found=tuple(path for path, removed in gone.items() if not removed),
    )


def report(
    database: Database, home: Home, wave_id: str, finished: Finished, *, today: date
) -> None:
    """Give the survey server our signed word; the wave can open then.

    Raises:
        ServerUnreachable, ServerRefused: the word waits for `connector push`
    """
    client.report_destroyed(home, database, wave_id, letters=finished.letters, today=today)
