"""Dates and numbers as a language writes them, always with Western digits.

The digits of a phone number, a code and a count should look the same everywhere; a date is written
out, because 01.11.2026 turns around in a text from right to left.
"""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from survey.language import tags

WESTERN = "latn"


def day(on: date, tag: str) -> str:
    """A day written out, "22. November 2026"."""
    return format_date(on, "long", locale=tags.KNOWN[tag].locale)


def month(on: date, tag: str) -> str:
    """A month written out, "November 2026"."""
    return format_date(on, "LLLL yyyy", locale=tags.KNOWN[tag].locale)


def number(value: float | Decimal, tag: str, *, digits: int = 0) -> str:
    """A number with a fixed count of decimal digits, grouped as the language does."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(
        value, format=pattern, locale=tags.KNOWN[tag].locale, numbering_system=WESTERN
    )


def percent(share: float, tag: str, *, digits: int = 0) -> str:
    """A share of 0..1 as percent, with the sign where the language puts it."""
    locale = tags.KNOWN[tag].locale
    pattern = locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    return format_percent(share, format=pattern, locale=locale, numbering_system=WESTERN)
