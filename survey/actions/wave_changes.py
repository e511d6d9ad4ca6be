"""Changing a wave: its plan while nobody is invited, its title always, its last day while open.

`at` is the moment in the zone of the house: its date is the day on which things happen here.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import audit
from survey.actions import waves as wave_actions
from survey.engine.database import Database, Transaction
from survey.errors import Refused, WaveNotReady
from survey.form.load import Published
from survey.model import modes
from survey.model.waves import Thresholds, Wave
from survey.store import kiosks, programmes, waves

# What is shown ends by the day that letters say: whoever answers last still shows it for a while.
MOST_PROLONGED = timedelta(weeks=12)
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
            wave_actions.keep_form(tx, wave_id, wanted.published)
        if not waves.correct(tx, new):
            raise WaveNotReady(wave=wave_id, state=old.state, reason=INVITED)
        audit.note(tx, actor, "wave-corrected", wave_id, at=at, **_changes(old, new))
    return new


def same(wave: Wave, wanted: Correction) -> bool:
    """Whether a correction would change nothing."""
    asked = (wanted.title, wanted.opens_on, wanted.closes_on, wanted.thresholds)
    there = (wave.title, wave.opens_on, wave.closes_on, wave.thresholds)
    return wanted.published is None and asked == there


def rename(database: Database, wave_id: str, title: str, *, actor: str, at: datetime) -> None:
    """Give a wave another title; reports that are frozen keep the one they have.

    Raises:
        Refused: this cannot be one, or another wave has it
        NotFound: no such wave
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        programme = programmes.find(tx, wave.programme_id)
        new = wave_actions.titled(tx, replace(wave, title=title), programme)
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
    if not 0 < len(because) <= wave_actions.LONGEST_REASON:
        raise Refused(
            wave=wave_id,
            reason="it is withdrawn for a reason, in 1 to "
            f"{wave_actions.LONGEST_REASON} characters",
        )
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if not waves.withdraw(tx, wave_id, on=at.date(), because=because):
            raise WaveNotReady(wave=wave_id, state=wave.state, reason=INVITED)
        for device in kiosks.list_all(tx):
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


def _corrected(tx: Transaction, old: Wave, wanted: Correction) -> Wave:
    wave_actions.refuse_backwards(old.wave_id, wanted.opens_on, wanted.closes_on)
    for name in Thresholds.__struct_fields__:
        if getattr(wanted.thresholds, name) < getattr(old.thresholds, name):
            raise Refused(wave=old.wave_id, threshold=name, reason="thresholds can only be raised")
    form = wanted.published
    if form is not None and modes.of_form(form.form.id) != old.mode:
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
    return replace(new, title=wave_actions.titled(tx, new, programmes.find(tx, old.programme_id)))


def _changes(old: Wave, new: Wave) -> dict[str, str]:
    """Details of an audit entry: old and new value of each changed field."""
    changes = {}
    for name in ("title", "opens_on", "closes_on", "form_version"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            changes[name] = f"{before} > {after}"
    for name in Thresholds.__struct_fields__:
        before, after = getattr(old.thresholds, name), getattr(new.thresholds, name)
        if before != after:
            changes[name] = f"{before} > {after}"
    return changes
