"""Places in a text by which somebody may be known: hints for two people who read it, no more.

Patterns find what has a form: numbers, addresses, "Frau" before a name. A rare illness, an accident
in the newspaper or a way of speaking has none; a text without a hint is not a harmless one.
"""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

Kind: TypeAlias = Literal["mail", "web", "phone", "day", "number", "street", "person", "place"]

# Repetitions have an end, or a text of one letter without blanks would keep a page busy.
_BIG = r"[A-ZÄÖÜ][a-zäöüßA-ZÄÖÜ\-]{1,40}"
_HOUSE = r"(?:\s\d{1,4}\s?[a-z]?\b)?"
_MONTH = r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-z]{0,6}"
# In this order: what an earlier pattern has taken is not looked at again.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("mail", r"[^\s@]{1,64}@[^\s@]{1,64}\.\w{2,20}"),
    ("web", r"\b(?:https?://|www\.)\S{1,200}"),
    ("day", rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?:\s?\d{{2,4}})?|{_MONTH})"),
    ("phone", r"(?:\+|\b)\d[\d /\-()]{5,24}\d\b"),
    ("street", rf"\b[A-ZÄÖÜ][a-zäöü\-]{{1,30}}(?:straße|strasse|str\.|weg|platz|allee){_HOUSE}"),
    ("street", rf"\b{_BIG}\s(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring)\b{_HOUSE}"),
    (
        "person",
        rf"\b(?:Frau|Herrn?|Fr\.|Hr\.|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s(?:Dr\.\s|von\s|van\s|de\s){{0,3}}"
        rf"{_BIG}(?:\s{_BIG})?",
    ),
    ("person", rf"\b(?:heiße|heisse|heißt|heisst|[Nn]ame ist)\s{_BIG}(?:\s{_BIG})?"),
    (
        "place",
        r"\b(?:Kita|Schule|Klinik|Krankenhaus|Praxis|Firma|Verein|Wohnheim|Werkstatt)\s"
        rf"[„\"]?{_BIG}",
    ),
    ("number", r"\b(?=\w{0,20}\d\d\d)[\w.\-/]{2,40}\w"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


class Spot(Struct, frozen=True, kw_only=True):
    """text[start:end] and what it looks like."""

    start: int
    end: int
    kind: Kind


def spots(text: str) -> tuple[Spot, ...]:
    """Spots in a text that may identify somebody, from left to right, without overlaps."""
    taken: list[Spot] = []
    for spot in _every(text):
        if all(spot.end <= other.start or spot.start >= other.end for other in taken):
            taken.append(spot)
    return tuple(sorted(taken, key=lambda spot: spot.start))


def _every(text: str) -> Iterator[Spot]:
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield Spot(start=match.start(), end=match.end(), kind=kind)
