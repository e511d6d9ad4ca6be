"""The kinds of source that an export can be read from: a closed union, one struct for each.

A new kind is a struct here, an arm below and in `open`, and a module that reads it. What is special
to one kind (paths, encodings, delimiters) is known in this folder and nowhere else.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, assert_never, get_args
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

# What a mapping calls the kind.
Format: TypeAlias = Literal["csv"]

FORMATS: tuple[Format, ...] = get_args(Format)


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a text file is written; "auto" is found out from the file itself.

    `final_newline`: the last line ends like the others, so that without it the file was cut.
    """

    encoding: str = "auto"
    delimiter: Annotated[str, Meta(pattern=r"^(auto|.)$")] = "auto"
    lines_before_header: Annotated[int, Meta(ge=0, le=1000)] = 0
    final_newline: bool = True


class CsvFile(Struct, frozen=True, kw_only=True, tag="csv"):
    """A text file whose records are lines of cells."""

    path: Path
    layout: Layout = Layout()


Source: TypeAlias = CsvFile


class Words(Struct, frozen=True, kw_only=True):
    """How German sentences name a kind of source, in the cases that they need."""

    name: str
    the: str
    this: str
    this_accusative: str
    inside: str
    right: str


def words(source: Source) -> Words:
    """How sentences name this source."""
    match source:
        case CsvFile():
            return Words(
                name="Datei",
                the="Die Datei",
                this="Diese Datei",
                this_accusative="diese Datei",
                inside="in der Datei",
                right="die richtige Datei",
            )
        case _:
            assert_never(source)


def place(source: Source) -> str:
    """Where the source is, as somebody would name it to a command."""
    match source:
        case CsvFile():
            return str(source.path)
        case _:
            assert_never(source)


def made_on(source: Source, zone: ZoneInfo) -> date | None:
    """The day on which the source was written; None when that is not known, or it is not there."""
    match source:
        case CsvFile():
            if not source.path.is_file():
                return None
            return datetime.fromtimestamp(source.path.stat().st_mtime, zone).date()
        case _:
            assert_never(source)
