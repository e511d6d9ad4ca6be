"""A database file through sqlite-utils: what an operator looks at, and tests.

Not in `survey.engine.sqlite`: sqlite-utils loads pandas where that is installed, which costs every
command two seconds and the web process 60 MB.

No counts of rows: how many answers, drafts or invitations there are changes by one when one person
answers or deletes, and whoever reads a screen twice would see it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlite_utils
from msgspec import Struct
from sqlite_utils.db import NoTable

from survey.engine import migrate, sqlite
from survey.engine.sqlite import SqliteDatabase
from survey.errors import DatabaseError


class TableReport(Struct, frozen=True, kw_only=True):
    """A table: columns with their types, the columns of its key, its indexes by their columns."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...]


class FileReport(Struct, frozen=True, kw_only=True):
    """A database file as it is.

    Args:
        size, log_size: bytes of the file and of its write-ahead log
        version, latest: the last migration that ran, and the last that this programme has
        damaged: what SQLite's own check says; empty of a sound file
        orphans: tables with rows that point to nothing
        differing: tables and indexes that are not as the migrations make them, or are missing, or
            are there beside them; looked for when the versions are equal
    """

    sqlite: str
    journal: str
    size: int
    log_size: int
    version: int
    latest: int
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]
    differing: tuple[str, ...]
    tables: tuple[TableReport, ...]


def inspect(database: SqliteDatabase) -> sqlite_utils.Database:
    """The tables of this file; not for hot paths."""
    return sqlite_utils.Database(database.path)


def report(file: Path, migrations: Path) -> FileReport:
    """Look at a database file, which is opened for reading only; reads it whole.

    Raises:
        DatabaseError: it is not there, or SQLite cannot read it
    """
    if not file.exists():
        raise DatabaseError(file=file, reason="is not there")
    try:
        return _report(file, migrations)
    except (sqlite3.DatabaseError, NoTable) as error:
        raise DatabaseError(file=file, reason=str(error)) from error


def _report(file: Path, migrations: Path) -> FileReport:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        database = sqlite_utils.Database(connection)
        version = max((row["number"] for row in database["migration"].rows), default=0)
        latest = migrate.latest(migrations)
        log = file.with_name(f"{file.name}-wal")
        return FileReport(
            sqlite=".".join(str(part) for part in database.sqlite_version),
            journal=database.journal_mode,
            size=file.stat().st_size,
            log_size=log.stat().st_size if log.exists() else 0,
            version=version,
            latest=latest,
            damaged=tuple(
                row["integrity_check"]
                for row in database.query("PRAGMA integrity_check")
                if row["integrity_check"] != "ok"
            ),
            orphans=tuple(
                sorted({row["table"] for row in database.query("PRAGMA foreign_key_check")})
            ),
            differing=_differing(database, migrations) if version == latest else (),
            tables=tuple(_table(database.table(name)) for name in sorted(database.table_names())),
        )


def _table(table: sqlite_utils.db.Table) -> TableReport:
    return TableReport(
        name=table.name,
        columns={column.name: column.type for column in table.columns},
        key=tuple(table.pks),
        # SQLite makes an index of its own for a key, named sqlite_autoindex_...
        indexes=tuple(
            tuple(index.columns) for index in table.indexes if not index.name.startswith("sqlite_")
        ),
    )


def _differing(database: sqlite_utils.Database, migrations: Path) -> tuple[str, ...]:
    """Names whose statement is another than in a database that is made anew."""
    with TemporaryDirectory() as folder:
        fresh = sqlite.open_database(Path(folder) / "fresh.db", tenant="inspection")
        try:
            migrate.migrate(fresh, migrations)
            expected = _statements(inspect(fresh))
        finally:
            fresh.close()
    there = _statements(database)
    return tuple(name for name in sorted(expected | there) if expected.get(name) != there.get(name))


def _statements(database: sqlite_utils.Database) -> dict[str, str]:
    rows = database.query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row["name"]: row["sql"] for row in rows}
