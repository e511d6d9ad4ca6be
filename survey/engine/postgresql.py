"""The engine for a house that outgrows one machine: processes side by side, one PostgreSQL.

Whoever writes is alone in the tenant, as on SQLite: every `write` begins by an advisory lock, so
that what was read in its block still holds when it ends. SERIALIZABLE would let writers run at once
and have one of them fail and be run again, which a `with` block cannot do. Recipients `save`, which
takes the same lock as one of many: their drafts are saved if the version is the one that was read,
a submission deletes its draft first and its marks are unique, so that none of them needs to be
alone; but a wave that is closed, or texts that are moved, see none of them in between. Alone, each
commit would wait for the one before (measured: 140 to 380 in a second, beside each other 720 to
1,200, on two busy cores). Readers wait for nobody.

Values travel apart from statements (never written into the SQL), so that a log of statements holds
none; errors are told by their kind, because the server's words quote rows.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from survey.engine import postgresql_place, postgresql_rewrite
from survey.engine.database import Database, Transaction
from survey.engine.postgresql_words import ADAPTERS, spelled, told
from survey.errors import DatabaseError

WORDS = {
    # ISO text, as on SQLite: one order and one spelling on both engines.
    "moment": "TEXT",
    "flag": "BOOLEAN",
    "bytes": "BYTEA",
    "whole": "BIGINT",
    "real": "DOUBLE PRECISION",
    "table_end": "",
}
# Connections of a process; seconds to wait for one of them; milliseconds to forget within.
MOST, PATIENCE, FORGETTING = 8, 5.0, 300
AT_ONCE = 2000
READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
NAMES = count()


class PostgresTransaction(Transaction):
    """Statements on one connection."""

    def __init__(self, connection: psycopg.Connection, tenant: str) -> None:
        self._connection = connection
        self.tenant = tenant

    def _execute(self, sql: str, values: dict[str, Any]) -> int:
        return self._connection.execute(spelled(sql), values).rowcount

    def _execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> int:
        with self._connection.cursor() as cursor:
            cursor.executemany(spelled(sql), rows)
            return max(cursor.rowcount, 0)

    def _fetch(
        self, sql: str, values: dict[str, Any]
    ) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        cursor = self._connection.execute(spelled(sql), values)
        return [column.name for column in cursor.description or ()], cursor

    def _stream(
        self, sql: str, values: dict[str, Any]
    ) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        # A cursor of the server, which hands out some rows at a time.
        cursor = self._connection.cursor(f"rows_{next(NAMES)}")
        cursor.itersize = AT_ONCE
        cursor.execute(spelled(sql), values)
        return [column.name for column in cursor.description or ()], _until_empty(cursor)


class PostgresDatabase(Database):
    """A pool of connections for each process, opened on first use and again after `close`."""

    words = WORDS
    waits = True

    def __init__(self, place: str, *, tenant: str) -> None:
        self.tenant = tenant
        self._parts = postgresql_place.parts(place)
        self._pool: ConnectionPool | None = None
        self._opening = threading.Lock()
        digest = hashlib.sha256(f"resonanz {tenant}".encode()).digest()
        self._turn = int.from_bytes(digest[:8], "big", signed=True)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """See one consistent state."""
        with self._within(READ) as connection:
            yield PostgresTransaction(connection, self.tenant)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Change rows, alone among the tenant's writers; on disk when the block has ended."""
        with self._within(self._alone()) as connection:
            yield PostgresTransaction(connection, self.tenant)

    @contextmanager
    def save(self) -> Iterator[Transaction]:
        """Change rows beside others who save; on disk when the block has ended."""
        with self._within(
            f"{WRITE}; SELECT pg_advisory_xact_lock_shared({self._turn})"
        ) as connection:
            yield PostgresTransaction(connection, self.tenant)

    def script(self, sql: str) -> None:
        """Run a migration's statements in one transaction."""
        with self._within(self._alone()) as connection:
            connection.execute(sql)

    def forget(self) -> None:
        """Let VACUUM clear away what rows were before; what is in the way of others is left.

        The server's own log (WAL), its archive and its backups are the operator's to end.
        """
        with self._idle() as connection, suppress(psycopg.Error):
            postgresql_rewrite.vacuum(connection, within=FORGETTING)

    def rewrite(self) -> None:
        """Write every row anew, in the order of the keys, in one transaction for each table."""
        with self._idle() as connection:
            for table in postgresql_rewrite.tables(connection):
                postgresql_rewrite.rewrite(connection, table)
            postgresql_rewrite.vacuum(connection)

    def check(self) -> None:
        """Refuse a server whose settings would break what people are told.

        Raises:
            DatabaseError: cannot be reached, or is set up in a way that cannot be used
        """
        postgresql_place.check(self._parts)

    def close(self) -> None:
        """Give the connections back."""
        with self._opening:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def _alone(self) -> str:
        return f"{WRITE}; SELECT pg_advisory_xact_lock({self._turn})"

    @contextmanager
    def _within(self, begin: str) -> Iterator[psycopg.Connection]:
        """A transaction on a connection of the pool; whole when the block ends, else nothing."""
        with self._idle(begin) as connection:
            try:
                yield connection
                if connection.info.transaction_status == TransactionStatus.INERROR:
                    # PostgreSQL would answer COMMIT by ROLLBACK and no error.
                    raise DatabaseError(reason="a statement of the block had failed")
                connection.commit()
            except BaseException:
                with suppress(psycopg.Error):
                    connection.rollback()
                raise

    @contextmanager
    def _idle(self, first: str = "") -> Iterator[psycopg.Connection]:
        """A connection on which `first` has run; errors leave in our own words."""
        try:
            pool = self._opened()
            connection = _taken(pool, first)
            try:
                yield connection
            finally:
                pool.putconn(connection)
        except psycopg.Error as error:
            # Not `from error`: its text may quote a row.
            raise told(error) from None

    def _opened(self) -> ConnectionPool:
        with self._opening:
            if self._pool is None:
                self._pool = ConnectionPool(
                    kwargs={**self._parts, "autocommit": True, "context": ADAPTERS},
                    min_size=0,
                    max_size=MOST,
                    timeout=PATIENCE,
                    open=True,
                )
            return self._pool


def open_database(place: str, *, tenant: str) -> PostgresDatabase:
    """The database at this address (postgresql://...); it must be there, its tables need not.

    Raises:
        DatabaseError: cannot be reached, or is set up in a way that cannot be used
    """
    database = PostgresDatabase(place, tenant=tenant)
    database.check()
    return database


def _until_empty(cursor: psycopg.ServerCursor) -> Iterator[Sequence[Any]]:
    with cursor:
        yield from cursor


def _taken(pool: ConnectionPool, first: str) -> psycopg.Connection:
    """A connection that is alive: after a restart of the server those in the pool are not."""
    for _ in range(MOST + 1):
        connection = pool.getconn()
        try:
            if first:
                connection.execute(first)
        except BaseException as error:
            gone = connection.broken
            pool.putconn(connection)
            if not (gone and isinstance(error, psycopg.OperationalError)):
                raise
        else:
            return connection
    raise DatabaseError(reason="no connection lasts")
