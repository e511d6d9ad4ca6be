"""Opens the connector's own database, at the version this programme writes."""

from pathlib import Path

from survey.engine import migrate, sqlite
from survey.engine.sqlite import SqliteDatabase

MIGRATIONS = Path(__file__).parent / "migrations"


def opened(path: Path, *, tenant: str) -> SqliteDatabase:
    """The database, made or brought up to date.

    Raises:
        DatabaseError: the folder is missing or the file is no database
        DatabaseNewer: it was written by a newer version of the programme
    """
    database = sqlite.open_database(path, tenant=tenant)
    migrate.migrate(database, MIGRATIONS)
    return database
