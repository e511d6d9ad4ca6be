"""Whole SQLite files: a copy that others can keep, and one file in the place of another.

Every step that can fail comes before the one rename that counts: broken off at any point, a file is
what it was or what it should be, never half of it.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.engine.sqlite import SqliteDatabase
from survey.errors import DatabaseError, DatabaseFull, Refused

MAGIC = b"SQLite format 3\0"
PART, COPYING = ".part", ".copying"


def write(database: SqliteDatabase, target: Path, *, without: Iterable[str]) -> None:
    """A copy of the database in a new file that only its owner reads.

    Args:
        without: tables whose rows are left out, not only deleted: no byte of them is in the file
    Raises:
        Refused: there is a file of this name
        DatabaseFull: no room for it
    """
    if target.exists():
        raise Refused(file=target, reason="is there already", cure="choose another name")
    # Beside the database: killed in between, what is left out is nowhere it was not before.
    whole = database.path.with_name(database.path.name + COPYING)
    part = target.with_name(target.name + PART)
    _clear(whole, part)
    try:
        _touch(whole)
        database.backup(whole)
        _thin(whole, without)
        _touch(part)
        shutil.copyfile(whole, part)
        sync(part)
        part.rename(target)
        sync(target.parent)
    finally:
        _clear(whole, part)


def refuse_damaged(file: Path) -> None:
    """Raise DatabaseError unless the file is a whole SQLite database; changes nothing."""
    with file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise DatabaseError(file=file, reason="is no SQLite database")
    try:
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        try:
            result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        result = str(error)
    if result != "ok":
        raise DatabaseError(file=file, reason=f"is damaged or cut short: {result}")


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep everybody else out of this database while the block runs; its log is emptied first.

    A file that is missing or damaged is nobody's.

    Raises:
        DatabaseError: somebody has it open
    """
    if not file.exists():
        yield
        return
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        try:
            # With a write-ahead log every open connection holds a lock; this asks for all of them.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DatabaseError(
                file=file,
                reason=f"somebody has it open ({error})",
                cure="end `survey serve` and every other command on it",
            ) from error
        except sqlite3.DatabaseError:
            pass
        yield
    finally:
        connection.close()


def swap(file: Path, new: Path, aside: Path | None) -> None:
    """Put `new` in the place of `file`, which is kept under the name `aside` if one is given."""
    sync(new)
    if aside is not None:
        os.link(file, aside)
        sync(aside.parent)
    new.replace(file)
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    sync(file.parent)


def carry(into: Path, source: Path, statements: Iterable[str], *, tenant: str) -> None:
    """Run statements on `into` that read the database `source` by the name `before`; all or none.

    Raises:
        DatabaseError: one of them cannot be run; `into` is as it was
    """
    connection = sqlite3.connect(into, isolation_level=None)
    try:
        connection.execute("ATTACH DATABASE :source AS before", {"source": str(source)})
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement, {"tenant": tenant})
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise DatabaseError(file=source, reason=str(error)) from error
    finally:
        connection.close()


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive power loss."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _touch(file: Path) -> None:
    """An empty file that only its owner reads."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _clear(*files: Path) -> None:
    for file in files:
        for rest in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)


def _thin(file: Path, without: Iterable[str]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA secure_delete = ON").fetchone()
        for table in without:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise DatabaseFull() from error
    finally:
        connection.close()
