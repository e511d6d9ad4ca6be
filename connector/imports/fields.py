"""Reads the fields of a record by a mapping; their meaning is decided elsewhere."""

from collections.abc import Callable
from typing import TypeAlias

from connector import identifiers
from connector.identifiers import compared, tidy
from connector.imports import findings, vocabulary
from connector.imports.findings import Finding
from connector.imports.mapping import Mapping
from connector.imports.source.records import Record
from connector.imports.vocabulary import Field

Said: TypeAlias = dict[Field, str]

IDENTIFIERS: tuple[Field, ...] = ("case_number", "person", "team", "case_manager")
LEFTOVERS: dict[identifiers.Leftover, str] = {
    "error": "E-ID-001",
    "shortened": "E-ID-002",
    "day": "E-ID-003",
    "nothing": "E-ID-004",
}
FORMULA = frozenset(findings.FORMULA)


class Fields:
    """Reads records of one mapping; `on_finding` is called with every finding."""

    def __init__(self, mapping: Mapping, on_finding: Callable[[Finding], None]) -> None:
        self._found = on_finding
        self.columns = {field: mapping.column(field) for field in vocabulary.FIELDS}
        wanted = mapping.wanted()
        self._places = {field: wanted.index(name) for field, name in self.columns.items() if name}
        self._fields = {place: field for field, place in self._places.items()}
        self._names = {place: compared(wanted[place]) for place in self._fields}
        self._filters = [
            (wanted.index(condition.column), condition) for condition in mapping.filters
        ]
        self._missing = {compared(filler) for filler in mapping.missing}
        # Folding makes three letters of one at most; longer cells need no comparison.
        self._longest = 3 * max(map(len, mapping.missing), default=0)
        self._constants: Said = {
            field: mapping.constants[field]
            for field in vocabulary.FIELDS
            if field in mapping.constants
        }
        self._record, self._case, self._quiet = 0, "", False

    def is_empty(self, record: Record) -> bool:
        """Whether nothing stands in any column."""
        return not any(record.cells)

    def is_header(self, record: Record) -> bool:
        """Whether the names of the columns stand in it once more: two exports joined, or pages."""
        texts = {place: text for place in self._names if (text := compared(record.cells[place]))}
        return bool(texts) and all(self._names[place] == word for place, word in texts.items())

    def filtered(self, record: Record) -> bool:
        """Whether the mapping's filters leave this record out."""
        cells = record.cells
        return not all(condition.lets_through(cells[place]) for place, condition in self._filters)

    def turn_to(self, record: Record, *, quiet: bool) -> None:
        """Let findings be about this record from now on; `quiet`: only why somebody is excluded."""
        self._record, self._case, self._quiet = record.number, "", quiet

    def cell(self, record: Record, field: Field) -> str:
        """The cell of a field as it is written, without blanks at its ends."""
        place = self._places.get(field)
        return "" if place is None else record.cells[place].strip()

    def said(self, record: Record) -> Said:
        """The values of a record's fields, tidied; empty where the cell stands for nothing."""
        values = dict(self._constants)
        for place, field in self._fields.items():
            cell = record.cells[place]
            values[field] = self._value(field, cell) if cell else ""
        self._case = values.get("case_number", "")
        return values

    def spoiled(self, values: Said) -> frozenset[Field]:
        """Identifiers of which a spreadsheet left only its own marks; they are emptied.

        Else all that are spoiled alike would be one person, case or team.
        """
        unreadable = set()
        for field in IDENTIFIERS:
            value = values.get(field, "")
            if value and (left := identifiers.leftover(value)):
                self.say(LEFTOVERS[left], field, value, word=vocabulary.FIELDS[field])
                values[field] = ""
                unreadable.add(field)
        return frozenset(unreadable)

    def say(self, code: str, field: Field | None = None, value: str = "", **facts: str) -> None:
        """Report a finding about the current record."""
        if self._quiet and findings.GRADES[code[0]] != "excluded":
            return
        column = self.columns.get(field, "") or field if field else ""
        self._found(
            findings.finding(
                code,
                record=self._record,
                column=column or "",
                value=value,
                case=self._case,
                **facts,
            )
        )

    def _value(self, field: Field, cell: str) -> str:
        value = tidy(cell)
        if value != cell:
            stripped = cell.strip()
            if stripped != cell:
                self.say("N-SA-002", field, value)
            if value != stripped and field in IDENTIFIERS:
                self.say("N-ID-001", field, value)
        if value[:1] in FORMULA:
            self._note_formula(field, value)
        if len(value) <= self._longest and compared(value) in self._missing:
            return ""
        return value

    def _note_formula(self, field: Field, value: str) -> None:
        # A lone dash or minus number is no formula anybody could have meant.
        if len(value) > 1 and not value[1:].replace(",", "").replace(".", "").isdigit():
            self.say("N-SA-003", field, value)
