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
    """What remains without umlauts, accents, points, blanks and letters that look like others."""
    plain = unicodedata.normalize("NFKD", compared(value).translate(UMLAUTS))
    letters = "".join(each for each in plain if each.isalnum())
    return letters.upper().translate(CONFUSED) or value


def same_key(values: Mapping[str, int]) -> list[Alike]:
    """Pairs of one key; the rarer of the two first."""
    groups: dict[str, list[str]] = {}
    for value in sorted(values, key=lambda each: (values[each], each)):
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
    found = same_key(total)
    for one, other in combinations(sorted(total), 2):
        if key(one) != key(other) and _is_near(one, other, cases):
            rarer, more = sorted((one, other), key=lambda each: (total[each], each))
            found.append(Alike(sign=rarer, other=more, one_key=False))
    return sorted(found)


def _is_near(one: str, other: str, cases: Mapping[tuple[str, str], int]) -> bool:
    near = _one_edit(key(one), key(other)) or _one_edit(compared(one), compared(other))
    if not near or _numbered(one, other):
        return False
    shorter = min(len(key(one)), len(key(other)))
    if shorter >= LONG:
        return True
    if shorter < 2 or (shorter == 2 and len(key(one)) == len(key(other))):
        return False
    return any(
        _is_rare(cases.get((team, one), 0), cases.get((team, other), 0)) for team, _ in cases
    )


def _is_rare(times: int, others: int) -> bool:
    fewer, more = sorted((times, others))
    return 0 < fewer < more and (fewer <= RARE or fewer <= RARE_SHARE * more)


def _numbered(one: str, other: str) -> bool:
    """Whether they differ in digits alone: A1 and A2 are two on purpose."""
    return _without_digits(one) == _without_digits(other)


def _without_digits(sign: str) -> str:
    return "".join(each for each in compared(sign) if not each.isdigit())


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours changed over, make them equal."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one)
    )
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    changed = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (
        changed and one[start + 2 :] == other[start + 2 :]
    )
