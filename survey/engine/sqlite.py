"""The embedded engine: one file, WAL, every commit on disk before it is acknowledged.

Transactions are opened here by hand with BEGIN IMMEDIATE: a deferred transaction that reads and
then writes fails with "database is locked" as soon as two do so at once, whatever the timeout.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from survey.engine.database import Database, Transaction, iso
from survey.errors import DatabaseError, DatabaseFull, RuleBroken

WORDS = {
    "moment": "TEXT",
    "flag": "INTEGER",
    "bytes": "BLOB",
    "whole": "INTEGER",
    "real": "REAL",
    "table_end": "STRICT, WITHOUT ROWID",
}
# Milliseconds to wait for others: for a turn to write, and for readers of what is to be forgotten.
BUSY, FORGETTING = 10_000, 100
# secure_delete overwrites what is deleted; synchronous=FULL makes an acknowledged commit survive
# power loss.
PRAGMAS = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = {BUSY};
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16000;
"""

# Days and moments are kept as ISO text; they come back by the type of the field they fill.
sqlite3.register_adapter(date, iso)
sqlite3.register_adapter(datetime, iso)


class SqliteTransaction(Transaction):
    """Statements on one SQLite connection."""

    def __init__(self, connection: sqlite3.Connection, tenant: str) -> None:
        self._connection = connection
        self.tenant = tenant

    def _execute(self, sql: str, values: dict[str, Any]) -> int:
        return self._connection.execute(sql, values).rowcount

    def _execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> int:
        return self._connection.executemany(sql, rows).rowcount

    def _fetch(
        self, sql: str, values: dict[str, Any]
    ) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        cursor = self._connection.execute(sql, values)
        return [column[0] for column in cursor.description], cursor


class SqliteDatabase(Database):
    """One connection per thread; on the event loop's thread it lives as long as the process."""

    words = WORDS

    def __init__(self, path: Path, *, tenant: str) -> None:
        self.path = path
        self.tenant = tenant
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """See one consistent state."""
        connection = self._connection()
        connection.execute("BEGIN")
        try:
            yield SqliteTransaction(connection, self.tenant)
        finally:
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Change rows under BEGIN IMMEDIATE; on disk when the block has ended."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield SqliteTransaction(connection, self.tenant)
            connection.commit()
        except sqlite3.OperationalError as error:
            connection.rollback()
            raise _told(error) from error
        except sqlite3.IntegrityError as error:
            connection.rollback()
            raise RuleBroken(reason=str(error)) from error
        except BaseException:
            connection.rollback()
            raise

    def script(self, sql: str) -> None:
        """Run a migration's statements in one transaction."""
        connection = self._connection()
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nCOMMIT;")
        except sqlite3.OperationalError as error:
            connection.rollback()
            raise _told(error) from error

    def truncate_wal(self) -> None:
        """Empty the write-ahead log, which otherwise tells the order in which rows were written."""
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted; wait for nobody long."""
        connection = self._connection()
        connection.execute(f"PRAGMA busy_timeout = {FORGETTING}")
        try:
            self.truncate_wal()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {BUSY}")

    def rewrite(self) -> None:
        """Write every row anew, in the order of the keys, and empty the write-ahead log.

        Pages are handed out as rows come: where a row lies tells when it was written. And when
        cells move between pages, secure_delete leaves a trace of some in the room between cells.
        """
        try:
            self._connection().execute("VACUUM")
        except sqlite3.OperationalError as error:
            raise _told(error) from error
        self.truncate_wal()

    def backup(self, file: Path) -> None:
        """Copy everything as it is at one moment into an empty file; others write meanwhile."""
        copy = sqlite3.connect(file, isolation_level=None)
        try:
            self._connection().backup(copy)
        except sqlite3.OperationalError as error:
            raise _told(error) from error
        finally:
            copy.close()

    def close(self) -> None:
        """Give the connections back."""
        with self._opening:
            while self._opened:
                self._opened.pop().close()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._open()
        return connection

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            connection.executescript(PRAGMAS)
        except sqlite3.OperationalError as error:
            cure = "is the disk full, or the folder not writable for this account?"
            raise DatabaseError(path=self.path, reason=str(error), cure=cure) from error
        except sqlite3.Error as error:
            cure = "restore it from its backup"
            raise DatabaseError(path=self.path, reason=str(error), cure=cure) from error
        with self._opening:
            self._opened.append(connection)
        return connection


def open_database(path: Path, *, tenant: str) -> SqliteDatabase:
    """The database in this file, made if it is not there; `tenant` is the jobcenter's short name.

    Raises:
        DatabaseError: the folder is missing or the file is no database
    """
    if not path.parent.is_dir():
        raise DatabaseError(path=path, reason="the folder does not exist")
    database = SqliteDatabase(path, tenant=tenant)
    with database.read():
        pass
    return database


def _told(error: sqlite3.OperationalError) -> DatabaseError:
    full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
    return DatabaseFull() if full else DatabaseError(reason=str(error))
