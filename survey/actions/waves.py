"""The life of a wave: planned, sampled, open, closed. Each step tests the one before.

`at` is the moment in the zone of the house: its date is the day on which things happen here.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import audit, ids, titles
from survey.engine.database import Database, Transaction
from survey.errors import Refused, WaveNotReady
from survey.form.load import Published
from survey.model.programmes import Programme
from survey.model.waves import AT_DEVICES, State, Thresholds, Wave
from survey.store import drafts, ending, forms, invitations, kiosks, programmes, waves
from survey.store.forms import FormVersion

# What is shown ends by the day that letters say: whoever answers last still shows it for a while.
MOST_PROLONGED = timedelta(weeks=12)
LONGEST_REASON = 300
INVITED = "it is not planned any more: people are invited, or it was withdrawn"


class Correction(Struct, frozen=True, kw_only=True):
    """What a planned wave is to be from now on; `published` None leaves its questions as they are.

    A title that is empty stands for the one that would be proposed.
    """

    title: str
    opens_on: date
    closes_on: date
    thresholds: Thresholds
    published: Published | None = None


def create(
    database: Database, wave: Wave, published: Published, *, actor: str, at: datetime
) -> None:
    """Freeze the form and plan the wave; without a title it gets the one that is proposed.

    Raises:
        Refused: id or number is taken or cannot be one, or it ends before it begins
        WaveNotReady: this wording was withdrawn
        NotFound: no such programme
    """
    ids.refuse_unusable("wave", wave.wave_id)
    _refuse_backwards(wave.wave_id, wave.opens_on, wave.closes_on)
    with database.write() as tx:
        programme = programmes.find(tx, wave.programme_id)
        if ending.ended_on(tx, wave.programme_id) is not None:
            raise Refused(programme=wave.programme_id, reason="it was ended: its keys are gone")
        _keep_form(tx, wave.wave_id, published)
        title = _title(tx, wave, programme)
        if not waves.add(tx, replace(wave, form_version=published.version, title=title)):
            raise Refused(wave=wave.wave_id, reason="this id or number is taken")
        audit.note(
            tx, actor, "wave-created", wave.wave_id, at=at, form=published.version, title=title
        )


def correct(
    database: Database, wave_id: str, wanted: Correction, *, actor: str, at: datetime
) -> Wave:
    """Change what was planned, as long as nobody is invited; gives the wave as it is then.

    Raises:
        Refused: it ends before it begins, a threshold would fall, or nothing would change
        WaveNotReady: somebody is invited: letters say what was planned
    """
    with database.write() as tx:
        old = waves.find(tx, wave_id)
        new = _corrected(tx, old, wanted)
        if new == old:
            raise Refused(wave=wave_id, reason="nothing of it is to be changed")
        if wanted.published is not None:
            _keep_form(tx, wave_id, wanted.published)
        if not waves.correct(tx, new):
            raise WaveNotReady(wave=wave_id, state=old.state, reason=INVITED)
        audit.note(tx, actor, "wave-corrected", wave_id, at=at, **_changes(old, new))
    return new


def rename(database: Database, wave_id: str, title: str, *, actor: str, at: datetime) -> None:
    """Give a wave another title; reports that are frozen keep the one they have.

    Raises:
        Refused: this cannot be one, or another wave has it
        NotFound: no such wave
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        programme = programmes.find(tx, wave.programme_id)
        new = _title(tx, replace(wave, title=title), programme)
        if new != wave.title:
            waves.rename(tx, wave_id, new)
            audit.note(tx, actor, "wave-renamed", wave_id, at=at, old=wave.title, new=new)


def withdraw(database: Database, wave_id: str, *, because: str, actor: str, at: datetime) -> None:
    """Give up a planned wave; its row stays with the reason, its devices are revoked.

    Raises:
        Refused: no reason, or a very long one
        WaveNotReady: somebody is invited, or it was withdrawn before
    """
    because = " ".join(because.split())
    if not 0 < len(because) <= LONGEST_REASON:
        raise Refused(
            wave=wave_id,
            reason=f"it is withdrawn for a reason, in 1 to {LONGEST_REASON} characters",
        )
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if not waves.withdraw(tx, wave_id, on=at.date(), because=because):
            raise WaveNotReady(wave=wave_id, state=wave.state, reason=INVITED)
        for device in kiosks.every(tx):
            if device.wave_id == wave_id:
                kiosks.revoke(tx, device.kiosk_id, on=at.date())
        audit.note(tx, actor, "wave-withdrawn", wave_id, at=at, because=because)


def prolong(database: Database, wave_id: str, closes_on: date, *, actor: str, at: datetime) -> None:
    """Set a later last day for an open wave. What letters say stays kept: until then and longer.

    Raises:
        Refused: the day is not later than the present one, over, or too late
        WaveNotReady: it is not open
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "open":
            raise WaveNotReady(wave=wave_id, state=wave.state)
        latest = latest_day(wave)
        if not max(wave.closes_on + timedelta(days=1), at.date()) <= closes_on <= latest:
            raise Refused(
                wave=wave_id,
                closes_on=closes_on,
                reason=f"the new last day lies after {wave.closes_on}, not in the past, and not "
                f"after {latest}",
                cure="plan another wave" if closes_on > latest else "choose a later day",
            )
        waves.prolong(tx, wave_id, old=wave.closes_on, new=closes_on)
        audit.note(tx, actor, "wave-prolonged", wave_id, at=at, old=wave.closes_on, new=closes_on)


def latest_day(wave: Wave) -> date:
    """The last day to which a wave can be prolonged: reckoned from what letters say."""
    return wave.letters_say + MOST_PROLONGED


def open_wave(database: Database, wave_id: str, *, actor: str, at: datetime) -> None:
    """From now on codes work.

    Raises:
        WaveNotReady: no sample yet, keys not confirmed, codes can still be computed, the last
            day is over, or its wording was withdrawn
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        _refuse_withdrawn(tx, wave_id, wave.form_version)
        _refuse_unready(
            wave,
            keys_confirmed=programmes.ceremony(tx, wave.programme_id) is not None,
            today=at.date(),
        )
        ready: State = "sampled" if wave.by_letter else "planned"
        if not waves.move(tx, wave_id, old=ready, new="open"):
            raise WaveNotReady(wave=wave_id, state=wave.state, cure="push its sample first")
        audit.note(tx, actor, "wave-opened", wave_id, at=at)


def close(database: Database, wave_id: str, *, actor: str, at: datetime, because: str = "") -> None:
    """Codes stop working, drafts and invitations are deleted, reports may be run.

    Before the last day too: then texts stay where a code finds them until that day is over, because
    that is what people were told, and what is shown is seen as long as they were told.

    Args:
        because: why before the last day, for the audit
    Raises:
        WaveNotReady: it is not open
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if not waves.close(tx, wave_id, at.date()):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        drafts.drop_wave(tx, wave_id)
        invitations.drop(tx, wave_id)
        early = {"because": because, "planned": wave.closes_on} if because else {}
        audit.note(tx, actor, "wave-closed", wave_id, at=at, **early)


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


def _title(tx: Transaction, wave: Wave, programme: Programme) -> str:
    """The wave's own, or the one that is proposed; no other wave may be called the same."""
    taken = [each.title for each in waves.every(tx) if each.wave_id != wave.wave_id]
    title = " ".join(wave.title.split()) or titles.proposed(
        programme.title, wave.opens_on, by_letter=wave.by_letter, taken=taken
    )
    titles.refuse_unusable(title)
    if any(titles.same(title, each) for each in taken):
        raise Refused(wave=wave.wave_id, title=title, reason="another wave has this title")
    return title


def _keep_form(tx: Transaction, wave_id: str, published: Published) -> None:
    version = FormVersion(version=published.version, form_id=published.form.id, body=published.text)
    forms.keep(tx, version)
    _refuse_withdrawn(tx, wave_id, published.version)


def _corrected(tx: Transaction, old: Wave, wanted: Correction) -> Wave:
    _refuse_backwards(old.wave_id, wanted.opens_on, wanted.closes_on)
    for name in Thresholds.__struct_fields__:
        if getattr(wanted.thresholds, name) < getattr(old.thresholds, name):
            raise Refused(wave=old.wave_id, threshold=name, reason="thresholds can only be raised")
    form = wanted.published
    if form is not None and (form.form.id in AT_DEVICES) is old.by_letter:
        raise Refused(wave=old.wave_id, reason="a wave by letter cannot become one at devices")
    new = replace(
        old,
        title=wanted.title,
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        thresholds=wanted.thresholds,
        form_id=form.form.id if form else old.form_id,
        form_version=form.version if form else old.form_version,
    )
    return replace(new, title=_title(tx, new, programmes.find(tx, old.programme_id)))


def _changes(old: Wave, new: Wave) -> dict[str, str]:
    """What an entry of the audit tells: old and new value of each field that is another now."""
    told = {}
    for name in ("title", "opens_on", "closes_on", "form_version"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            told[name] = f"{before} > {after}"
    for name in Thresholds.__struct_fields__:
        before, after = getattr(old.thresholds, name), getattr(new.thresholds, name)
        if before != after:
            told[name] = f"{before} > {after}"
    return told


def _refuse_backwards(wave_id: str, opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise Refused(wave=wave_id, reason="it closes before it opens")
