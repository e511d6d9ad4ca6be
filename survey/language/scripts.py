"""In which language a voice should read a text nobody has named the language of.

The language a person answered in is kept apart from her words. The script lies open to everybody
who sees them, so a voice may go by it; Latin letters say too little to leave the document's own.
"""

import re
import unicodedata
from collections import Counter
from typing import Literal

from msgspec import Struct


class Spoken(Struct, frozen=True, kw_only=True):
    """How a text is marked: `lang`, `dir` and its quotation marks."""

    tag: str
    direction: Literal["ltr", "rtl"]
    quotes: tuple[str, str]


ARABIC = Spoken(tag="ar", direction="rtl", quotes=("«", "»"))
PERSIAN = Spoken(tag="fa", direction="rtl", quotes=("«", "»"))
UKRAINIAN = Spoken(tag="uk", direction="ltr", quotes=("«", "»"))
BULGARIAN = Spoken(tag="bg", direction="ltr", quotes=("„", "“"))
RUSSIAN = Spoken(tag="ru", direction="ltr", quotes=("«", "»"))

# Letters that Arabic does not have, and letters that Ukrainian and Russian do not share.
PERSIAN_LETTERS = frozenset("پچژگکی")
UKRAINIAN_LETTERS = frozenset("іїєґ")
RUSSIAN_LETTERS = frozenset("ыэё")
HARD_SIGN = "ъ"  # a vowel in Bulgarian, rare in Russian

# Embeddings, overrides and isolates: nobody types them, and one turns all that follows around.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unturned(text: str) -> str:
    """The text without characters that force a direction upon what follows them."""
    return TURNING.sub("", text)


def spoken(text: str) -> Spoken | None:
    """The language to read a text in, by most of its letters; None: that of the document."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    if not scripts:
        return None
    used = frozenset(letters)
    match scripts.most_common(1)[0][0]:
        case "ARABIC":
            return PERSIAN if used & PERSIAN_LETTERS else ARABIC
        case "CYRILLIC":
            return _cyrillic(used)
        case _:
            return None


def _cyrillic(used: frozenset[str]) -> Spoken:
    if used & UKRAINIAN_LETTERS:
        return UKRAINIAN
    if HARD_SIGN in used and not used & RUSSIAN_LETTERS:
        return BULGARIAN
    return RUSSIAN
