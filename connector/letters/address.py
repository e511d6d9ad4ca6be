"""Whom a letter goes to, and whether it would get there: read while printing, kept nowhere.

An address is whole when a mail carrier could use it and the window of the envelope shows all of it:
a postcode of five digits, names of letters, nothing that a spreadsheet or a mapping's word for
"nothing" left behind. Reasons name the field, never what stands in it.
"""

import re
import unicodedata
from collections.abc import Collection

from msgspec import Struct

from connector import identifiers
from connector.identifiers import compared
from connector.imports.vocabulary import LetterField
from survey import placeholders
from survey.document import typeface

NEEDED: dict[LetterField, str] = {
    "family_name": "Name",
    "street": "Straße",
    "postcode": "Postleitzahl",
    "city": "Ort",
}
OPTIONAL: dict[LetterField, str] = {
    "salutation": "Anrede",
    "given_name": "Vorname",
    "care_of": "Adresszusatz",
}
LETTERS_ONLY: tuple[LetterField, ...] = ("salutation", "given_name", "family_name", "city")
PLAIN = " -'\u2019\u02bc`\u00b4.,()/"
# Shorter ones are the code of some list.
SHORTEST_SALUTATION = 3
# What an office writes where it knows none: five zeros.
POSTCODE = re.compile(r"(?!00000)[0-9]{5}")
# What stands in a list for somebody without an address of her own.
NO_PLACE = frozenset(
    {
        "unbekannt",
        "unbekannt verzogen",
        "verzogen",
        "ohne festen wohnsitz",
        "ofw",
        "o.f.w.",
        "keine angabe",
        "k.a.",
    }
)
# DIN 5008 form B: the window's address zone, its lines of 4.5 mm, from its text margin on.
MOST_LINES = 6
ROOM = 75 * 72 / 25.4
SIZES = (11.0, 10.0, 9.0)


class Recipient(Struct, frozen=True, kw_only=True):
    """Name and address, in memory while a letter is printed. `language` is a tag of ours or ""."""

    salutation: str
    given_name: str
    family_name: str
    street: str
    postcode: str
    city: str
    care_of: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def parts(self) -> tuple[str, ...]:
        """What the window has to show, each from a line of its own on."""
        place = f"{self.postcode} {self.city}"
        parts = (self.salutation, self.name, self.care_of, self.street, place)
        return tuple(part for part in parts if part.strip())


class Window(Struct, frozen=True, kw_only=True):
    """The lines as they stand in the window, and their size in points."""

    size: float
    lines: tuple[str, ...]


def problem(recipient: Recipient) -> str:
    """Why a letter would not reach her; empty when it would."""
    faults = [fault for field in (*NEEDED, *OPTIONAL) if (fault := _fault(recipient, field))]
    if faults:
        return f"hat keine vollständige Anschrift ({', '.join(faults)})"
    if window(recipient) is None:
        return "hat eine Anschrift, die nicht in das Fenster des Umschlags passt"
    return ""


def window(recipient: Recipient) -> Window | None:
    """The address as it fits, as large as it fits; None when it does not."""
    for size in SIZES:
        lines = [line for part in recipient.parts for line in typeface.wrapped(part, size, ROOM)]
        if len(lines) <= MOST_LINES and all(typeface.width(line, size) <= ROOM for line in lines):
            return Window(size=size, lines=tuple(lines))
    return None


def unprintable(recipient: Recipient, missing: Collection[str]) -> bool:
    """Whether name or address has a character that no font of this machine has."""
    return any(letter in missing for part in recipient.parts for letter in part)


def _fault(recipient: Recipient, field: LetterField) -> str:
    """The problem of one address field, in words for the person who corrects the export."""
    value = getattr(recipient, field)
    word = NEEDED.get(field) or OPTIONAL[field]
    if not value:
        return f"{word} fehlt" if field in NEEDED else ""
    if field == "postcode":
        return "" if POSTCODE.fullmatch(value) else f"{word} hat keine fünf Ziffern"
    if _is_left_over(value) or (field == "salutation" and len(value) < SHORTEST_SALUTATION):
        return f"{word} ist unlesbar"
    if field in LETTERS_ONLY and not _is_name(value):
        return f"{word} besteht nicht aus Buchstaben"
    return ""


def _is_left_over(value: str) -> bool:
    """Whether it only fills a cell: by a spreadsheet, a form, or for want of an address."""
    return (
        identifiers.leftover(value) is not None
        or placeholders.remains(value)
        or compared(value) in NO_PLACE
        or not any(unicodedata.category(letter).startswith("L") for letter in value)
    )


def _is_name(value: str) -> bool:
    return all(letter in PLAIN or unicodedata.category(letter)[0] in "LM" for letter in value)
