"""Destroys the connector's data of a programme that has ended on the survey server.

With its link table nobody in the house can say any more whose a thread of answers was. Who was
invited, what was released, its reports, keys of unfinished print runs and files with codes go as
well. The server says so with every list of waves; a person here confirms it once.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from connector.letters import files
from connector.settings import Home
from connector.state import audit, invitations, letter_files, links, print_runs, releases, reports
from survey.engine.database import Transaction
from survey.model.exchange import WaveOffer

ACTOR = "pull"


def ended(offers: Iterable[WaveOffer]) -> dict[str, list[str]]:
    """Programmes that are over, with their waves."""
    waves: dict[str, list[str]] = {}
    for offer in offers:
        if offer.ended:
            waves.setdefault(offer.programme_id, []).append(offer.wave_id)
    return waves


def forget(
    tx: Transaction, home: Home, programme_id: str, waves: Iterable[str], *, at: datetime
) -> bool:
    """Destroy what is here of an ended programme; False when nothing was left."""
    # Keys and files first: a break in between leaves rows, which the next pull finds again.
    forgotten = sum([_destroy_codes(tx, home, wave_id, at) for wave_id in waves])
    forgotten += links.forget_programme(tx, programme_id)
    forgotten += invitations.forget_programme(tx, programme_id)
    forgotten += releases.forget_programme(tx, programme_id)
    forgotten += reports.forget_programme(tx, programme_id)
    if not forgotten:
        return False
    audit.note(tx, ACTOR, "programme.forget", programme_id, at=at)
    return True


def _destroy_codes(tx: Transaction, home: Home, wave_id: str, at: datetime) -> int:
    """Keys of print runs and files with codes; gives how many there were."""
    destroyed = 0
    for run in print_runs.of_wave(tx, wave_id):
        if (home.print_keys / run.print_run_id).exists():
            files.destroy(home.print_keys / run.print_run_id)
        destroyed += print_runs.finish(tx, run.print_run_id, on=at.date())
    for file in letter_files.of_wave(tx, wave_id):
        files.remove(Path(file.path))
        letter_files.forget(tx, file)
        destroyed += 1
    return destroyed
