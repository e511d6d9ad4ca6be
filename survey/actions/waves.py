"""The life of a wave: planned, sampled, open, closed. Each step tests the one before."""

from datetime import date, datetime

from msgspec.structs import replace

from survey.actions import audit, ids
from survey.engine.database import Database
from survey.errors import Refused, WaveNotReady
from survey.form.load import Published
from survey.model.waves import State, Wave
from survey.store import drafts, ending, forms, invitations, programmes, waves
from survey.store.forms import FormVersion


def create(
    database: Database, wave: Wave, published: Published, *, actor: str, at: datetime
) -> None:
    """Freeze the form and plan the wave.

    Raises:
        Refused: id or number is taken or cannot be one, or it ends before it begins
        NotFound: no such programme
    """
    ids.refuse_unusable("wave", wave.wave_id)
    if wave.closes_on < wave.opens_on:
        raise Refused(wave=wave.wave_id, reason="it closes before it opens")
    frozen = FormVersion(version=published.version, form_id=published.form.id, body=published.text)
    with database.write() as tx:
        programmes.find(tx, wave.programme_id)
        if ending.ended_on(tx, wave.programme_id) is not None:
            raise Refused(programme=wave.programme_id, reason="it was ended: its keys are gone")
        forms.keep(tx, frozen)
        if not waves.add(tx, replace(wave, form_version=published.version)):
            raise Refused(wave=wave.wave_id, reason="this id or number is taken")
        audit.note(tx, actor, "wave-created", wave.wave_id, at=at, form=published.version)


def open_wave(database: Database, wave_id: str, *, actor: str, at: datetime) -> None:
    """From now on codes work.

    Raises:
        WaveNotReady: no sample yet, keys not confirmed, codes can still be computed, or the last
            day is over
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        _refuse_unready(
            wave,
            keys_confirmed=programmes.ceremony(tx, wave.programme_id) is not None,
            today=at.date(),
        )
        ready: State = "sampled" if wave.by_letter else "planned"
        if not waves.move(tx, wave_id, old=ready, new="open"):
            raise WaveNotReady(wave=wave_id, state=wave.state, cure="push its sample first")
        audit.note(tx, actor, "wave-opened", wave_id, at=at)


def close(database: Database, wave_id: str, *, actor: str, at: datetime) -> None:
    """Codes stop working, drafts and invitations are deleted, reports may be run.

    Raises:
        WaveNotReady: it is not open
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if not waves.move(tx, wave_id, old="open", new="closed"):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        drafts.drop_wave(tx, wave_id)
        invitations.drop(tx, wave_id)
        audit.note(tx, actor, "wave-closed", wave_id, at=at)


def withdraw_form(database: Database, version: str, *, actor: str, at: datetime) -> None:
    """Take a wording out of use at once; its waves answer no more until they close.

    Raises:
        NotFound: no such version
    """
    with database.write() as tx:
        forms.find(tx, version)
        if forms.withdraw(tx, version):
            audit.note(tx, actor, "form-withdrawn", version, at=at)


def _refuse_unready(wave: Wave, *, keys_confirmed: bool, today: date) -> None:
    if not keys_confirmed:
        raise WaveNotReady(
            wave=wave.wave_id,
            reason="the key ceremony is not confirmed",
            cure=f"survey keys confirm {wave.programme_id}",
        )
    if today > wave.closes_on:
        raise WaveNotReady(wave=wave.wave_id, reason="its last day is over")
    if not wave.by_letter:
        return
    if wave.state == "planned":
        raise WaveNotReady(
            wave=wave.wave_id,
            state=wave.state,
            reason="it has no sample yet",
            cure=f"in the jobcenter: connector invite {wave.wave_id}, then connector push",
        )
    if not wave.print_destroyed:
        raise WaveNotReady(
            wave=wave.wave_id,
            reason="the connector can still compute the codes",
            cure=f"connector letters {wave.wave_id} --finish",
        )
