"""The tables of a report: numbered as they come, shown beside their chart, attached as CSV."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Literal, TypeAlias

from markupsafe import Markup
from msgspec import Struct

from survey.document.pdf import Attachment
from survey.report.render.notation import Notation

Kind: TypeAlias = Literal["", "main", "withheld"]

# A spreadsheet runs what begins like a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Cell(Struct, frozen=True, kw_only=True):
    """One value as printed, over `span` columns; `plain` is what the CSV holds, a field each."""

    text: str
    kind: Kind = ""
    plain: tuple[str, ...] = ()
    span: int = 1


class Row(Struct, frozen=True, kw_only=True):
    """A row with its header; `group` heads the rows below it, which stay with it on a page.

    Args:
        plain: what the CSV holds in place of the name, one field for each
        picture: the row's figure drawn, on paper only
    """

    name: str
    cells: tuple[Cell, ...]
    group: bool = False
    plain: tuple[str, ...] = ()
    picture: Markup | None = None


class Head(Struct, frozen=True, kw_only=True):
    """A column's header; `plain` are the headers of its CSV fields."""

    text: str
    plain: tuple[str, ...] = ()


class Table(Struct, frozen=True, kw_only=True):
    """A finished table; the cells of every row span all heads but the first.

    `scale` is the axis over the pictures of the rows; None without pictures.
    """

    number: int
    title: str
    caption: str
    head: tuple[Head, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    scale: Markup | None = None


class Tables:
    """All tables of one document, in order.

    Args:
        name: of the attached files before their number, "tabelle"
        title: of a table with its number, "Tabelle %(number)s"
    """

    def __init__(self, notation: Notation, *, name: str, title: str) -> None:
        self.made: list[Table] = []
        self.notation = notation
        self.name = name
        self.title = title

    def add(
        self,
        caption: str,
        head: Sequence[Head],
        rows: Sequence[Row],
        notes: Sequence[str] = (),
        *,
        scale: Markup | None = None,
    ) -> Table:
        """The next table of the document."""
        number = len(self.made) + 1
        table = Table(
            number=number,
            title=self.title % {"number": number},
            caption=caption,
            head=tuple(head),
            rows=tuple(rows),
            notes=tuple(notes),
            scale=scale,
        )
        self.made.append(table)
        return table

    def attachments(self) -> list[Attachment]:
        """One CSV for each table, as spreadsheets of the document's language open it."""
        return [
            Attachment(
                name=f"{self.name}-{table.number}.csv",
                description=f"{table.title}: {table.caption}",
                content=written(table, self.notation),
            )
            for table in self.made
        ]


def written(table: Table, notation: Notation) -> bytes:
    """The table as CSV: UTF-8 with mark, figures without percent signs, formulas defused."""
    out = StringIO()
    sheet = csv.writer(out, delimiter=notation.field, lineterminator="\r\n")
    sheet.writerow([safe(field) for head in table.head for field in head.plain or (head.text,)])
    for row in table.rows:
        fields = list(row.plain) or [row.name]
        for cell in row.cells:
            fields += cell.plain or (notation.bare(cell.text),)
        sheet.writerow([safe(field) for field in fields])
    return out.getvalue().encode("utf-8-sig")


def safe(field: str) -> str:
    """A field that no spreadsheet takes for a formula; negative numbers stay numbers."""
    if field.startswith(FORMULA) and not re.fullmatch(r"-?\d+([.,]\d+)?", field):
        return f"'{field}"
    return field
