"""Where somebody comes from and goes back to: a place of our own inside an address.

Pages beside the questions (help, notice, languages, stopping) lead back to where they were opened.
A place is what follows the language, with its query: "question/k1?then=check".
"""

import re
from urllib.parse import quote

from survey.form import names

# Only places of our own, so that a link made by somebody else leads nowhere but here.
_PLACE = re.compile(rf"[a-z]{{1,20}}(/{names.ID_PATTERN})?(\?[A-Za-z0-9%&=_-]{{1,400}})?")


def checked(place: str, otherwise: str) -> str:
    """The place if it can be one of ours."""
    return place if _PLACE.fullmatch(place) else otherwise


def answering(place: str) -> bool:
    """Whether a place is one of those between the code and sending."""
    return place.startswith("question/") or place.partition("?")[0] in {"check", "share", "note"}


def after(address: str, place: str) -> str:
    """An address that leads back to `place`; as it is when there is none."""
    return f"{address}?to={quote(place, safe='')}" if place else address
