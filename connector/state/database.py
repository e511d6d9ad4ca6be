"""Opens the connector's own database, at the version this programme writes."""

from pathlib import Path

from survey.engine import migrate, sqlite
from survey.engine.sqlite import SqliteDatabase
from survey.errors import DatabaseError

MIGRATIONS = Path(__file__).parent / "migrations"


def opened(path: Path, *, tenant: str) -> SqliteDatabase:
    """The database of a home, brought up to date.

    Raises:
        DatabaseError: the file is not there, is empty or is no database
        DatabaseNewer: it was written by a newer version of the programme
    """
    # A new one in its place would silently begin without its link table.
    if not path.exists():
        cure = "restore it from its backup; a new home is made by connector init"
        raise DatabaseError(file=path, reason="is not there", cure=cure)
    if path.stat().st_size == 0:
        raise DatabaseError(file=path, reason="is empty", cure="restore it from its backup")
    return made(path, tenant=tenant)


def made(path: Path, *, tenant: str) -> SqliteDatabase:
    """The database, made if it is not there."""
    database = sqlite.open_database(path, tenant=tenant)
    migrate.migrate(database, MIGRATIONS)
    return database
