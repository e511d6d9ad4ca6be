"""One rule by which names and numbers are compared: what looks the same on paper is the same.

It holds for case numbers, client numbers, teams, the signs of case managers, columns, and the words
of a mapping:

1. Excel's marks of a text are taken off: ="00123" and '00123 are 00123.
2. Letters are composed (Unicode NFC): an ü of two code points is an ü.
3. What nobody sees goes: byte order marks, zero-width characters, soft hyphens, control characters.
4. Every kind of blank is a blank, several are one, none stands at an end; every dash is a hyphen.
5. Capitals do not count (Unicode case folding): MUE, Mue and mue are one, so are ß and ss.

In a client number blanks, slashes and hyphens do not count at all. Leading zeros always do. Not
NFKC: it would take ² for 2, and so join what is different on paper.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

# Imports note by which rule they compared; the first knew no Excel, no decomposed letters and no
# characters nobody sees. Another rule needs another number, and connector.imports.reindex the way
# to it.
RULE = 2

Leftover: TypeAlias = Literal["error", "shortened", "day", "nothing"]

_EXCEL_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_EXCEL_APOSTROPHE = re.compile(r"'(?=[\d=+@-])")
_SEPARATORS = str.maketrans("", "", " /-")

_ERROR = re.compile(
    r"#{2,}|#[a-zäöü][\wäöü]*(?:/\d)?[!?]|#nv|#n/[av]|#getting_data|(?:err|fehler):\d{3}",
    re.IGNORECASE,
)
# Excel writes one digit before the comma and the sign of the exponent; 607E495185 is a number that
# somebody has.
_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?e\+\d{1,3}|-?\d[.,]\d+e-?\d{1,3}", re.IGNORECASE)
_MONTH = (
    r"(?:jan|feb|mar|mär|mrz|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)"
    r"(?:uar|ruar|uary|ruary|z|ch|il|i|e|y|ust|t|tember|ober|ember)?"
)
_MONTH_DAY = re.compile(
    rf"\d{{1,2}}[. -]{{1,2}}{_MONTH}\.?(?:[. -]\d{{2,4}})?|{_MONTH}[. -]{{1,2}}\d{{2,4}}",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_MOMENT = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})[ T]\d{2}:\d{2}(?::\d{2})?")
_ZERO = re.compile(r"-?0+(?:[.,]0+)?")


@lru_cache(maxsize=50_000)
def tidy(cell: str) -> str:
    """A cell's text tidied by steps 1 to 4 of the rule: to be shown."""
    if cell.isascii() and cell.isprintable() and cell[:1] not in ("=", "'"):
        return " ".join(cell.split())
    seen = " ".join(_visible(cell).split())
    if excel := _EXCEL_TEXT.fullmatch(seen):
        seen = " ".join(excel[1].replace('""', '"').split())
    return _EXCEL_APOSTROPHE.sub("", seen, count=1) if seen.startswith("'") else seen


@lru_cache(maxsize=50_000)
def compared(value: str) -> str:
    """The form shared by all spellings of a value, by the whole rule: never to be shown."""
    value = tidy(value)
    if value.isascii():
        return value.lower()
    # Folding may decompose and needs decomposed characters: Unicode, definition D145.
    folded = unicodedata.normalize("NFD", value).casefold()
    return unicodedata.normalize("NFC", folded)


def client_number(value: str) -> str:
    """A client number as it is compared, in capitals."""
    return compared(value).translate(_SEPARATORS).upper()


def leftover(value: str) -> Leftover | None:
    """The kind of spreadsheet damage to an identifier; None when the value may be valid.

    An error value or ##### of a column too narrow, a number cut to 1,23E+11, a number or name that
    became a day, or what stands for an empty cell: 0, or no letter and no digit at all.
    """
    if _ERROR.fullmatch(value):
        return "error"
    if _SHORTENED.fullmatch(value):
        return "shortened"
    if _MONTH_DAY.fullmatch(value) or _is_day(value):
        return "day"
    if _ZERO.fullmatch(value) or not any(sign.isalnum() for sign in value):
        return "nothing"
    return None


def _visible(cell: str) -> str:
    composed = unicodedata.normalize("NFC", cell)
    return "".join(_sign(sign) for sign in composed)


def _sign(sign: str) -> str:
    if sign.isspace():
        return " "
    match unicodedata.category(sign):
        case "Cf" | "Cc":
            return ""
        case "Pd":
            return "-"
        case _:
            # The minus sign is no dash to Unicode.
            return "-" if sign == "\u2212" else sign


def _is_day(value: str) -> bool:
    match = _DAY.fullmatch(value) or _MOMENT.fullmatch(value)
    if match is None:
        return False
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if (day, month, year) == (0, 1, 1900):  # Excel's day zero
        return True
    try:
        return 1900 <= date(year, month, day).year < 2200
    except ValueError:
        return False
