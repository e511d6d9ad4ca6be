"""Kiosks: who may begin a questionnaire without a letter, and beginning one.

Each questionnaire gets a code made on the spot for a pseudonym nobody keeps: two answers of one
person at a kiosk cannot be told from those of two. They are counted apart from letters for the same
reason: a queue can vote as often as it likes.
"""

import hashlib
from datetime import datetime

from msgspec import Struct

from survey.actions import audit, drafts, ids
from survey.actions.drafts import Entered
from survey.engine.database import Database, Transaction
from survey.errors import NotFound, Refused
from survey.home import Services
from survey.linkage import codes
from survey.linkage.drafts import Session
from survey.model import modes
from survey.model.rows import Invitation
from survey.model.waves import Wave
from survey.store import drafts as stored_drafts
from survey.store import forms, invitations, kiosks, waves
from survey.store.kiosks import Kiosk

# Where answers of a kiosk are counted: in no unit, since nobody checks who stands there.
PLACE = ("kiosk", "kiosk")


class Station(Struct, frozen=True, kw_only=True):
    """A device of the house: the wave it asks for, and which browser it is."""

    wave: Wave
    browser: bytes


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
        if modes.is_invited(waves.find(tx, wave_id).mode):
            cure = "survey wave create ... --form kiosk"
            raise Refused(wave=wave_id, reason="people are invited to this wave", cure=cure)
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


def join(services: Services, typed: str) -> str | None:
    """What a browser keeps to be a device of the house; None when the token is not one.

    The token itself would make a device of every browser that it is copied to.
    """
    token = codes.read_token(typed)
    if token is None:
        return None
    wave = _wave(services, _hashed(token))
    return services.evaluator.device(wave.programme_id, _hashed(token)) if wave else None


def device(services: Services, cookie: str | None) -> Station | None:
    """The device that keeps this cookie; None when it is not (or no longer) one of the house."""
    known = services.evaluator.read_device(cookie) if cookie else None
    wave = _wave(services, known.token_hash) if known else None
    return Station(wave=wave, browser=known.browser) if known and wave else None


def is_open(tx: Transaction, services: Services, wave_id: str) -> bool:
    """Whether somebody may begin today; a withdrawn wording asks nobody."""
    context = services.wave_context(tx, wave_id)
    withdrawn = forms.find(tx, context.wave.form_version).withdrawn
    return services.open_today(context, state=context.wave.state, withdrawn=withdrawn)


def begin(
    services: Services, station: Station, *, language: str, before: Session | None = None
) -> Begun | None:
    """A new questionnaire in place of the one before; None when the wave is not open today.

    Whoever begins and leaves must not leave drafts behind: a device has one.

    Args:
        before: the session that the browser still has
    """
    code, wave = codes.drawn(), station.wave
    digest = codes.digest(code)
    code_hash, ticket = services.evaluator.seat(wave.programme_id, wave.wave_id, digest, PLACE)
    row = Invitation(code_hash=code_hash, wave_id=wave.wave_id, ticket=ticket)
    with services.database.save() as tx:
        if not is_open(tx, services, wave.wave_id):
            return None
        _drop(tx, wave, services.begun.pop(station.browser, None))
        _drop(tx, wave, before.draft_key if before else None)
        invitations.add(tx, [row])
    entered = drafts.enter(services, digest, before=None, language=language)
    if entered is None:
        return None
    services.begun[station.browser] = entered.session.draft_key
    return Begun(entered=entered, code=code)


def _drop(tx: Transaction, wave: Wave, draft_key: bytes | None) -> None:
    """Delete a draft of this wave: one that was begun by letter in this browser is not ours."""
    draft = stored_drafts.find(tx, draft_key) if draft_key else None
    if draft is not None and draft.wave_id == wave.wave_id:
        stored_drafts.drop(tx, draft.draft_key)


def _wave(services: Services, token_hash: bytes) -> Wave | None:
    with services.database.read() as tx:
        kiosk = kiosks.by_token(tx, token_hash)
        return waves.find(tx, kiosk.wave_id) if kiosk else None


def _hashed(token: str) -> bytes:
    # 100 random bits: no password, a plain digest is enough.
    return hashlib.sha256(token.encode("ascii")).digest()
