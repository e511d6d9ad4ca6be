"""What every source gives: the wanted cells of each record, and nothing of the other columns."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

PROGRESS_EVERY = 500

# (records read so far, how many there are about; None when nobody knows)
Progress: TypeAlias = Callable[[int, int | None], None]


class Record(Struct, frozen=True, gc=False):
    """One data record with the wanted cells, in the order of the wanted columns.

    Args:
        number: counted from 1
        row: of the file, sheet or result in which the record begins, counted from 1
    """

    number: int
    row: int
    cells: tuple[str, ...]


class Broken(Struct, frozen=True, kw_only=True, gc=False):
    """A record that cannot be taken apart; `code` is the finding's."""

    number: int
    row: int
    code: str
    have: int = 0
    want: int = 0


class Export(Struct, frozen=True, kw_only=True):
    """An export being read.

    Args:
        digest: of all that the source holds, so that the same export is known again
        description: how it was read, for the summary of an import
        columns: names of the cells of each record
        cut: it may lack its end
        records: can be gone through once
    """

    digest: str
    description: str
    columns: tuple[str, ...]
    cut: bool
    records: Iterator[Record | Broken]


def unwatched(_: int, __: int | None) -> None:
    """Progress that nobody watches."""


def counted(
    records: Iterator[Record | Broken], expected: int, progress: Progress
) -> Iterator[Record | Broken]:
    """The records, with progress; lines are as many as records where no cell has several."""
    number = 0
    for record in records:
        number = record.number
        if number % PROGRESS_EVERY == 0:
            progress(number, max(number, expected))
        yield record
    progress(number, number)
