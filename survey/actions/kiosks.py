"""Kiosks: who may begin a questionnaire without a letter, and beginning one.

Each questionnaire gets a code made on the spot for a pseudonym nobody keeps: two answers of one
person at a kiosk cannot be told from those of two. They are counted apart from letters for the same
reason: a queue can vote as often as it likes.
"""

import hashlib
from datetime import datetime

from msgspec import Struct

from survey.actions import answering, audit, ids
from survey.actions.answering import Entered
from survey.actions.desk import Desk
from survey.engine.database import Database, Transaction
from survey.errors import NotFound, Refused
from survey.linkage import codes
from survey.model.rows import Invitation
from survey.model.waves import Wave
from survey.store import forms, invitations, kiosks, waves
from survey.store.kiosks import Kiosk

# Where answers of a kiosk are counted: in no unit, since nobody checks who stands there.
PLACE = ("kiosk", "kiosk")


class Begun(Struct, frozen=True, kw_only=True):
    """A questionnaire at a kiosk; the code is the receipt and is kept nowhere here."""

    entered: Entered
    code: str


def add(
    database: Database, kiosk_id: str, wave_id: str, place: str, *, actor: str, at: datetime
) -> str:
    """A device for a kiosk wave; gives its token, which is shown this once.

    Raises:
        NotFound: no such wave
        Refused: the id is taken or cannot be one, or people get letters for this wave
    """
    ids.refuse_unusable("kiosk", kiosk_id)
    token = codes.token()
    kiosk = Kiosk(
        kiosk_id=kiosk_id,
        wave_id=wave_id,
        place=place,
        token_hash=_hashed(token),
        created_on=at.date(),
    )
    with database.write() as tx:
        if waves.find(tx, wave_id).by_letter:
            cure = "survey wave create ... --form kiosk"
            raise Refused(wave=wave_id, reason="people get letters for this wave", cure=cure)
        if not kiosks.add(tx, kiosk):
            raise Refused(kiosk=kiosk_id, reason="this id is taken")
        audit.note(tx, actor, "kiosk-added", kiosk_id, at=at, wave=wave_id)
    return token


def revoke(database: Database, kiosk_id: str, *, actor: str, at: datetime) -> None:
    """Take a device's right away; questionnaires begun on it can still be finished.

    Raises:
        NotFound: no such kiosk that still has a right
    """
    with database.write() as tx:
        if not kiosks.revoke(tx, kiosk_id, on=at.date()):
            raise NotFound(kiosk=kiosk_id, reason="there is none, or it was revoked before")
        audit.note(tx, actor, "kiosk-revoked", kiosk_id, at=at)


def wave_of(desk: Desk, token: str | None) -> Wave | None:
    """The wave this device asks for; None when the token is not (or no longer) one."""
    read = codes.read_token(token or "")
    if read is None:
        return None
    with desk.database.read() as tx:
        kiosk = kiosks.by_token(tx, _hashed(read))
        return waves.find(tx, kiosk.wave_id) if kiosk else None


def is_open(tx: Transaction, desk: Desk, wave_id: str) -> bool:
    """Whether somebody may begin today; a withdrawn wording asks nobody."""
    asked = desk.asked(tx, wave_id)
    state = waves.find(tx, wave_id).state
    withdrawn = forms.find(tx, asked.wave.form_version).withdrawn
    return desk.open_today(asked, state=state, withdrawn=withdrawn)


def begin(desk: Desk, wave: Wave, *, language: str) -> Begun | None:
    """A new questionnaire; None when the wave is not open today."""
    code = codes.drawn()
    digest = codes.digest(code)
    code_hash, ticket = desk.evaluator.seat(wave.programme_id, wave.wave_id, digest, PLACE)
    row = Invitation(code_hash=code_hash, wave_id=wave.wave_id, ticket=ticket)
    with desk.database.save() as tx:
        if not is_open(tx, desk, wave.wave_id):
            return None
        invitations.add(tx, [row])
    entered = answering.enter(desk, digest, before=None, language=language)
    return Begun(entered=entered, code=code) if entered else None


def _hashed(token: str) -> bytes:
    # 100 random bits: no password, a plain digest is enough.
    return hashlib.sha256(token.encode("ascii")).digest()
