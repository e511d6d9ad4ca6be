"""Planning a wave: which forms there are, who was invited before, what came back, what is told."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from survey import paths
from survey.engine.database import Transaction
from survey.form import load
from survey.form.load import Published
from survey.form.structure import FULL
from survey.home import WaveContext
from survey.language import tags
from survey.model import modes, snapshot_heads
from survey.model.estimates import Estimate
from survey.model.form import Form
from survey.model.modes import Mode
from survey.model.programmes import Programme
from survey.model.waves import Thresholds, Wave
from survey.store import snapshots, waves

# So that their numbers do not tear gaps into those of the waves by letter.
FIRST_AT_DEVICES = 101


class FormChoice(Struct, frozen=True, kw_only=True):
    """A form that recipients can be asked; `selections` with the number of questions of each."""

    form_id: str
    title: str
    languages: tuple[str, ...]
    selections: tuple[tuple[str, int], ...]


class Group(Struct, frozen=True, kw_only=True):
    """A reporting unit and how many people of it are invited."""

    label: str
    invited: int


class Before(Struct, frozen=True, kw_only=True):
    """The last wave of a programme: its units, and the published response rate, if there is one."""

    wave: Wave
    groups: tuple[Group, ...]
    rate: float | None


def forms(folder: Path = paths.FORMS) -> list[FormChoice]:
    """Every form for recipients that lies on this server, by id.

    Raises:
        FormError: one of them cannot be used
    """
    choices = []
    for name in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        form = load.form(name, folder=folder)
        # Devices are set up by a command of their own; nobody is invited to them.
        if form.perspective == "recipient" and modes.is_invited(modes.of_form(form.id)):
            choices.append(_choice(form, folder))
    return choices


def before(tx: Transaction, programme_id: str) -> Before | None:
    """The last wave of the programme that took a sample, None for the first."""
    sampled = [
        wave
        for wave in waves.list_all(tx)
        if wave.programme_id == programme_id and waves.sample(tx, wave.wave_id)
    ]
    if not sampled:
        return None
    last = max(sampled, key=lambda wave: wave.number)
    return Before(wave=last, groups=groups(tx, last.wave_id), rate=_rate(tx, sampled))


def groups(tx: Transaction, wave_id: str) -> tuple[Group, ...]:
    """The units of a wave with how many were invited, in the order of their labels."""
    labels = {unit.unit_id: unit.label for unit in waves.units(tx, wave_id)}
    invited = dict.fromkeys(labels, 0)
    for cell in waves.sample(tx, wave_id):
        invited[cell.unit_id] += cell.invited
    return tuple(
        Group(label=labels[unit_id], invited=invited[unit_id])
        for unit_id in sorted(labels, key=lambda key: labels[key])
    )


def next_number(tx: Transaction, programme_id: str, mode: Mode = "letter") -> int:
    """The number that a new wave of the programme gets; those at devices count from 101."""
    invited = modes.is_invited(mode)
    taken = [
        wave.number
        for wave in waves.list_all(tx)
        if wave.programme_id == programme_id and modes.is_invited(wave.mode) is invited
    ]
    return max(taken, default=0 if invited else FIRST_AT_DEVICES - 1) + 1


def planned(
    programme: Programme,
    published: Published,
    *,
    wave_id: str,
    title: str,
    number: int,
    days: tuple[date, date],
    thresholds: Thresholds,
) -> WaveContext:
    """The wave as it would be asked: what its notice says follows from this, and is not yet kept.

    Args:
        days: the first and the last
    """
    wave = Wave(
        wave_id=wave_id,
        title=title,
        programme_id=programme.programme_id,
        number=number,
        form_id=published.form.id,
        form_version=published.version,
        opens_on=days[0],
        closes_on=days[1],
        state="planned",
        thresholds=thresholds,
    )
    return WaveContext(wave=wave, programme=programme, published=published)


def _choice(form: Form, folder: Path) -> FormChoice:
    words = load.wordings(form.id, folder=folder)
    sizes = [(name, len(ids)) for name, ids in form.selections.items()]
    return FormChoice(
        form_id=form.id,
        title=words[tags.SOURCE].title,
        languages=tuple(words),
        selections=(*sizes, (FULL, len(form.questions))),
    )


def _rate(tx: Transaction, sampled: list[Wave]) -> float | None:
    """What is published about the newest wave that has a report; nothing is counted here."""
    for wave in sorted(sampled, key=lambda wave: -wave.number):
        for report in snapshots.of_wave(tx, wave.wave_id):
            rate = snapshot_heads.read(report.body).response.rate
            if rate is not None:
                return rate.value if isinstance(rate, Estimate) else None
    return None
