"""Findings of an import about a file, and the report of them.

Of a value the report and every log have its last two characters at most. `case` and `shown` are for
the terminal of the house alone, so that somebody finds the case and the word to mend.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

from connector.imports import messages

Grade: TypeAlias = Literal["file", "row", "warning", "excluded", "note"]
GRADES: dict[str, Grade] = {"F": "file", "E": "row", "W": "warning", "X": "excluded", "N": "note"}

COLUMNS = ("record", "column", "code", "grade", "value", "message")
# A spreadsheet runs what begins with one of these (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Finding(Struct, frozen=True, gc=False):
    """`record` counts data records from 1 and is 0 for the whole file; `value` is masked.

    `case` is the case number and `shown` the value in clear: never written to a file.
    """

    record: int
    column: str
    code: str
    value: str
    message: str
    case: str = ""
    shown: str = ""

    def __repr__(self) -> str:
        """Without what is said in clear: this is what gets into logs."""
        return f"Finding({self.record}, {self.column!r}, {self.code!r}, {self.value!r})"

    @property
    def grade(self) -> Grade:
        """The severity of the finding."""
        return GRADES[self.code[0]]


def finding(
    code: str,
    *,
    record: int = 0,
    column: str = "",
    value: str = "",
    case: str = "",
    shown: str = "",
    **facts: object,
) -> Finding:
    """The finding `code` with its message; `value` is given whole and masked here.

    Args:
        shown: what a terminal shows of it; else the value
    """
    return Finding(
        record,
        column,
        code,
        masked(value),
        messages.CODES[code].message.format(column=column, **facts),
        case,
        shown or value,
    )


def of_file(code: str, column: str, filling: Mapping[str, object], *, shown: str = "") -> Finding:
    """The finding for a file that was refused as a whole."""
    message = messages.CODES[code].message.format(column=column, **filling)
    return Finding(0, column, code, "", message, "", shown)


def masked(value: str) -> str:
    """The last two characters, of short values fewer, so that nobody is named by a report."""
    value = value.strip()
    if not value:
        return ""
    shown = min(2, len(value) // 3)
    return "…" + "".join(
        sign if sign.isprintable() else "?" for sign in value[len(value) - shown :]
    )


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def write(path: Path, findings: Iterable[Finding]) -> None:
    """The report as CSV: semicolons and a byte order mark, as a German Excel expects it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        for finding in findings:
            cells = (finding.column, finding.code, finding.grade, finding.value, finding.message)
            table.writerow([finding.record or "", *map(harmless, cells)])
