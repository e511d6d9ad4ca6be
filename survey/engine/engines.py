"""Which engine a database is of: a file is SQLite, an address names its engine.

Engines with a server are imported by name when one is asked for: a house with a file pays nothing
for them, neither memory nor time.
"""

import importlib
from pathlib import Path

from survey.engine import sqlite
from survey.engine.database import Database
from survey.errors import SettingsError

SERVERS = {
    "postgresql": "survey.engine.postgresql",
    "postgres": "survey.engine.postgresql",
}


def is_file(place: str) -> bool:
    """True if the setting names a file.

    Raises:
        SettingsError: it is neither a file nor the address of a server we know
    """
    scheme, mark, _ = place.partition("://")
    if mark and scheme in SERVERS:
        return False
    if mark or "@" in place:
        # The value is not repeated: there may be a password in it.
        raise SettingsError(
            setting="database",
            reason="is neither a file nor an address that begins with postgresql://",
            cure="mend it where `survey settings` says that it comes from",
        )
    return True


def open_database(place: str, *, home: Path, tenant: str) -> Database:
    """The database of this setting; a file, below `home`, is made if it is not there.

    Raises:
        SettingsError: not a place for a database
        DatabaseError: cannot be reached or used
    """
    if is_file(place):
        return sqlite.open_database(home / place, tenant=tenant)
    engine = importlib.import_module(SERVERS[place.partition("://")[0]])
    opened = engine.open_database(place, tenant=tenant)
    assert isinstance(opened, Database)  # noqa: S101 - a wrong line in SERVERS
    return opened
