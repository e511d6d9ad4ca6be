"""Names of waves: a title for people, a short name for addresses and commands."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from survey import placeholders
from survey.errors import Refused
from survey.model import modes
from survey.model.modes import Mode

LONGEST = 100
# Short names are at most as long as an id of the exchange.
LONGEST_SHORT = 64
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
AT_A_DEVICE = ", am Gerät"
_SEASONS = ("Winter", "Frühjahr", "Sommer", "Herbst")


def proposed(
    programme: str, opens_on: date, *, mode: Mode = "letter", taken: Collection[str] = ()
) -> str:
    """The programme's title and the season of the first day: "Zufriedenheit, Herbst 2026".

    Args:
        taken: titles of other waves; the second of a season says so
    """
    place = "" if modes.is_invited(mode) else AT_A_DEVICE
    suffix = f"{place}, {season(opens_on)}"
    head = programme.rstrip(" ,?!.")
    for tail in (suffix, *(f"{suffix} ({number})" for number in range(2, LONGEST))):
        title = f"{head[: LONGEST - len(tail)].rstrip(' ,?!.')}{tail}"
        if not any(same(title, other) for other in taken):
            return title
    raise Refused(title=head[:LONGEST], reason="a hundred waves of this season are called so")


def season(on: date) -> str:
    """The season as people write it; a winter belongs to two years: "Winter 2026/27"."""
    name = _SEASONS[on.month % 12 // 3]
    if name != "Winter":
        return f"{name} {on.year}"
    first = on.year if on.month == 12 else on.year - 1
    return f"{name} {first}/{(first + 1) % 100:02}"


def short(typed: str) -> str:
    """The short name that a title or an attempt at one comes to: "Frühjahr 2027" is fruehjahr-2027.

    Empty when nothing usable is left of it.
    """
    spelled = unicodedata.normalize("NFC", typed).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SHORT].strip("-")


def same(typed: str, title: str) -> bool:
    """Whether somebody who was to type a title typed it; capitals and blanks do not matter."""
    return " ".join(typed.split()).casefold() == " ".join(title.split()).casefold()


def refuse_unusable(title: str) -> None:
    """Raise Refused for a title that nobody can read, or that no line holds."""
    if placeholders.remains(title) or len(title) > LONGEST or not title.isprintable():
        raise Refused(
            title=title[:LONGEST],
            reason=f"a title is one line of 1 to {LONGEST} characters",
            cure="choose a shorter one, e.g. Zufriedenheit, Herbst 2026",
        )
