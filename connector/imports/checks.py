"""Turns one record into an episode or into findings, for imports and letters.

What concerns a single row is decided here; duplicates and mass changes need the other rows and are
found in the database (connector.state.staged). Exclusion goes before everything else: a row that
says "do not write to this person" counts even when the rest of it is wrong, and even when the
mapping's filters leave it out.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from connector.identifiers import client_number, compared
from connector.imports import dates, vocabulary
from connector.imports.exclusion import Exclusions, Reasons
from connector.imports.fields import Fields, Said
from connector.imports.findings import Finding
from connector.imports.mapping import Mapping
from connector.imports.source.records import Record
from connector.imports.vocabulary import Field

CLIENT_NUMBER = re.compile(r"\d{3}[A-Z]\d{6}")
CASE_BYTES = 60
# taken: an episode; excluded: nobody may write to this person; refused: to be mended; left_out: by
# the mapping's filters; nobody: an empty record or the names of the columns once more.
Kind: TypeAlias = Literal["taken", "excluded", "refused", "left_out", "nobody"]


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """An episode as read from one record; numbers in clear, in memory only.

    Case number, team and sign are spelt as in the export, by connector.identifiers.tidy; `person`
    is the client number as it is compared.
    """

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


class Verdict(Struct, frozen=True, kw_only=True, gc=False):
    """The result of checking one record.

    Args:
        case_number, person: as in Row; empty where the record has none that can be used
        reasons: why she must not be written to, by this record alone: a person has several, see
            connector.imports.exclusion.Protected
        filtered: the mapping's filters leave the record out; its reasons count all the same
        case_cell, person_cell: case and client number as they are written
        row: of the taken ones
    """

    kind: Kind
    case_number: str = ""
    person: str = ""
    case_cell: str = ""
    person_cell: str = ""
    reasons: Reasons = Reasons()
    filtered: bool = False
    row: Row | None = None


NOBODY = Verdict(kind="nobody")


class Checker:
    """Judges the records of one file by one mapping on one day.

    Args:
        as_of: the day on which the export was made
        before: that of the import before; who has turned 15 since is excluded no longer
        on_finding: called with every finding
    """

    def __init__(
        self,
        mapping: Mapping,
        *,
        as_of: date,
        on_finding: Callable[[Finding], None],
        before: date | None = None,
    ) -> None:
        self._mapping = mapping
        self._as_of = as_of
        self._fields = Fields(mapping, on_finding)
        self._columns = self._fields.columns
        self._say = self._fields.say
        self.exclusions = Exclusions(mapping, self._fields, as_of=as_of, before=before)
        self._codes = {field: mapping.codes(field) for field in vocabulary.CODES}
        self._names = {field: mapping.codes(field) for field in ("team", "case_manager")}
        self._formats = dates.worded(mapping.date_formats)

    def verdict(self, record: Record) -> Verdict:
        """Checks one record and returns the result; findings have been reported.

        A record may have more cells than the mapping reads at import, behind those.
        """
        fields = self._fields
        filtered = fields.filtered(record)
        fields.turn_to(record, quiet=filtered)
        if fields.is_empty(record):
            self._say("N-SA-001")
            return NOBODY
        if fields.is_header(record):
            self._say("N-SA-004")
            return NOBODY
        values = fields.said(record)
        spoiled = fields.spoiled(values)
        reasons = self.exclusions.of(record.number, values)
        row = None
        if not reasons.codes and not filtered:
            row = self._episode(values, spoiled)
        elif reasons.codes and not values.get("person"):
            self._say("W-PE-002", "person")
        return Verdict(
            kind=_kind(reasons, row, filtered=filtered),
            case_number=_known_again(values.get("case_number", "")),
            person=client_number(values.get("person", "")),
            case_cell=fields.cell(record, "case_number"),
            person_cell=fields.cell(record, "person"),
            reasons=reasons,
            filtered=filtered,
            row=row,
        )

    def _episode(self, values: Said, spoiled: frozenset[Field]) -> Row | None:
        """The episode of a row; reports every problem, so that the row is corrected in one go."""
        whole = self._is_complete(values, spoiled)
        kind = self._known("kind", values, "E-EP-006")
        start, end = self._day("start", values), self._day("end", values)
        reason = self._known("end_reason", values, "E-EP-014")
        in_order = self._is_in_order(start, end, values)
        if not whole or not in_order or None in (kind, reason) or "wrong" in (start, end):
            return None
        self._look_twice(values, end)
        return Row(
            case_number=values["case_number"],
            person=client_number(values["person"]),
            team=self._named("team", values),
            case_manager=self._named("case_manager", values),
            kind=kind or "",
            start=start if isinstance(start, date) else None,
            end=end if isinstance(end, date) else None,
            end_reason=reason if reason and isinstance(end, date) else "",
            measure=self._known("measure", values, "W-EP-002") or "",
            needs=self._number(values.get("needs", "")),
            language=self._known("language", values, "N-EP-003") or "",
        )

    def _named(self, field: Field, values: Said) -> str:
        """The name of a team or sign of a case manager, as the mapping has it if it has it."""
        value = values.get(field, "")
        return self._names[field].get(compared(value), value)

    def _is_complete(self, values: Said, spoiled: frozenset[Field]) -> bool:
        absent = [field for field in vocabulary.REQUIRED if not values.get(field)]
        for field in absent:
            if field not in spoiled:
                self._say(MISSING[field], field)
        if len(values.get("case_number", "").encode()) > CASE_BYTES:
            self._say("E-EP-002", "case_number", values["case_number"])
            return False
        return not absent and not spoiled

    def _known(self, field: Field, values: Said, code: str) -> str | None:
        """Our code for the value; None after telling `code` that there is none."""
        value = values.get(field, "")
        if not value:
            return ""
        known = self._codes[field].get(compared(value))
        if known is None:
            self._say(code, field, value)
        return known

    def _day(self, field: Field, values: Said) -> date | str | None:
        value = values.get(field, "")
        if not value:
            return None
        day = dates.read(value, self._mapping.date_formats)
        if isinstance(day, date):
            return day
        code = "E-EP-010" if day == "impossible" else "E-EP-011"
        self._say(code, field, value, formats=self._formats)
        return "wrong"

    def _is_in_order(self, start: date | str | None, end: date | str | None, values: Said) -> bool:
        if not isinstance(start, date):
            return True
        if start > self._as_of:
            self._say("E-EP-013", "start", values["start"], as_of=f"{self._as_of:%d.%m.%Y}")
            return False
        if isinstance(end, date) and end < start:
            self._say("E-EP-012", "end", values["end"])
            return False
        return True

    def _look_twice(self, values: Said, end: date | str | None) -> None:
        """Reports findings on values that are kept but that somebody should look at."""
        reason = values.get("end_reason", "")
        if isinstance(end, date):
            if end > self._as_of:
                self._say("N-EP-002", "end", values["end"])
            elif not reason and self._columns["end_reason"]:
                self._say("W-EP-001", "end_reason")
        elif reason:
            self._say("W-EP-005", "end_reason", reason)
        if not values.get("case_manager") and self._columns["case_manager"]:
            self._say("W-EP-003", "case_manager")
        if not CLIENT_NUMBER.fullmatch(client_number(values["person"])):
            self._say("N-PE-001", "person", values["person"])

    def _number(self, value: str) -> int | None:
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) <= 3:
            return int(value)
        self._say("W-EP-004", "needs", value)
        return None


MISSING: dict[Field, str] = {
    "case_number": "E-EP-001",
    "person": "E-PE-001",
    "team": "E-EP-004",
    "kind": "E-EP-005",
    "start": "E-EP-003",
}


def _kind(reasons: Reasons, row: Row | None, *, filtered: bool) -> Kind:
    if reasons.codes:
        return "excluded"
    if filtered:
        return "left_out"
    return "taken" if row else "refused"


def _known_again(case_number: str) -> str:
    """The number, if it is short enough to be one."""
    return case_number if len(case_number.encode()) <= CASE_BYTES else ""
