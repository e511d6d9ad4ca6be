"""The languages: application tag, what HTML and Babel call it, direction, and the fallback.

Babel drops the variant of `de-simple` and would show it as German, so every tag has its own row
here and a Babel locale is never a key.
"""

from functools import cache
from typing import Literal

from babel import Locale
from msgspec import Struct

from survey import paths

SOURCE = "de"
# Catalogues: what recipients see, in every language; and what staff see, in two.
DOMAIN, STAFF, CASES, REPORT = "survey", "staff", "cases", "report"
STAFF_LANGUAGES = ("de", "en")


class Tag(Struct, frozen=True, kw_only=True):
    """One language.

    Args:
        tag: the application's name, in addresses and file names
        html: for the `lang` attribute (BCP 47)
        direction: for the `dir` attribute
        babel: the locale for dates, numbers and plural forms
        endonym: its own name for itself
        fallback: tags to look a text up in, one after the other, German last
    """

    tag: str
    html: str
    direction: Literal["ltr", "rtl"]
    babel: str
    endonym: str
    fallback: tuple[str, ...] = (SOURCE,)

    @property
    def locale(self) -> Locale:
        """The locale for Babel's functions."""
        return _locale(self.babel)


def _row(tag: str, endonym: str, *, babel: str = "", rtl: bool = False) -> Tag:
    return Tag(
        tag=tag,
        html=tag,
        direction="rtl" if rtl else "ltr",
        babel=babel or tag,
        endonym=endonym,
        fallback=() if tag == SOURCE else (SOURCE,),
    )


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


KNOWN: dict[str, Tag] = {
    row.tag: row
    for row in (
        _row("de", "Deutsch"),
        _row("de-simple", "Leichte Sprache", babel="de"),
        _row("uk", "Українська"),
        _row("ar", "العربية", rtl=True),
        _row("ru", "Русский"),
        _row("tr", "Türkçe"),
        # One text for Iran and Afghanistan, named so that speakers of Dari find it.
        _row("fa", "فارسی (دری)", rtl=True),
        _row("en", "English", babel="en_GB"),
        _row("bg", "Български"),
        _row("ro", "Română"),
    )
}


def find(tag: str) -> Tag | None:
    """The language of this tag, None if it is unknown or has no catalogue."""
    return KNOWN.get(tag) if tag in available() else None


@cache
def available() -> tuple[str, ...]:
    """The tags with a catalogue, in the order they are offered; German needs none."""
    return tuple(
        tag
        for tag in KNOWN
        if tag == SOURCE or (paths.LOCALE / tag / "LC_MESSAGES" / f"{DOMAIN}.po").is_file()
    )
