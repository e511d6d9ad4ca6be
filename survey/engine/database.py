"""What every engine gives: read and write transactions over literal, portable SQL.

Rules of the SQL that runs here: named parameters (`:name`), ids and times made in Python, no
dialect words outside migrations, a struct in and a struct out. `:tenant` is bound in every
statement, because it is the first column of every key.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T", bound=Struct)
Values: TypeAlias = Struct | Mapping[str, object] | None


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
        return next(self.each(sql, values, into=into), None)

    def all(self, sql: str, values: Values = None, *, into: type[T]) -> list[T]:
        """Every row as a struct, in the order of the statement."""
        return list(self.each(sql, values, into=into))

    def each(self, sql: str, values: Values = None, *, into: type[T]) -> Iterator[T]:
        """Rows as structs, one after another, without holding them all."""
        for row in self._fetch(sql, self._bound(values)):
            yield msgspec.convert(row, into, strict=False, builtin_types=(bytes,))

    def _bound(self, values: Values) -> dict[str, Any]:
        bound: dict[str, Any] = {"tenant": self.tenant}
        if isinstance(values, Struct):
            bound.update({name: getattr(values, name) for name in values.__struct_fields__})
        elif values is not None:
            bound.update(values)
        return bound

    @abstractmethod
    def _execute(self, sql: str, values: dict[str, Any]) -> int: ...

    @abstractmethod
    def _execute_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> int: ...

    @abstractmethod
    def _fetch(self, sql: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]: ...


class Database(ABC):
    """A place for one tenant's rows; a `write` is durable when its block has ended."""

    tenant: str
    words: Mapping[str, str]

    @abstractmethod
    def read(self) -> AbstractContextManager[Transaction]:
        """See one consistent state."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Transaction]:
        """Change rows: all of the block or, on any exception, nothing."""

    @abstractmethod
    def script(self, sql: str) -> None:
        """Run a migration's statements in one transaction."""

    @abstractmethod
    def forget(self) -> None:
        """Let go of what rows were before, wherever the engine still has it; best effort."""

    @abstractmethod
    def close(self) -> None:
        """Give the connections back."""
