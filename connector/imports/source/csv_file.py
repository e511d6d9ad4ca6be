"""Reads a CSV export record by record and lets nothing through but the wanted columns.

Strict about quotes: what cannot be taken apart without doubt is a broken record with a message,
never a shifted one. The csv module counts on after an error, so one bad record costs one record.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from connector.errors import FileRefused
from connector.identifiers import tidy
from connector.imports.source import columns, text_file
from connector.imports.source.kinds import CsvFile
from connector.imports.source.records import Broken, Export, Progress, Record, counted

DELIMITERS = (";", ",", "\t", "|")
# More lines than any note has: a quote that is open for longer was never meant to be one.
LINES_IN_A_CELL = 200
# In narrower files a line of a note may well have as many delimiters as a record.
LEAST_WIDTH = 5
NAMED = {"\t": "Tabulator"}


@contextmanager
def opened(source: CsvFile, wanted: tuple[str, ...], progress: Progress) -> Iterator[Export]:
    """A CSV export, open as long as the block lasts.

    Raises:
        FileRefused: with the code of the finding
    """
    layout = source.layout
    try:
        seen = text_file.look(source.path, layout.encoding)
        raw = source.path.open("rb", buffering=0)
    except OSError as error:
        raise FileRefused("F-DA-010", reason=error.strerror or "unbekannt") from error
    with raw:
        errors = "replace" if seen.cut else "strict"
        buffered = io.BufferedReader(raw, text_file.BLOCK)
        text = io.TextIOWrapper(buffered, seen.encoding, errors=errors, newline="")
        header_line = _header_line(text, layout.lines_before_header)
        delimiter = _delimiter(header_line, layout.delimiter, wanted)
        header, header_lines = _header(header_line, text, delimiter)
        places = columns.places(header, wanted)
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        before = layout.lines_before_header + header_lines
        records = _records(rows, places, len(header), before, seen)
        yield Export(
            digest=seen.digest,
            description=f"{seen.encoding}, Trennzeichen {NAMED.get(delimiter, delimiter)}",
            columns=wanted,
            cut=layout.final_newline and not seen.ended,
            records=counted(records, max(0, seen.lines - before), progress),
        )


def _header_line(text: io.TextIOWrapper, before: int) -> str:
    for _ in range(before):
        text.readline()
    line = text.readline()
    if not line:
        raise FileRefused("F-KO-003", lines=before)
    return line


def _delimiter(line: str, asked: str, wanted: tuple[str, ...]) -> str:
    """The sign that makes most of the wanted columns appear, then most columns."""
    if asked != "auto":
        return asked
    if not any(sign in line for sign in DELIMITERS) and len(wanted) > 1:
        raise FileRefused("F-DA-006")

    def worth(sign: str) -> tuple[int, int]:
        names = [tidy(cell) for cell in next(csv.reader([line], delimiter=sign), [])]
        return len(set(names) & set(wanted)), len(names)

    return max(DELIMITERS, key=worth)


def _header(line: str, text: io.TextIOWrapper, delimiter: str) -> tuple[list[str], int]:
    """The names, and how many lines they take: a quoted name may go over several."""

    def lines() -> Iterator[str]:
        yield line
        yield from iter(text.readline, "")

    rows = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        return [tidy(cell) for cell in next(rows)], rows.line_num
    except (csv.Error, StopIteration) as error:
        raise FileRefused("F-DA-006") from error


def _records(
    rows: Any, places: list[int], width: int, before: int, seen: text_file.Shape
) -> Iterator[Record | Broken]:
    """Records and broken ones; a short one waits until it is known whether it is the last."""
    pick = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
    number, short = 0, None
    for line, row in _rows(rows, width):
        number += 1
        place = before + line
        if short is not None:
            yield short
            short = None
        if isinstance(row, str):
            yield Broken(number=number, row=place, code=row)
        elif seen.has_nul and any("\0" in cell for cell in row):
            yield Broken(number=number, row=place, code="E-SA-005")
        elif len(row) == width or _fits(row, width):
            yield Record(number, place, pick(row))
        else:
            code = "E-SA-001" if len(row) < width else "E-SA-002"
            short = Broken(number=number, row=place, code=code, have=len(row), want=width)
    if short is not None:
        is_whole = seen.ended or short.have > width
        yield short if is_whole else Broken(number=number, row=short.row, code="E-SA-004")
    if number == 0:
        raise FileRefused("F-DA-009")


def _fits(row: list[str], width: int) -> bool:
    """Whether a row of another length is whole all the same: blank, or only empty cells more."""
    if not any(row):
        row[:] = [""] * width
        return True
    return len(row) > width and not any(row[width:])


def _rows(rows: Any, width: int) -> Iterator[tuple[int, list[str] | str]]:
    """The line of each row with the row, or the code of the finding for one that does not parse."""
    number = 0
    while True:
        began = rows.line_num
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if rows.line_num - began > LINES_IN_A_CELL:
                raise FileRefused("F-DA-008", record=number) from error
            yield began + 1, _code(str(error))
        else:
            many = rows.line_num - began > 1
            swallowed = many and _swallowed(row, width, rows.dialect.delimiter)
            yield began + 1, "E-SA-003" if swallowed else row


def _swallowed(row: list[str], width: int, delimiter: str) -> bool:
    """Whether a cell holds whole records: two stray quotes, each at the end of a note, pair up."""
    return width >= LEAST_WIDTH and any(
        line.count(delimiter) >= width - 1
        for cell in row
        if len(cell) > width
        for line in cell.splitlines()[1:]
    )


def _code(message: str) -> str:
    if "unexpected end" in message:
        return "E-SA-004"
    return "E-SA-006" if "field larger" in message else "E-SA-003"
