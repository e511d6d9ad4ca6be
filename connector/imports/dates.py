"""Reads days as exports write them; tells a day that does not exist from one it cannot read."""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

Unread: TypeAlias = Literal["impossible", "unreadable"]

WORDS = {"%d": "TT", "%m": "MM", "%Y": "JJJJ", "%y": "JJ", "%H": "hh", "%M": "mm", "%S": "ss"}
LETTERS = "%d, %m, %Y, %y, %H, %M, %S und Trennzeichen"
_DIRECTIVES = {
    "%d": r"(?P<d>\d{1,2})",
    "%m": r"(?P<m>\d{1,2})",
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%H": r"\d{1,2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}(?:[.,]\d+)?",
}
# Nobody in a case-management system is older, and no case reaches further.
EARLIEST, LATEST = 1900, 2199


def understood(pattern: str) -> bool:
    """Whether a date format names a day, a month and a year, each once."""
    directives = re.findall(r"%.", pattern)
    years = directives.count("%Y") + directives.count("%y")
    return (
        directives.count("%d") == directives.count("%m") == years == 1
        and len(set(directives)) == len(directives)
        and set(directives) <= set(_DIRECTIVES)
    )


@lru_cache(maxsize=50_000)
def read(text: str, formats: tuple[str, ...]) -> date | Unread:
    """The day written in `text` in one of the formats.

    Two-digit years up to 68 are of this century, as in POSIX.
    """
    shaped = False
    for pattern in formats:
        match = _shape(pattern).fullmatch(text)
        if match is None:
            continue
        shaped = True
        day = _day(match.groupdict())
        if day is not None:
            return day
    return "impossible" if shaped else "unreadable"


def _day(parts: dict[str, str]) -> date | None:
    short = parts.get("y")
    year = int(parts["Y"]) if short is None else int(short) + (2000 if int(short) <= 68 else 1900)
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None


def worded(formats: tuple[str, ...]) -> str:
    """The formats as people write them: TT.MM.JJJJ."""
    shown = ", ".join(formats)
    for directive, word in WORDS.items():
        shown = shown.replace(directive, word)
    return shown


def in_the_past(day: date | Unread, as_of: date) -> date | None:
    """A day of birth; one that seems to come had a year of two digits and is a century older."""
    if not isinstance(day, date):
        return None
    if day <= as_of:
        return day
    century_before = _day({"d": str(day.day), "m": str(day.month), "Y": str(day.year - 100)})
    return century_before if century_before and age(century_before, as_of) < 100 else None


def age(born: date, on: date) -> int:
    """Completed years of life; who was born on 29 February has her birthday on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@lru_cache(maxsize=50)
def _shape(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(%.)", pattern)
    return re.compile("".join(_DIRECTIVES.get(part) or re.escape(part) for part in parts), re.ASCII)
