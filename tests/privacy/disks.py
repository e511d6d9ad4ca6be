"""Copies of a server's disk as somebody gets hold of them, and what can be read off their bytes.

A copy is the database file with its write-ahead log, as they are at a moment. Read is everything:
rows by SQL, rows by their place on the pages, which tells in which order they were written, and
what lies on free pages and in old frames.
"""

import shutil
import sqlite3
import struct
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

LEAF_INDEX, INTERIOR_INDEX, LEAF_TABLE = 0x0A, 0x02, 0x0D


class Row(Struct, frozen=True, kw_only=True):
    """One row: `key` is what tells it apart, `place` sorts rows by when they seem to be written."""

    table: str
    key: object
    values: dict[str, object]


class Copy(Struct, frozen=True, kw_only=True, dict=True):
    """One copy; `name` is the database's file name."""

    folder: Path
    name: str = "survey.db"

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    def raw(self) -> bytes:
        """All bytes of the copy, one file after another."""
        return b"".join(path.read_bytes() for path in self.files)

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """Every row of every table, as SQL gives them."""
        connection = sqlite3.connect(self._scratch())
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        found = {name: list(_rows(connection, name, sql)) for name, sql in tables.fetchall()}
        connection.close()
        return found

    def places(self, known: set[bytes]) -> dict[bytes, int]:
        """For keys of 32 bytes: a number that grows with the moment the row was written.

        A row that does not fit into its page goes on in an overflow page, and those are handed out
        in the order of need. Without one, cells of a page are laid from its end to its beginning.
        """
        data = self._scratch().read_bytes()
        size = struct.unpack(">H", data[16:18])[0] or 65536
        found: dict[bytes, int] = {}
        for number in range(len(data) // size):
            page = data[number * size : (number + 1) * size]
            for offset, payload, overflow in _cells(page, 100 if number == 0 else 0, size):
                key = _key(payload, known)
                if key is not None:
                    found[key] = overflow * size if overflow else (number + 1) * size - offset
        return found

    def _scratch(self) -> Path:
        """The database with its log worked in, on a copy of the copy."""
        scratch = self.folder.parent / f"{self.folder.name}-read"
        if not scratch.exists():
            shutil.copytree(self.folder, scratch)
            connection = sqlite3.connect(scratch / self.name)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.close()
        return scratch / self.name


def take(home: Path, into: Path, *, name: str = "survey.db") -> Copy:
    """Copy the files as they are, under a running server, as a backup or a thief does."""
    into.mkdir(parents=True)
    for path in home.glob(f"{name}*"):
        shutil.copy(path, into / path.name)
    return Copy(folder=into, name=name)


def _rows(connection: sqlite3.Connection, table: str, sql: str) -> Iterator[Row]:
    hidden = "" if "WITHOUT ROWID" in sql else "rowid AS rowid, "
    for row in connection.execute(f"SELECT {hidden}* FROM {table}"):
        values = dict(row)
        blobs = [
            value for value in values.values() if isinstance(value, bytes) and len(value) == 32
        ]
        yield Row(
            table=table,
            key=blobs[0] if blobs else tuple(values.values()),
            values=values,
        )


def _cells(page: bytes, head: int, size: int) -> Iterator[tuple[int, bytes, int]]:
    """(offset, local payload, overflow page or 0) of every cell that holds a record."""
    kind = page[head]
    if kind not in (LEAF_INDEX, INTERIOR_INDEX, LEAF_TABLE):
        return
    count = struct.unpack(">H", page[head + 3 : head + 5])[0]
    start = head + (12 if kind == INTERIOR_INDEX else 8)
    for number in range(count):
        offset = struct.unpack(">H", page[start + 2 * number : start + 2 * number + 2])[0]
        at = offset + (4 if kind == INTERIOR_INDEX else 0)
        length, at = _varint(page, at)
        if kind == LEAF_TABLE:
            _, at = _varint(page, at)
        local = _local(length, kind, size)
        overflow = (
            struct.unpack(">I", page[at + local : at + local + 4])[0] if local < length else 0
        )
        yield offset, page[at : at + local], overflow


def _local(length: int, kind: int, size: int) -> int:
    """How much of a record lies on its own page (SQLite file format, 1.6)."""
    most = size - 35 if kind == LEAF_TABLE else (size - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (size - 12) * 32 // 255 - 23
    fits = least + (length - least) % (size - 4)
    return fits if fits <= most else least


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for used in range(9):
        byte = page[at + used]
        if used == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + used + 1
    raise AssertionError("a varint has at most nine bytes")


def _key(payload: bytes, known: set[bytes]) -> bytes | None:
    """The first 32 bytes in the payload that are a key somebody asks for."""
    header = payload[0]
    for at in range(header, min(len(payload) - 31, header + 64)):
        if payload[at : at + 32] in known:
            return payload[at : at + 32]
    return None
