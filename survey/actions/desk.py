"""What the actions of recipients work with; made once per process where the app is wired."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from survey.actions.alarm import Alarm
from survey.engine.database import Database, Transaction
from survey.form import load
from survey.form.load import Published
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Evaluator
from survey.linkage.keys import ServerKeys
from survey.model.programmes import Programme
from survey.model.waves import State, Wave
from survey.store import forms, programmes, waves


class Asked(Struct, frozen=True, kw_only=True):
    """A wave with what belongs to it and never changes; its state is read anew each time."""

    wave: Wave
    programme: Programme
    published: Published


class Desk(Struct, frozen=True, kw_only=True):
    """What is shared by all who answer in this process.

    Args:
        erasures: folder of the erasure logs, beside the server's keys
        today: gives the day
        begun: key of the draft that was begun last in a kiosk's browser; in memory only, because on
            disk it would tell at which device an answer was given
    """

    database: Database
    evaluator: Evaluator
    keys: dict[str, ServerKeys]
    erasures: Path
    today: Callable[[], date]
    alarm: Alarm
    known: dict[str, Asked] = {}
    begun: dict[bytes, bytes] = {}

    def asked(self, tx: Transaction, wave_id: str) -> Asked:
        """The wave with its programme and frozen form; read once in a process."""
        if wave_id not in self.known:
            self.known[wave_id] = _read(tx, wave_id)
        return self.known[wave_id]

    def of(self, session: Session) -> ServerKeys:
        """The server's keys of the session's programme."""
        return self.keys[session.programme_id]

    def open_today(self, asked: Asked, *, state: State, withdrawn: bool) -> bool:
        """Whether codes of this wave work."""
        on_time = asked.wave.opens_on <= self.today() <= asked.wave.closes_on
        return state == "open" and on_time and not withdrawn


def _read(tx: Transaction, wave_id: str) -> Asked:
    wave = waves.find(tx, wave_id)
    version = forms.find(tx, wave.form_version)
    return Asked(
        wave=wave,
        programme=programmes.find(tx, wave.programme_id),
        published=load.published(version.body),
    )
