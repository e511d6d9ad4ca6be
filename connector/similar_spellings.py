"""Signs and names that differ on paper and may still mean one: MUE, MÜ and Mue. for one person.

A unit needs three case managers (promise 9); a second spelling of one must not count as another.
Signs of one `key` count as one when units are formed. What is only near (one letter) is told to a
person: Meier and Meyer may be two.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

from connector.identifiers import compared
from survey.linkage.codes import CONFUSED

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# From so many letters on, one more, less or other is more likely a slip than a second person.
LONG = 5
# In shorter ones only beside a sign that has many more cases in the same team.
RARE, RARE_SHARE = 3, 0.1


class Alike(Struct, frozen=True, kw_only=True, order=True):
    """Two signs that may be one; `one_key`: they count as one already."""

    sign: str
    other: str
    one_key: bool


@lru_cache(maxsize=10_000)
def key(value: str) -> str:
    """The sign without umlauts, accents, points, blanks and letters that look like others."""
    plain = unicodedata.normalize("NFKD", compared(value).translate(UMLAUTS))
    letters = "".join(letter for letter in plain if letter.isalnum())
    return letters.upper().translate(CONFUSED) or value


def same_key(values: Mapping[str, int]) -> list[Alike]:
    """Pairs of one key; the rarer of the two first."""
    groups: dict[str, list[str]] = {}
    for value in sorted(values, key=lambda value: (values[value], value)):
        groups.setdefault(key(value), []).append(value)
    return [
        Alike(sign=rarer, other=other, one_key=True)
        for group in groups.values()
        for rarer, other in combinations(group, 2)
    ]


def signs(cases: Mapping[tuple[str, str], int]) -> list[Alike]:
    """Pairs that may be one case manager; `cases` counts by team and sign."""
    total: Counter[str] = Counter()
    for (_, sign), times in cases.items():
        total[sign] += times
    pairs = same_key(total)
    for first, second in combinations(sorted(total), 2):
        if key(first) != key(second) and _is_near(first, second, cases):
            rarer, more = sorted((first, second), key=lambda spelling: (total[spelling], spelling))
            pairs.append(Alike(sign=rarer, other=more, one_key=False))
    return sorted(pairs)


def _is_near(first: str, second: str, cases: Mapping[tuple[str, str], int]) -> bool:
    near = _one_edit(key(first), key(second)) or _one_edit(compared(first), compared(second))
    if not near or _numbered(first, second):
        return False
    shorter = min(len(key(first)), len(key(second)))
    if shorter >= LONG:
        return True
    if shorter < 2 or (shorter == 2 and len(key(first)) == len(key(second))):
        return False
    return any(
        _is_rare(cases.get((team, first), 0), cases.get((team, second), 0)) for team, _ in cases
    )


def _is_rare(times: int, others: int) -> bool:
    fewer, more = sorted((times, others))
    return 0 < fewer < more and (fewer <= RARE or fewer <= RARE_SHARE * more)


def _numbered(first: str, second: str) -> bool:
    """Whether they differ in digits alone: A1 and A2 are two on purpose."""
    return _without_digits(first) == _without_digits(second)


def _without_digits(sign: str) -> str:
    return "".join(letter for letter in compared(sign) if not letter.isdigit())


def _one_edit(shorter: str, longer: str) -> bool:
    """Whether one letter more, less or other, or two neighbours changed over, make them equal."""
    if len(shorter) > len(longer):
        shorter, longer = longer, shorter
    if len(longer) - len(shorter) > 1:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b),
        len(shorter),
    )
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    changed = shorter[start : start + 2] == longer[start : start + 2][::-1]
    return shorter[start + 1 :] == longer[start + 1 :] or (
        changed and shorter[start + 2 :] == longer[start + 2 :]
    )
