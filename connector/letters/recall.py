"""Which printed letters and reminders must be taken out, because their people are protected now.

Nobody here knows what is in the post already, so a letter is named after every import until
somebody says that it is out of the pile, or the last day of its wave is over: its reminder may
still lie in the house.
"""

from datetime import date, datetime

from msgspec import Struct

from connector.state import audit, invitations, waves
from connector.state.invitations import PrintedLetter
from survey.engine.database import Database, Transaction
from survey.linkage import pseudonyms


class Piece(Struct, frozen=True, kw_only=True):
    """One letter and its reminder; the case number is for the terminal of the house alone.

    Args:
        page: the number at its lower edge; None when it was printed before there was one
        printed_on: the day of the printing that the number is of
    """

    page: int | None
    printed_on: date | None
    case_number: str


class Recall(Struct, frozen=True, kw_only=True):
    """Letters to take out in one wave, in the order of the pile."""

    wave_id: str
    pieces: tuple[Piece, ...]


def due(database: Database, case_key: bytes, *, today: date) -> list[Recall]:
    """Letters to take out, by wave; waves that are over are left out."""
    with database.read() as tx:
        recalls = []
        for wave_id in invitations.printed_waves(tx):
            pieces = tuple(_piece(case_key, sheet) for sheet in _sheets(tx, wave_id, today))
            if pieces:
                recalls.append(Recall(wave_id=wave_id, pieces=pieces))
    return recalls


def taken_out(
    database: Database, recall: Recall, case_key: bytes, *, today: date, at: datetime
) -> int:
    """Somebody says that what was shown to her is out of the pile; gives how many letters.

    Only what she was shown: somebody may have come to be protected since.

    Raises:
        NotFound: no such wave
    """
    shown = {piece.case_number for piece in recall.pieces}
    with database.write() as tx:
        waves.find(tx, recall.wave_id)
        sheets = [
            sheet
            for sheet in _sheets(tx, recall.wave_id, today)
            if pseudonyms.open_case(case_key, sheet.sealed_case) in shown
        ]
        noted = invitations.note_taken_out(tx, sheets, on=today)
        if noted:
            audit.note(tx, audit.SHELL, "letter.taken_out", recall.wave_id, at=at)
        return noted


def _sheets(tx: Transaction, wave_id: str, today: date) -> list[PrintedLetter]:
    offer = waves.find(tx, wave_id)
    if offer.ended or offer.state == "closed" or offer.closes_on < today:
        return []
    return invitations.to_take_out(tx, wave_id)


def _piece(case_key: bytes, sheet: PrintedLetter) -> Piece:
    return Piece(
        page=sheet.page,
        printed_on=sheet.paged_on,
        case_number=pseudonyms.open_case(case_key, sheet.sealed_case),
    )
