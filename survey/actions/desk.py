"""What the actions of recipients work with; made once per process where the app is wired."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from survey.actions.alarm import Alarm
from survey.engine.database import Database, Transaction
from survey.form import load
from survey.form.load import Published
from survey.linkage.evaluator import Evaluator
from survey.linkage.keys import ServerKeys
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.store import forms, programmes, waves


class Desk(Struct, frozen=True, kw_only=True):
    """`erasures` is the folder of the erasure logs, beside the server's keys; `today` gives the
    day.
    """

    database: Database
    evaluator: Evaluator
    keys: Mapping[str, ServerKeys]
    erasures: Path
    today: Callable[[], date]
    alarm: Alarm


class Asked(Struct, frozen=True, kw_only=True):
    """A wave with what belongs to it and never changes."""

    wave: Wave
    programme: Programme
    published: Published


def asked(tx: Transaction, wave_id: str) -> Asked:
    """The wave as it stands, with its programme and its frozen form."""
    wave = waves.find(tx, wave_id)
    version = forms.find(tx, wave.form_version)
    return Asked(
        wave=wave,
        programme=programmes.find(tx, wave.programme_id),
        published=load.published(version.body),
    )
