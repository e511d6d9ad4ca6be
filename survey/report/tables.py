"""The tables of a report: numbered as they come, shown beside their chart, attached as CSV."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.document.pdf import Attachment
from survey.report.notation import HIDDEN, MINUS, NARROW

Kind: TypeAlias = Literal["", "main", "withheld"]

# A spreadsheet runs what begins like a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Cell(Struct, frozen=True, kw_only=True):
    """One value as printed; `plain` is what the CSV holds, one field for each."""

    text: str
    kind: Kind = ""
    plain: tuple[str, ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """A row with its header; `group` heads the rows below it."""

    name: str
    cells: tuple[Cell, ...]
    group: bool = False


class Head(Struct, frozen=True, kw_only=True):
    """A column's header; `plain` are the headers of its CSV fields."""

    text: str
    plain: tuple[str, ...] = ()


class Table(Struct, frozen=True, kw_only=True):
    """A finished table; every row has a cell for every head but the first."""

    number: int
    caption: str
    head: tuple[Head, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


class Tables:
    """All tables of one document, in order."""

    def __init__(self) -> None:
        self.made: list[Table] = []

    def add(
        self, caption: str, head: Sequence[Head], rows: Sequence[Row], notes: Sequence[str] = ()
    ) -> Table:
        """The next table of the document."""
        table = Table(
            number=len(self.made) + 1,
            caption=caption,
            head=tuple(head),
            rows=tuple(rows),
            notes=tuple(notes),
        )
        self.made.append(table)
        return table

    def attachments(self) -> list[Attachment]:
        """One CSV for each table, as spreadsheets on German desktops open it."""
        return [
            Attachment(
                name=f"tabelle-{table.number}.csv",
                description=f"Tabelle {table.number}: {table.caption}",
                content=written(table),
            )
            for table in self.made
        ]


def written(table: Table) -> bytes:
    """The table as CSV: UTF-8 with mark, semicolons, figures without signs, formulas defused."""
    out = StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow([safe(field) for head in table.head for field in head.plain or (head.text,)])
    for row in table.rows:
        fields = [row.name]
        for cell in row.cells:
            fields += cell.plain or (plain(cell.text),)
        sheet.writerow([safe(field) for field in fields])
    return out.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """A printed figure as a spreadsheet reads it."""
    bare = text.replace(f"{NARROW}%", "").replace(NARROW, "").replace("\u00ad", "")
    bare = bare.replace(MINUS, "-")
    return "" if bare == HIDDEN else bare


def safe(field: str) -> str:
    """A field that no spreadsheet takes for a formula; negative numbers stay numbers."""
    if field.startswith(FORMULA) and not re.fullmatch(r"-?\d+(,\d+)?", field):
        return f"'{field}"
    return field
