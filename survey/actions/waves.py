"""The life of a wave: planned, sampled, open, closed. Each step tests the one before.

`at` is the moment in the zone of the house: its date is the day on which things happen here.
"""

from datetime import date, datetime

from msgspec.structs import replace

from survey.actions import audit, ids, titles
from survey.engine.database import Database, Transaction
from survey.errors import Refused, WaveNotReady
from survey.form.load import Published
from survey.model import modes
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.store import forms, programme_end, programmes, waves
from survey.store.forms import FormVersion

LONGEST_REASON = 300


def create(
    database: Database, wave: Wave, published: Published, *, actor: str, at: datetime
) -> None:
    """Freeze the form and plan the wave; without a title it gets the one that is proposed.

    Raises:
        Refused: id or number is taken or cannot be one, it ends before it begins, or its form
            cannot be asked in its mode
        WaveNotReady: this wording was withdrawn
        NotFound: no such programme
    """
    ids.refuse_unusable("wave", wave.wave_id)
    if not modes.can_be_asked(wave.mode) or modes.of_form(wave.form_id) != wave.mode:
        raise Refused(
            wave=wave.wave_id, mode=wave.mode, reason="this form is not asked in this way"
        )
    refuse_backwards(wave.wave_id, wave.opens_on, wave.closes_on)
    with database.write() as tx:
        programme = programmes.find(tx, wave.programme_id)
        if programme_end.ended_on(tx, wave.programme_id) is not None:
            raise Refused(programme=wave.programme_id, reason="it was ended: its keys are gone")
        keep_form(tx, wave.wave_id, published)
        title = titled(tx, wave, programme)
        if not waves.add(tx, replace(wave, form_version=published.version, title=title)):
            raise Refused(wave=wave.wave_id, reason="this id or number is taken")
        audit.note(
            tx, actor, "wave-created", wave.wave_id, at=at, form=published.version, title=title
        )


def open_wave(database: Database, wave_id: str, *, actor: str, at: datetime) -> None:
    """Open a wave: from now on codes work.

    Raises:
        WaveNotReady: no sample yet, keys not confirmed, codes can still be computed, the last
            day is over, or its wording was withdrawn
    """
    with database.write() as tx:
        wave = refuse_unready(tx, wave_id, today=at.date())
        if not waves.move(tx, wave_id, old=wave.state, new="open"):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        audit.note(tx, actor, "wave-opened", wave_id, at=at)


def withdraw_form(database: Database, version: str, *, actor: str, at: datetime) -> None:
    """Take a wording out of use at once; its waves answer no more until they close.

    Raises:
        NotFound: no such version
    """
    with database.write() as tx:
        forms.find(tx, version)
        if forms.withdraw(tx, version):
            audit.note(tx, actor, "form-withdrawn", version, at=at)


def _refuse_withdrawn(tx: Transaction, wave_id: str, version: str) -> None:
    if version in forms.withdrawn(tx):
        raise WaveNotReady(
            wave=wave_id,
            reason="the wording of its form was withdrawn: nobody could answer",
            cure="correct it to another form, or to this one after its words were changed",
        )


def refuse_unready(tx: Transaction, wave_id: str, *, today: date) -> Wave:
    """The wave, when it could be opened today.

    Raises:
        NotFound: no such wave
        WaveNotReady: as of `open_wave`
    """
    wave = waves.find(tx, wave_id)
    if wave.state not in ("planned", "sampled"):
        raise WaveNotReady(wave=wave_id, state=wave.state, reason="it cannot be opened any more")
    _refuse_withdrawn(tx, wave_id, wave.form_version)
    if programmes.ceremony(tx, wave.programme_id) is None:
        raise WaveNotReady(
            wave=wave.wave_id,
            reason="the key ceremony is not confirmed",
            cure=f"survey keys confirm {wave.programme_id}",
        )
    if today > wave.closes_on:
        raise WaveNotReady(wave=wave.wave_id, reason="its last day is over")
    if modes.is_invited(wave.mode) and wave.state == "planned":
        raise WaveNotReady(
            wave=wave.wave_id,
            state=wave.state,
            reason="it has no sample yet",
            cure=f"in the jobcenter: connector invite {wave.wave_id}, then connector push",
        )
    if modes.has_letters(wave.mode) and not wave.print_destroyed:
        raise WaveNotReady(
            wave=wave.wave_id,
            reason="the connector can still compute the codes",
            cure=f"connector letters {wave.wave_id} --finish",
        )
    return wave


def titled(tx: Transaction, wave: Wave, programme: Programme) -> str:
    """The title of a wave, its own or a proposed one; no other wave may have it."""
    taken = [other.title for other in waves.list_all(tx) if other.wave_id != wave.wave_id]
    title = " ".join(wave.title.split()) or titles.proposed(
        programme.title, wave.opens_on, mode=wave.mode, taken=taken
    )
    titles.refuse_unusable(title)
    if any(titles.same(title, other_title) for other_title in taken):
        raise Refused(wave=wave.wave_id, title=title, reason="another wave has this title")
    return title


def keep_form(tx: Transaction, wave_id: str, published: Published) -> None:
    """Freeze the wording.

    Raises:
        WaveNotReady: it was withdrawn
    """
    version = FormVersion(version=published.version, form_id=published.form.id, body=published.text)
    forms.keep(tx, version)
    _refuse_withdrawn(tx, wave_id, published.version)


def refuse_backwards(wave_id: str, opens_on: date, closes_on: date) -> None:
    """Raise Refused for a wave that ends before it begins."""
    if closes_on < opens_on:
        raise Refused(wave=wave_id, reason="it closes before it opens")
