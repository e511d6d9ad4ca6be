"""The house: settings, database, keys and evaluator that lie in one home directory."""

import getpass
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from msgspec import Struct

from survey import clock
from survey import settings as settings_file
from survey.actions.desk import Desk
from survey.engine import engines, migrate
from survey.engine.database import Database
from survey.errors import DatabaseError
from survey.linkage import keys
from survey.linkage.evaluator import Evaluator
from survey.linkage.openings import Openings
from survey.settings import Settings
from survey.store import programme_end, programmes
from survey.wrong_codes import Alarm

PREFIX = "SURVEY_"
MIGRATIONS = Path(__file__).resolve().parent.parent / "store" / "migrations"
EXCHANGE = "house"
# Lies beside the keys of a programme from its end on.
ENDED = "ended"


class House(Struct, frozen=True, kw_only=True):
    """One home directory with what lies in it."""

    home: Path
    settings: Settings
    database: Database

    @property
    def server_keys(self) -> Path:
        """The server's key directory; one directory per programme below it."""
        return self.home / self.settings.server_keys

    @property
    def evaluator_keys(self) -> Path:
        """The evaluator's key directory; may be on another device."""
        return self.home / self.settings.evaluator_keys

    def now(self) -> datetime:
        """The moment it is, in the time zone of the house."""
        return clock.now(self.settings.time_zone)

    def today(self) -> date:
        """The day it is in the house: waves open and close at its midnight."""
        return clock.today(self.settings.time_zone)


def load(home: Path) -> Settings:
    """The settings of this home."""
    return settings_file.load(home, Settings, prefix=PREFIX)


def enter(home: Path) -> House:
    """The house as it stands.

    Raises:
        SettingsError: no settings here
        DatabaseError: no database yet, or one of an older version
        DatabaseNewer: the database belongs to a newer programme
    """
    settings = load(home)
    if not has_database(home, settings):
        file = home / settings.database
        raise DatabaseError(file=file, reason="is not there", cure="survey migrate")
    database = open_database(home, settings)
    have = migrate.version(database)
    migrate.refuse_newer(have, MIGRATIONS)
    if have < migrate.latest(MIGRATIONS):
        raise DatabaseError(reason="the database is of an older version", cure="survey migrate")
    return House(home=home, settings=settings, database=database)


def has_database(home: Path, settings: Settings) -> bool:
    """Whether there is a file; a server's database is made by whoever runs the server."""
    return not engines.is_file(settings.database) or (home / settings.database).exists()


def open_database(home: Path, settings: Settings) -> Database:
    """The database that the settings name, whatever is in it; a file is made if it is not there.

    Raises:
        DatabaseError: cannot be reached or used
    """
    return engines.open_database(settings.database, home=home, tenant=settings.tenant)


def place(home: Path, settings: Settings) -> str:
    """Where the database is, without a password."""
    if engines.is_file(settings.database):
        return str(home / settings.database)
    return settings_file.without_password(settings.database)


def evaluator(house: House) -> Evaluator:
    """The evaluator with the keys of every programme that was not ended.

    Raises:
        KeyMissing: a key file is not there
    """
    ids = programme_ids(house)
    held = {each: keys.evaluator_keys(house.evaluator_keys / each) for each in ids}
    exchange = keys.sealing_pair(house.evaluator_keys / EXCHANGE)
    return Evaluator(held, exchange, Openings(house.evaluator_keys))


def make_signature(house: House) -> list[str]:
    """Make the key that replies to connectors are signed with, if there is none.

    Raises:
        KeyMissing: programmes have keys, and they are not in this directory: it is another one
    """
    for programme_id in programme_ids(house):
        keys.server_keys(house.server_keys / programme_id)
    return keys.create(house.server_keys / EXCHANGE, keys.SERVER_HOUSE)


def desk(house: House) -> Desk:
    """What the recipient's actions work with."""
    ids = programme_ids(house)
    return Desk(
        database=house.database,
        evaluator=evaluator(house),
        keys={each: keys.server_keys(house.server_keys / each) for each in ids},
        signature=keys.signing_pair(house.server_keys / EXCHANGE),
        erasures=house.server_keys,
        today=house.today,
        alarm=Alarm(monotonic),
    )


def actor() -> str:
    """Who runs a command: the operating system's name for them."""
    return f"shell:{getpass.getuser()}"


def programme_ids(house: House) -> list[str]:
    """Ids of all programmes that have keys: those that were not ended."""
    with house.database.read() as tx:
        over = set(programme_end.ended(tx))
        ids = [programme.programme_id for programme in programmes.list_all(tx)]
    # The mark counts as well: a database that somebody copied back by hand does not know yet.
    return [
        each for each in ids if each not in over and not (house.server_keys / each / ENDED).exists()
    ]
