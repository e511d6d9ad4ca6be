"""Text that somebody still has to fill in: it must never reach the people who are asked.

What an example of ours leaves open stands between < and >, so that no letter can look finished.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

BRACKETED = re.compile(r"<[^<>]*>")
WORDS = re.compile(
    r"\b(TODO|TBD|FIXME|X{3,}|N\.\s?N\.|Platzhalter|Lorem ipsum)(?!\w)"
    r"|\bbitte (hier )?(eintragen|ergänzen|ausfüllen)\b",
    re.IGNORECASE,
)
# What examples of earlier versions said; files that were made from them are still around.
EARLIER = frozenset(
    {
        "Rechenzentrum, das den Server betreibt",
        "Hochschule oder Statistikstelle, die auswertet",
        "Unabhängige Beratungsstelle",
        "Beschwerdestelle mit Anschrift",
        "Datenschutzbeauftragte oder Datenschutzbeauftragter mit Anschrift",
    }
)
# Names that no resolver knows: RFC 2606, RFC 6761.
NOWHERE = re.compile(r"(^|\.)(example|invalid|localhost|example\.(com|net|org))$")
LOOPBACK = re.compile(r"^(127\.|0\.0\.0\.0$|::1$)")
SHORTEST_NUMBER = 6
# The number of all authorities in Germany is complete with three digits.
SHORT_NUMBERS = frozenset({"115"})


def remains(text: str) -> bool:
    """Whether something in the text is still to be filled in; nothing at all is that, too."""
    plain = " ".join(text.split())
    return (
        not any(sign.isalnum() for sign in plain)
        or plain in EARLIER
        or BRACKETED.search(plain) is not None
        or WORDS.search(plain) is not None
    )


def unfilled(needed: Mapping[str, str], optional: Mapping[str, str] | None = None) -> list[str]:
    """Names of the fields that no paper goes out with; optional ones may be empty."""
    given = {name: text for name, text in (optional or {}).items() if text.strip()}
    return [name for name, text in (given | dict(needed)).items() if remains(text)]


def is_phone(text: str) -> bool:
    """Whether somebody who dials this gets through, as far as its digits tell."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= SHORTEST_NUMBER or digits in SHORT_NUMBERS


def is_nowhere(url: str) -> bool:
    """Whether an address leads to this very machine, or to a name reserved for examples."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return not host or NOWHERE.search(host) is not None or LOOPBACK.match(host) is not None
