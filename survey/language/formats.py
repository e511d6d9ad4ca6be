"""Dates and numbers as a language writes them, always with Western digits.

The digits of a phone number, a code and a count should look the same everywhere; a date is written
out, because 01.11.2026 turns around in a text from right to left.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from survey.language import tags
from survey.model import rounding

WESTERN = "latn"


def day(on: date, tag: str) -> str:
    """A day written out, "22. November 2026"."""
    return format_date(on, "long", locale=tags.KNOWN[tag].locale)


def short_day(on: date, tag: str) -> str:
    """A day in a table, "22.11.2026" or "22 Nov 2026"; not for texts from right to left."""
    pattern = "dd.MM.yyyy" if tags.KNOWN[tag].babel == "de" else "d MMM yyyy"
    return format_date(on, pattern, locale=tags.KNOWN[tag].locale)


def moment(at: datetime, tag: str) -> str:
    """A time in a table, to the minute and in the time zone that it has."""
    return f"{short_day(at.date(), tag)}, {at:%H:%M}"


def weekday(on: date, tag: str) -> str:
    """A day with its weekday, "Montag, 7. Dezember 2026"."""
    return format_date(on, "full", locale=tags.KNOWN[tag].locale)


def listed(words: Sequence[str], tag: str) -> str:
    """Several words as one enumeration, "Kontakt, Respekt und Vertrauen"."""
    return format_list(words, locale=tags.KNOWN[tag].locale)


def brief(on: date, tag: str) -> str:
    """A day for tables, "22.11.2026" or "22 Nov 2026"; for left-to-right languages."""
    return format_date(on, "medium", locale=tags.KNOWN[tag].locale)


def month(on: date, tag: str) -> str:
    """A month written out, "November 2026"."""
    return format_date(on, "LLLL yyyy", locale=tags.KNOWN[tag].locale)


def number(value: float | Decimal, tag: str, *, digits: int = 0) -> str:
    """A number with a fixed count of decimal digits, grouped as the language does.

    Rounded beforehand: Babel would go to the even neighbour at a half.
    """
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    rounded = rounding.rounded(float(value), digits)
    return format_decimal(
        rounded, format=pattern, locale=tags.KNOWN[tag].locale, numbering_system=WESTERN
    )


def percent(share: float, tag: str, *, digits: int = 0) -> str:
    """A share of 0..1 as percent, with the sign where the language puts it."""
    locale = tags.KNOWN[tag].locale
    pattern = locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    rounded = rounding.rounded(share, digits + 2)
    return format_percent(rounded, format=pattern, locale=locale, numbering_system=WESTERN)
