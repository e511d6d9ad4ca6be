"""Which printed letters and reminders must be taken out, because their people are protected now.

Nobody here knows what is in the post already, so a letter is named after every import until the
last day of its wave: its reminder may still lie in the house.
"""

from datetime import date

from msgspec import Struct

from connector.state import invitations, waves
from survey.engine.database import Database
from survey.linkage import pseudonyms


class Recall(Struct, frozen=True, kw_only=True):
    """The case numbers of one wave, for the terminal of the house alone."""

    wave_id: str
    case_numbers: tuple[str, ...]


def due(database: Database, case_key: bytes, *, today: date) -> list[Recall]:
    """What has to be taken out, by wave; waves that are over are left out."""
    with database.read() as tx:
        found = []
        for wave_id in invitations.printed_waves(tx):
            offer = waves.find(tx, wave_id)
            if offer.ended or offer.state == "closed" or offer.closes_on < today:
                continue
            sealed = invitations.to_take_out(tx, wave_id)
            numbers = sorted(pseudonyms.open_case(case_key, each) for each in sealed)
            if numbers:
                found.append(Recall(wave_id=wave_id, case_numbers=tuple(numbers)))
    return found
