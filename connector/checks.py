"""Turns the cells of one record into an episode, or says why not.

What concerns a single row is decided here; duplicates and mass changes need the other rows and are
found in the database (connector.state.staged). Exclusion goes before everything else: a row that
says "do not write to this person" counts even when the rest of it is wrong.
"""

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct

from connector import days, findings, vocabulary
from connector.findings import Finding
from connector.mapping import Mapping, normal
from connector.source.records import Record
from connector.vocabulary import Field

SEPARATORS = str.maketrans("", "", " \t\u00a0\u202f/-")
CLIENT_NUMBER = re.compile(r"\d{3}[A-Z]\d{6}")
FORMULA = frozenset(findings.FORMULA)
CASE_BYTES = 60
ADULT = 15  # § 36 SGB I: from 15 on people apply for themselves


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """An episode as one record tells it; numbers in clear, in memory only."""

    case_number: str
    person: str
    team: str
    case_manager: str
    kind: str
    start: date | None
    end: date | None
    end_reason: str
    measure: str
    needs: int | None
    language: str
    exclusion: str


class Checker:
    """Checks rows of one mapping on one day; `found` is called with every finding."""

    def __init__(self, mapping: Mapping, *, as_of: date, found: Callable[[Finding], None]) -> None:
        self._mapping = mapping
        self._as_of = as_of
        self._found = found
        self._columns = {field: mapping.column(field) for field in vocabulary.FIELDS}
        wanted = mapping.wanted()
        self._places = {
            field: wanted.index(column) for field, column in self._columns.items() if column
        }
        self._fields = {place: field for field, place in self._places.items()}
        self._filters = [(wanted.index(one.column), one) for one in mapping.filters]
        self._missing = {normal(one) for one in mapping.missing}
        self._longest = max(map(len, mapping.missing), default=0)
        self._codes = {field: mapping.codes(field) for field in vocabulary.CODES}
        self._teams = mapping.codes("team")
        self._constants: dict[Field, str] = {
            field: mapping.constants[field]
            for field in vocabulary.FIELDS
            if field in mapping.constants
        }
        self._formats = days.worded(mapping.date_formats)
        self._record = 0
        self.case_number = ""  # of the record looked at last, also when it was refused

    def filtered(self, record: Record) -> bool:
        """Whether the mapping's filters leave this record out."""
        cells = record.cells
        return not all(one.lets_through(cells[place]) for place, one in self._filters)

    def row(self, record: Record) -> Row | None:
        """The episode; None when the row is refused or empty. Findings have been told."""
        self._record = record.number
        self.case_number = ""
        if not any(record.cells):
            self._say("N-SA-001")
            return None
        said = self._said(record.cells)
        self.case_number = said.get("case_number", "")
        excluded = self._exclusion(said)
        if excluded:
            return self._excluded(said, excluded)
        return self._episode(said)

    def _said(self, cells: tuple[str, ...]) -> dict[Field, str]:
        """What each field says, trimmed; empty for what stands for nothing."""
        said = dict(self._constants)
        for place, field in self._fields.items():
            cell = cells[place]
            if not cell:
                said[field] = ""
                continue
            value = cell.strip()
            if value != cell:
                self._say("N-SA-002", field, value)
            if value[:1] in FORMULA:
                self._note_formula(field, value)
            if len(value) <= self._longest and normal(value) in self._missing:
                value = ""
            said[field] = value
        return said

    def _note_formula(self, field: Field, value: str) -> None:
        # A lone dash or minus number is no formula anybody could have meant.
        if len(value) > 1 and not value[1:].replace(",", "").replace(".", "").isdigit():
            self._say("N-SA-003", field, value)

    def _exclusion(self, said: dict[Field, str]) -> str:
        """Why the person must not be written to; empty when she may be."""
        blocked = said.get("disclosure_block", "")
        if blocked:
            code = self._codes["disclosure_block"].get(normal(blocked))
            if code != "no":
                self._say("X-PE-001" if code else "X-PE-003", "disclosure_block", blocked)
                return "disclosure_block"
        if reason := said.get("exclusion", ""):
            code = self._codes["exclusion"].get(normal(reason))
            word = vocabulary.EXCLUSIONS.get(code or "", "")
            self._say("X-PE-004" if code else "X-PE-005", "exclusion", reason, reason=word)
            return code or "objection"
        return self._too_young(said.get("birth_date", ""))

    def _too_young(self, said: str) -> str:
        if not said:
            return ""
        born = days.in_the_past(days.read(said, self._mapping.date_formats), self._as_of)
        if born is None:
            self._say("W-PE-001", "birth_date", said)
            return ""
        if days.age(born, self._as_of) >= ADULT:
            return ""
        self._say("X-PE-002", "birth_date")
        return "under_15"

    def _excluded(self, said: dict[Field, str], reason: str) -> Row | None:
        """Only what is needed to know the person again: no other case of hers is used either."""
        if not said.get("case_number") and not said.get("person"):
            return None
        return Row(
            case_number=said.get("case_number", ""),
            person=client_number(said.get("person", "")),
            team="",
            case_manager="",
            kind="",
            start=None,
            end=None,
            end_reason="",
            measure="",
            needs=None,
            language="",
            exclusion=reason,
        )

    def _episode(self, said: dict[Field, str]) -> Row | None:
        """Every problem of the row is told, so that it is mended in one go."""
        whole = self._is_complete(said)
        kind = self._known("kind", said, "E-EP-006")
        start, end = self._day("start", said), self._day("end", said)
        reason = self._known("end_reason", said, "E-EP-014")
        in_order = self._is_in_order(start, end, said)
        if not whole or not in_order or None in (kind, reason) or "wrong" in (start, end):
            return None
        self._look_twice(said, end)
        return Row(
            case_number=said["case_number"],
            person=client_number(said["person"]),
            team=self._teams.get(normal(said["team"]), said["team"]),
            case_manager=said.get("case_manager", ""),
            kind=kind or "",
            start=start if isinstance(start, date) else None,
            end=end if isinstance(end, date) else None,
            end_reason=reason if reason and isinstance(end, date) else "",
            measure=self._known("measure", said, "W-EP-002") or "",
            needs=self._number(said.get("needs", "")),
            language=self._known("language", said, "N-EP-003") or "",
            exclusion="",
        )

    def _is_complete(self, said: dict[Field, str]) -> bool:
        absent = [field for field in vocabulary.REQUIRED if not said.get(field)]
        for field in absent:
            self._say(MISSING[field], field)
        if len(said.get("case_number", "").encode()) > CASE_BYTES:
            self._say("E-EP-002", "case_number", said["case_number"])
            return False
        return not absent

    def _known(self, field: Field, said: dict[Field, str], code: str) -> str | None:
        """Our code for the value; None after telling `code` that there is none."""
        value = said.get(field, "")
        if not value:
            return ""
        known = self._codes[field].get(normal(value))
        if known is None:
            self._say(code, field, value)
        return known

    def _day(self, field: Field, said: dict[Field, str]) -> date | str | None:
        value = said.get(field, "")
        if not value:
            return None
        day = days.read(value, self._mapping.date_formats)
        if isinstance(day, date):
            return day
        code = "E-EP-010" if day == "impossible" else "E-EP-011"
        self._say(code, field, value, formats=self._formats)
        return "wrong"

    def _is_in_order(
        self, start: date | str | None, end: date | str | None, said: dict[Field, str]
    ) -> bool:
        if not isinstance(start, date):
            return True
        if start > self._as_of:
            self._say("E-EP-013", "start", said["start"], as_of=f"{self._as_of:%d.%m.%Y}")
            return False
        if isinstance(end, date) and end < start:
            self._say("E-EP-012", "end", said["end"])
            return False
        return True

    def _look_twice(self, said: dict[Field, str], end: date | str | None) -> None:
        """What is kept but somebody should look at."""
        reason = said.get("end_reason", "")
        if isinstance(end, date):
            if end > self._as_of:
                self._say("N-EP-002", "end", said["end"])
            elif not reason and self._columns["end_reason"]:
                self._say("W-EP-001", "end_reason")
        elif reason:
            self._say("W-EP-005", "end_reason", reason)
        if not said.get("case_manager") and self._columns["case_manager"]:
            self._say("W-EP-003", "case_manager")
        if not CLIENT_NUMBER.fullmatch(client_number(said["person"])):
            self._say("N-PE-001", "person", said["person"])

    def _number(self, value: str) -> int | None:
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) <= 3:
            return int(value)
        self._say("W-EP-004", "needs", value)
        return None

    def _say(self, code: str, field: Field | None = None, value: str = "", **facts: object) -> None:
        column = self._columns.get(field, "") or field if field else ""
        self._found(
            findings.finding(code, record=self._record, column=column or "", value=value, **facts)
        )


MISSING: dict[Field, str] = {
    "case_number": "E-EP-001",
    "person": "E-PE-001",
    "team": "E-EP-004",
    "kind": "E-EP-005",
    "start": "E-EP-003",
}


def client_number(value: str) -> str:
    """The number as it is compared: capital letters, no blanks, slashes or dashes."""
    return value.translate(SEPARATORS).upper()
