"""What every source gives: the wanted cells of each record, and nothing of the other columns."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

Progress: TypeAlias = Callable[[int], None]


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is written; "auto" is found out from the file itself.

    `final_newline`: the last line ends like the others, so that without it the file was cut.
    """

    encoding: str = "auto"
    delimiter: Annotated[str, Meta(pattern=r"^(auto|.)$")] = "auto"
    lines_before_header: Annotated[int, Meta(ge=0, le=1000)] = 0
    final_newline: bool = True


class Record(Struct, frozen=True, gc=False):
    """One data record, counted from 1, with the wanted cells in the order they were asked for."""

    number: int
    cells: tuple[str, ...]


class Broken(Struct, frozen=True, kw_only=True, gc=False):
    """A record that cannot be taken apart; `code` is the finding's."""

    number: int
    code: str
    have: int = 0
    want: int = 0


class Opened(Struct, frozen=True, kw_only=True):
    """An export being read; `records` can be gone through once. `cut`: it may lack its end."""

    digest: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    cut: bool
    records: Iterator[Record | Broken]


# (path, layout, wanted columns, told the bytes read so far) -> the export, open for the block.
Reader: TypeAlias = Callable[
    [Path, Layout, tuple[str, ...], Progress], AbstractContextManager[Opened]
]


def unheard(_: int) -> None:
    """Progress that nobody watches."""
