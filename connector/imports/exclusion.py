"""Whether a person may be written to, as far as an export says: one rule for all that writes.

Import, letters and reminders decide here. A record gives reasons; `Protected` puts together those
of all cases of a person, also of cases that the mapping's filters leave out. What cannot be read
(an error value of a spreadsheet, a day of birth that is none) excludes; a word that the mapping
does not know stops the whole file, because whether "ja" in the column "Auskunftssperre" means yes
is for a person to say.
"""

from datetime import date

from msgspec import Struct

from connector import identifiers
from connector.errors import FileRefused
from connector.identifiers import compared
from connector.imports import dates, vocabulary
from connector.imports.fields import Fields, Said
from connector.imports.mapping import Mapping
from connector.imports.vocabulary import Field

ADULT = 15  # § 36 SGB I: from 15 on people apply for themselves
# The fields that can exclude somebody, and by which reason when they cannot be read.
UNREADABLE: dict[Field, str] = {
    "disclosure_block": "disclosure_block",
    "exclusion": "reason_unreadable",
    "birth_date": "birth_date_unreadable",
}
CANNOT_BE_READ: dict[Field, str] = {"disclosure_block": "X-PE-003", "exclusion": "X-PE-007"}
SHOWN = 5


class Reasons(Struct, frozen=True, kw_only=True, gc=False):
    """Codes of vocabulary.EXCLUSIONS, sorted; whoever has none may be written to.

    `birthday`: she was too young on the day of the import before, and no longer is.
    """

    codes: tuple[str, ...] = ()
    birthday: bool = False


class _Unknown(Struct):
    word: str
    record: int
    times: int = 0


class Exclusions:
    """Reads the reasons out of records of one mapping, on one day.

    `heard` are the fields that said anything in any record: what a column that is missing or empty
    has once forbidden stays forbidden.
    """

    def __init__(
        self, mapping: Mapping, fields: Fields, *, as_of: date, before: date | None = None
    ) -> None:
        self._fields = fields
        self._formats = mapping.date_formats
        self._as_of = as_of
        self._before = before
        self._codes = {field: mapping.codes(field) for field in vocabulary.CODES}
        self._unknown: dict[Field, dict[str, _Unknown]] = {}
        self.heard: set[Field] = set()

    def of(self, record: int, values: Said) -> Reasons:
        """Why this person must not be written to."""
        codes = {self._coded(record, field, values) for field in ("disclosure_block", "exclusion")}
        born = self._born(values)
        birthday = False
        if isinstance(born, str):
            codes.add(born)
        elif born is not None:
            birthday = self._before is not None and dates.age(born, self._before) < ADULT
        return Reasons(codes=tuple(sorted(codes - {""})), birthday=birthday)

    def refuse_unknown(self) -> None:
        """Stop when some record said what the mapping does not know.

        Raises:
            FileRefused: with the column, the first record, and the words for a terminal
        """
        for field, words in self._unknown.items():
            first = min(word.record for word in words.values())
            raise FileRefused(
                "F-WE-001",
                column=self._fields.columns[field] or field,
                shown=_listed(list(words.values())),
                record=first,
                words=len(words),
                field=field,
                known=", ".join(f'"{code}"' for code in vocabulary.CODES[field]),
            )

    def _coded(self, record: int, field: Field, values: Said) -> str:
        value = values.get(field, "")
        if not value:
            return ""
        self.heard.add(field)
        if identifiers.leftover(value) == "error":
            self._fields.say(CANNOT_BE_READ[field], field, value)
            return UNREADABLE[field]
        code = self._codes[field].get(compared(value))
        match code:
            case "no":
                return ""
            case "yes":
                self._fields.say("X-PE-001", field, value)
                return field
            case None:
                unknown = self._unknown.setdefault(field, {})
                entry = unknown.setdefault(compared(value), _Unknown(value, record))
                entry.times += 1
                return UNREADABLE[field]
            case _:
                word = vocabulary.EXCLUSIONS[code]
                self._fields.say("X-PE-004", field, value, reason=word)
                return code

    def _born(self, values: Said) -> date | str | None:
        """Her day of birth, a reason to exclude her, or nothing said."""
        value = values.get("birth_date", "")
        if not value:
            return None
        self.heard.add("birth_date")
        born = dates.in_the_past(dates.read(value, self._formats), self._as_of)
        if born is None:
            self._fields.say("X-PE-006", "birth_date", value)
            return UNREADABLE["birth_date"]
        if dates.age(born, self._as_of) < ADULT:
            self._fields.say("X-PE-002", "birth_date")
            return "under_15"
        return born


class Protected:
    """The people of one file whom nobody may write to, over all their cases.

    A record without a client number protects its case, and by that its person.
    """

    def __init__(self) -> None:
        self._people: dict[str, set[str]] = {}
        self._cases: dict[str, set[str]] = {}
        self._whose: dict[str, set[str]] = {}

    def add(self, case_number: str, person: str, reasons: Reasons) -> None:
        """Add one record, also when it gives no reason."""
        case = compared(case_number)
        if case and person:
            self._whose.setdefault(case, set()).add(person)
        if person and reasons.codes:
            self._people.setdefault(person, set()).update(reasons.codes)
        if case and reasons.codes:
            self._cases.setdefault(case, set()).update(reasons.codes)

    def reasons(self, case_number: str, person: str) -> frozenset[str]:
        """Why nobody may write to this person; empty when one may. For after the last record."""
        case = compared(case_number)
        exclusions = set(self._cases.get(case, ()))
        for relative in {person, *self._whose.get(case, ())} - {""}:
            exclusions |= self._people.get(relative, set())
            for other, codes in self._cases.items():
                if relative in self._whose.get(other, ()):
                    exclusions |= codes
        return frozenset(exclusions)


def _listed(words: list[_Unknown]) -> str:
    """The words themselves, which no file and no log may have."""
    words_shown = [
        f"„{word.word}“ ({word.times}-mal, zuerst Datensatz {word.record})" for word in words
    ]
    more = f" und {len(words_shown) - SHOWN} weitere" if len(words_shown) > SHOWN else ""
    return ", ".join(words_shown[:SHOWN]) + more
