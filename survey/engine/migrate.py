"""Brings a database to the version of the programme: numbered .sql files, each all or nothing.

The files are the same for both engines; the words in braces differ: {moment} {flag} {bytes} {whole}
{real} {table_end}. Version = the number of the last file that ran.
"""

import re
from pathlib import Path

from msgspec import Struct

from survey.engine.database import Database
from survey.errors import DatabaseNewer

FILE = re.compile(r"(\d{3})_[a-z0-9_]+\.sql")

TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    tenant TEXT NOT NULL,
    number {whole} NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant, number)
) {table_end};
"""


class Applied(Struct, frozen=True):
    """The highest number that ran, 0 for an empty database."""

    number: int


def version(database: Database) -> int:
    """Number of the last migration in this database; 0 when none ever ran."""
    database.script(_spelled(TABLE, database))
    with database.read() as tx:
        last = tx.one(
            # Of all tenants: whoever ran a file made the tables that they share.
            "SELECT COALESCE(MAX(number), 0) AS number FROM migration",
            into=Applied,
        )
    return last.number if last else 0


class _Tenant(Struct, frozen=True):
    tenant: str


def tenants(database: Database) -> list[str]:
    """Whose migrations ran here; empty when this is no database of ours."""
    with database.read() as tx:
        rows = tx.all("SELECT DISTINCT tenant FROM migration ORDER BY tenant", into=_Tenant)
    return [row.tenant for row in rows]


def latest(folder: Path) -> int:
    """Number of the newest migration the programme has."""
    return max((number for number, _ in _files(folder)), default=0)


def migrate(database: Database, folder: Path) -> list[str]:
    """Run what is missing, oldest first; gives the names of the files that ran.

    Raises:
        DatabaseNewer: the database knows migrations that this programme does not
    """
    ran = []
    for number, path in _missing(database, folder):
        # The tenant is checked by the settings to be letters, digits and dashes, the name by FILE.
        note = (
            "INSERT INTO migration (tenant, number, name) "  # noqa: S608
            f"VALUES ('{database.tenant}', {number}, '{path.name}');"
        )
        database.script(_spelled(path.read_text("utf-8"), database) + "\n" + note)
        ran.append(path.name)
    return ran


def missing(database: Database, folder: Path) -> list[str]:
    """Names of the files that `migrate` would run.

    Raises:
        DatabaseNewer: the database knows migrations that this programme does not
    """
    return [path.name for _, path in _missing(database, folder)]


def refuse_newer(have: int, folder: Path) -> None:
    """Raise DatabaseNewer when the database is ahead of the programme."""
    if have > latest(folder):
        raise DatabaseNewer(database=have, programme=latest(folder), cure="update the programme")


def _missing(database: Database, folder: Path) -> list[tuple[int, Path]]:
    have = version(database)
    refuse_newer(have, folder)
    return [(number, path) for number, path in _files(folder) if number > have]


def _files(folder: Path) -> list[tuple[int, Path]]:
    candidates = ((FILE.fullmatch(path.name), path) for path in sorted(folder.iterdir()))
    return [(int(match[1]), path) for match, path in candidates if match]


def _spelled(sql: str, database: Database) -> str:
    for word, spelling in database.words.items():
        sql = sql.replace("{" + word + "}", spelling)
    return sql
