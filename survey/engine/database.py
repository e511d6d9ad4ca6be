"""What every engine gives: read and write transactions over literal, portable SQL.

Rules of the SQL that runs here: named parameters (`:name`), ids and times made in Python, no
dialect words outside migrations, a struct in and a struct out. `:tenant` is bound in every
statement, because it is the first column of every key. Flags are Python's bools and SQL's TRUE and
FALSE, tested bare (`WHERE released`); a value that may be NULL is never tested by `:value IS NULL`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeAlias, TypeVar

import msgspec
from msgspec import Struct, structs

T = TypeVar("T", bound=Struct)
Values: TypeAlias = Struct | Mapping[str, object] | None


def iso(value: date) -> str:
    """A day or moment as it is kept: in UTC, whatever zone it came in, so that text sorts as time.

    Raises:
        ValueError: a moment without a zone, which would be another one on another machine
    """
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value.astimezone(UTC).isoformat()


class Transaction(ABC):
    """One unit of work on one connection; ends with the `with` block that gave it."""

    tenant: str

    def run(self, sql: str, values: Values = None) -> int:
        """Run one statement; gives the number of rows it touched."""
        return self._execute(sql, self._bound(values))

    def many(self, sql: str, rows: Iterable[Struct | Mapping[str, object]]) -> int:
        """Run one statement for each row; gives the number of rows touched."""
        return self._execute_many(sql, (self._bound(row) for row in rows))

    def one(self, sql: str, values: Values = None, *, into: type[T]) -> T | None:
        """The only row as a struct, None when there is none; column names are field names."""
        names, rows = self._fetch(sql, self._bound(values))
        row = next(iter(rows), None)
        return None if row is None else _struct(names, row, into)

    def all(self, sql: str, values: Values = None, *, into: type[T]) -> list[T]:
        """Every row as a struct, in the order of the statement."""
        names, rows = self._fetch(sql, self._bound(values))
        return [_struct(names, row, into) for row in rows]

    def each(self, sql: str, values: Values = None, *, into: type[T]) -> Iterator[T]:
        """Rows as structs, one after another, without holding them all."""
        names, rows = self._stream(sql, self._bound(values))
        for row in rows:
            yield _struct(names, row, into)

    def _bound(self, values: Values) -> dict[str, Any]:
        if values is None:
            return {"tenant": self.tenant}
        bound = structs.asdict(values) if isinstance(values, Struct) else dict(values)
        bound["tenant"] = self.tenant
        return bound

    @abstractmethod
    def _execute(self, sql: str, values: dict[str, Any]) -> int: ...

    @abstractmethod
    def _execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> int: ...

    @abstractmethod
    def _fetch(
        self, sql: str, values: dict[str, Any]
    ) -> tuple[Sequence[str], Iterable[Sequence[Any]]]: ...

    def _stream(
        self, sql: str, values: dict[str, Any]
    ) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        return self._fetch(sql, values)


class Database(ABC):
    """A place for one tenant's rows; a `write` or `save` is durable when its block has ended."""

    tenant: str
    words: Mapping[str, str]
    waits: ClassVar[bool] = False
    """Whether statements go over a wire: handlers then belong in threads."""

    @abstractmethod
    def read(self) -> AbstractContextManager[Transaction]:
        """See one consistent state."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Transaction]:
        """Change rows: all of the block or, on any exception, nothing.

        Alone among all who change rows of the tenant: what is read in the block holds at its end.
        """

    def save(self) -> AbstractContextManager[Transaction]:
        """Change rows beside others who save, never beside a `write`: for what recipients do.

        Every statement tests what it changes, or adds what is unique, and tells by its count
        whether it did; what is read in the block may have changed at its end.
        """
        return self.write()

    @abstractmethod
    def script(self, sql: str) -> None:
        """Run a migration's statements in one transaction."""

    @abstractmethod
    def forget(self) -> None:
        """Let go of what rows were before, wherever the engine still has it; best effort."""

    @abstractmethod
    def rewrite(self) -> None:
        """Write rows anew in the order of their keys: nothing tells any more who wrote when."""

    @abstractmethod
    def close(self) -> None:
        """Give the connections back."""


def _struct(names: Sequence[str], row: Sequence[Any], into: type[T]) -> T:
    # Days and flags come back as text and numbers: convert reads them as the field says.
    named = dict(zip(names, row, strict=True))
    return msgspec.convert(named, into, strict=False, builtin_types=(bytes,))
