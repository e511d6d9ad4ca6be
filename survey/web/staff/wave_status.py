"""Where waves stand, for every list that names them: state, days, weekly count, next step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model import snapshot_heads as heads
from survey.model.programmes import Programme
from survey.model.snapshot_heads import Head
from survey.model.waves import State, Wave
from survey.store import comments, fieldwork, forms, programmes, snapshots, waves

# Its words and its shape stand in staff/work.html, macro `standing`.
Key: TypeAlias = Literal[
    "key-missing",
    "planned",
    "sampled",
    "form-withdrawn",
    "open",
    "overdue",
    "closed",
    "remarks",
    "published",
    "withdrawn",
]
ORDER: tuple[Key, ...] = (
    "form-withdrawn",
    "overdue",
    "remarks",
    "open",
    "key-missing",
    "sampled",
    "planned",
    "closed",
    "published",
    "withdrawn",
)
# States in which people answer, or will.
ANSWERABLE: tuple[State, ...] = ("planned", "sampled", "open")


class WaveStatus(Struct, frozen=True, kw_only=True):
    """One wave as lists show it.

    Args:
        invited: 0 before the sample has come
        answered: as the last weekly row tells, None where none was written
        unread: texts on which two people have not agreed yet
        frozen: by report, the day it was frozen
        printed: how many answered as a report says; None without one, or where it does not say
        told_in: of a wave without a report of its own, the wave whose frozen report holds it
    """

    wave: Wave
    programme: Programme
    key: Key
    invited: int
    answered: int | None
    unread: int
    frozen: Mapping[str, date]
    printed: int | None
    told_in: Wave | None

    @property
    def frozen_on(self) -> date | None:
        """The day the first of its reports was frozen, None before that."""
        return min(self.frozen.values(), default=None)

    @property
    def share(self) -> int:
        """Of a hundred invited people so many have answered, by the report or the weekly row."""
        answered = self.printed or self.answered or 0
        return min(100, 100 * answered // self.invited) if self.invited else 0


def list_all(tx: Transaction, today: date) -> list[WaveStatus]:
    """Every wave, by programme and number, the newest first."""
    known = {programme.programme_id: programme for programme in programmes.list_all(tx)}
    confirmed = {
        programme_id for programme_id in known if programmes.ceremony(tx, programme_id) is not None
    }
    withdrawn = forms.withdrawn(tx)
    unread: dict[str, int] = {}
    for count in comments.counts(tx):
        if count.state in ("open", "proposed"):
            unread[count.wave_id] = unread.get(count.wave_id, 0) + count.texts
    there = waves.list_all(tx)
    frozen: dict[str, dict[str, date]] = {}
    reports: dict[str, list[Head]] = {}
    for row in snapshots.list_all(tx):
        frozen.setdefault(row.wave_id, {})[row.report] = row.frozen_on
        reports.setdefault(row.wave_id, []).append(heads.read(row.body))
    told_in = {
        chapter.wave_id: wave
        for wave in there
        for report in reports.get(wave.wave_id, ())
        for chapter in report.without_code
    }
    return [
        _standing(
            tx,
            wave,
            known[wave.programme_id],
            today,
            unread.get(wave.wave_id, 0),
            frozen=frozen.get(wave.wave_id, {}),
            printed=_printed(reports.get(wave.wave_id, ())),
            told_in=told_in.get(wave.wave_id),
            confirmed=wave.programme_id in confirmed,
            withdrawn=wave.form_version in withdrawn,
        )
        for wave in reversed(there)
    ]


def of_wave(tx: Transaction, wave_id: str, today: date) -> WaveStatus:
    """The status of one wave.

    Raises:
        NotFound: no such wave
    """
    waves.find(tx, wave_id)
    return next(status for status in list_all(tx, today) if status.wave.wave_id == wave_id)


def _printed(reports: Sequence[Head]) -> int | None:
    """How many answered, by the first report that says so."""
    numbers = (head.response.answered for head in reports)
    return next((number for number in numbers if number is not None), None)


def _standing(
    tx: Transaction,
    wave: Wave,
    programme: Programme,
    today: date,
    unread: int,
    *,
    frozen: Mapping[str, date],
    printed: int | None,
    told_in: Wave | None,
    confirmed: bool,
    withdrawn: bool,
) -> WaveStatus:
    weeks = fieldwork.of_wave(tx, wave.wave_id)
    return WaveStatus(
        wave=wave,
        programme=programme,
        key="form-withdrawn"
        if withdrawn and wave.state in ANSWERABLE
        else _key(wave, today, unread, confirmed=confirmed, published=bool(frozen)),
        invited=sum(cell.invited for cell in waves.sample(tx, wave.wave_id)),
        answered=weeks[-1].answered if weeks else None,
        unread=unread,
        frozen=frozen,
        printed=printed,
        told_in=told_in,
    )


def _key(wave: Wave, today: date, unread: int, *, confirmed: bool, published: bool) -> Key:
    match wave.state:
        case "withdrawn":
            return "withdrawn"
        case "planned" | "sampled" if not confirmed:
            return "key-missing"
        case "planned":
            return "planned"
        case "sampled":
            return "sampled"
        case "open":
            return "overdue" if today > wave.closes_on else "open"
        case "closed":
            if published:
                return "published"
            return "remarks" if unread else "closed"
