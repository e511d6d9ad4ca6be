"""An opened home directory: settings, database, keys and evaluator, and what actions work with."""

import getpass
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from msgspec import Struct

from survey import clock
from survey import settings as settings_file
from survey.engine import engines, migrate
from survey.engine.database import Database, Transaction
from survey.errors import DatabaseError
from survey.form import assurances
from survey.form import load as form_load
from survey.form.load import Published
from survey.linkage import keys
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Evaluator
from survey.linkage.keys import Pair, ServerKeys
from survey.linkage.openings import Openings
from survey.model.assurances import Assurances
from survey.model.programmes import Programme
from survey.model.waves import State, Wave
from survey.settings import Settings
from survey.store import forms, programme_end, programmes, waves
from survey.wrong_codes import Alarm

PREFIX = "SURVEY_"
MIGRATIONS = Path(__file__).resolve().parent / "store" / "migrations"
# Folder of the keys that belong to no programme: exchange with connectors, sessions of staff.
HOUSE_KEYS = "house"
# Lies beside the keys of a programme from its end on.
ENDED = "ended"


class WaveContext(Struct, frozen=True, kw_only=True):
    """A wave as it was just read, with its programme and its frozen form, which never change."""

    wave: Wave
    programme: Programme
    published: Published

    @property
    def assured(self) -> Assurances:
        """What people are assured of in this wave."""
        return assurances.of_wave(self.programme, self.wave, self.published.form)


class Services(Struct, frozen=True, kw_only=True):
    """What the actions of recipients work with; made once per process where the app is wired.

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

    def wave_context(self, tx: Transaction, wave_id: str) -> WaveContext:
        """The wave with its programme and frozen form; these two are read once in a process.

        Never the wave: its last day may be another than a minute ago.
        """
        wave = waves.find(tx, wave_id)
        if wave.form_version not in self.forms:
            body = forms.find(tx, wave.form_version).body
            self.forms[wave.form_version] = form_load.published(body)
        if wave.programme_id not in self.programmes:
            self.programmes[wave.programme_id] = programmes.find(tx, wave.programme_id)
        return WaveContext(
            wave=wave,
            programme=self.programmes[wave.programme_id],
            published=self.forms[wave.form_version],
        )

    def of(self, session: Session) -> ServerKeys:
        """The server's keys of the session's programme."""
        return self.keys[session.programme_id]

    def open_today(self, context: WaveContext, *, state: State, withdrawn: bool) -> bool:
        """Whether codes of this wave work."""
        on_time = context.wave.opens_on <= self.today() <= context.wave.closes_on
        return state == "open" and on_time and not withdrawn


class Home(Struct, frozen=True, kw_only=True):
    """One home directory with what lies in it."""

    directory: Path
    settings: Settings
    database: Database

    @classmethod
    def enter(cls, directory: Path) -> "Home":
        """The home as it stands.

        Raises:
            SettingsError: no settings here
            DatabaseError: no database yet, or one of an older version
            DatabaseNewer: the database belongs to a newer programme
        """
        settings = load_settings(directory)
        if not has_database(directory, settings):
            file = directory / settings.database
            raise DatabaseError(file=file, reason="is not there", cure="survey migrate")
        database = open_database(directory, settings)
        have = migrate.version(database)
        migrate.refuse_newer(have, MIGRATIONS)
        if have < migrate.latest(MIGRATIONS):
            raise DatabaseError(reason="the database is of an older version", cure="survey migrate")
        return cls(directory=directory, settings=settings, database=database)

    @property
    def server_keys(self) -> Path:
        """The server's key directory; one directory per programme below it."""
        return self.directory / self.settings.server_keys

    @property
    def evaluator_keys(self) -> Path:
        """The evaluator's key directory; may be on another device."""
        return self.directory / self.settings.evaluator_keys

    def now(self) -> datetime:
        """The moment it is, in the time zone of the house."""
        return clock.now(self.settings.time_zone)

    def today(self) -> date:
        """The day it is in the house: waves open and close at its midnight."""
        return clock.today(self.settings.time_zone)

    def programme_ids(self) -> list[str]:
        """Ids of all programmes that have keys: those that were not ended."""
        with self.database.read() as tx:
            over = set(programme_end.ended(tx))
            ids = [programme.programme_id for programme in programmes.list_all(tx)]
        # The mark counts as well: a database that somebody copied back by hand does not know yet.
        return [
            programme_id
            for programme_id in ids
            if programme_id not in over and not (self.server_keys / programme_id / ENDED).exists()
        ]

    def evaluator(self) -> Evaluator:
        """The evaluator with the keys of every programme that was not ended.

        Raises:
            KeyMissing: a key file is not there
        """
        folder = self.evaluator_keys
        held = {
            programme_id: keys.evaluator_keys(folder / programme_id)
            for programme_id in self.programme_ids()
        }
        return Evaluator(held, keys.sealing_pair(folder / HOUSE_KEYS), Openings(folder))

    def make_signature(self) -> list[str]:
        """Make the key that replies to connectors are signed with, if there is none.

        Raises:
            KeyMissing: programmes have keys, and they are not in this directory: it is another one
        """
        for programme_id in self.programme_ids():
            keys.server_keys(self.server_keys / programme_id)
        return keys.create(self.server_keys / HOUSE_KEYS, keys.SERVER_HOUSE)

    def services(self) -> Services:
        """What the recipients' actions work with."""
        ids = self.programme_ids()
        return Services(
            database=self.database,
            evaluator=self.evaluator(),
            keys={
                programme_id: keys.server_keys(self.server_keys / programme_id)
                for programme_id in ids
            },
            signature=keys.signing_pair(self.server_keys / HOUSE_KEYS),
            erasures=self.server_keys,
            today=self.today,
            alarm=Alarm(monotonic),
        )


def load_settings(directory: Path) -> Settings:
    """The settings of this home."""
    return settings_file.load(directory, Settings, prefix=PREFIX)


def has_database(directory: Path, settings: Settings) -> bool:
    """Whether there is a file; a server's database is made by whoever runs the server."""
    return not engines.is_file(settings.database) or (directory / settings.database).exists()


def open_database(directory: Path, settings: Settings) -> Database:
    """The database that the settings name, whatever is in it; a file is made if it is not there.

    Raises:
        DatabaseError: cannot be reached or used
    """
    return engines.open_database(settings.database, home=directory, tenant=settings.tenant)


def database_address(directory: Path, settings: Settings) -> str:
    """Where the database is, without a password."""
    if engines.is_file(settings.database):
        return str(directory / settings.database)
    return settings_file.without_password(settings.database)


def shell_actor() -> str:
    """Who runs a command: the operating system's name for them."""
    return f"shell:{getpass.getuser()}"
