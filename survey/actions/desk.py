"""What the actions of recipients work with; made once per process where the app is wired."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from survey.engine.database import Database, Transaction
from survey.form import assurances, load
from survey.form.load import Published
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Evaluator
from survey.linkage.keys import Pair, ServerKeys
from survey.model.assurances import Assurances
from survey.model.programmes import Programme
from survey.model.waves import State, Wave
from survey.store import forms, programmes, waves
from survey.wrong_codes import Alarm


class Asked(Struct, frozen=True, kw_only=True):
    """A wave as it was just read, with what belongs to it and never changes."""

    wave: Wave
    programme: Programme
    published: Published

    @property
    def assured(self) -> Assurances:
        """What people are assured of in this wave."""
        return assurances.of_wave(self.programme, self.wave, self.published.form)


class Desk(Struct, frozen=True, kw_only=True):
    """What is shared by all who answer in this process.

    Args:
        signature: what replies to connectors are signed with
        erasures: folder of the erasure logs, beside the server's keys
        today: gives the day
        begun: key of the draft that was begun last in a kiosk's browser; in memory only, because on
            disk it would tell at which device an answer was given
    """

    database: Database
    evaluator: Evaluator
    keys: dict[str, ServerKeys]
    signature: Pair
    erasures: Path
    today: Callable[[], date]
    alarm: Alarm
    forms: dict[str, Published] = {}
    programmes: dict[str, Programme] = {}
    begun: dict[bytes, bytes] = {}

    def asked(self, tx: Transaction, wave_id: str) -> Asked:
        """The wave with its programme and frozen form; these two are read once in a process.

        Never the wave: its last day may be another than a minute ago.
        """
        wave = waves.find(tx, wave_id)
        if wave.form_version not in self.forms:
            self.forms[wave.form_version] = load.published(forms.find(tx, wave.form_version).body)
        if wave.programme_id not in self.programmes:
            self.programmes[wave.programme_id] = programmes.find(tx, wave.programme_id)
        return Asked(
            wave=wave,
            programme=self.programmes[wave.programme_id],
            published=self.forms[wave.form_version],
        )

    def of(self, session: Session) -> ServerKeys:
        """The server's keys of the session's programme."""
        return self.keys[session.programme_id]

    def open_today(self, asked: Asked, *, state: State, withdrawn: bool) -> bool:
        """Whether codes of this wave work."""
        on_time = asked.wave.opens_on <= self.today() <= asked.wave.closes_on
        return state == "open" and on_time and not withdrawn
