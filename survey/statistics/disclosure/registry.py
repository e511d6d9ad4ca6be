"""The registry of published tables, which refuses a table that could be subtracted from another.

Kept sealed beside the answers; it holds hashed sets, digests and printed shares, no answers. A
variable is a question of a form (not of a wave): populations of different waves have no member in
common and never collide, while a block of waves and one wave of it do.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from survey.statistics.disclosure import derivable
from survey.statistics.disclosure.populations import Members, Universe
from survey.statistics.disclosure.threshold import CATEGORY

# The rest is what readers get by subtracting the parts from the whole.
Role: TypeAlias = Literal["whole", "part", "rest"]
Threat: TypeAlias = Literal[
    "difference", "complement", "siblings", "changed", "unanimous", "derivable"
]


class Population(Struct, frozen=True):
    """One set of people in a table, with the digest of the figures published about them.

    `share` is the published number of favourable answers and its base, None where none is shown.
    """

    label: str
    role: Role
    members: Members
    digest: bytes
    share: tuple[int, int] | None = None


class Entry(Struct, frozen=True):
    """One published table: parts are disjoint, whole and rest as far as there are any."""

    variable: str
    populations: tuple[Population, ...]


class Registry(Struct, frozen=True):
    """Everything published so far; grows, never shrinks."""

    universe: Universe = Universe()
    entries: tuple[Entry, ...] = ()


class Conflict(Struct, frozen=True):
    """Why a table is refused: `label` of it against `against` of an earlier one."""

    threat: Threat
    label: str
    against: str
    people: int


def dumps(registry: Registry) -> bytes:
    """The registry as bytes, to be sealed by whoever stores it."""
    return msgspec.msgpack.encode(registry)


def loads(blob: bytes) -> Registry:
    """The registry that `dumps` wrote; no bytes at all are an empty one."""
    return msgspec.msgpack.decode(blob, type=Registry) if blob else Registry()


def conflict(registry: Registry, entry: Entry, *, k: int) -> Conflict | None:
    """The first reason not to publish `entry` after all that is published, or None.

    For any new population A and any earlier B of the same variable, and for unions of the parts of
    one table on either side: 0 < |A without B| <= k and 0 < |B without A| <= k are refused, since
    one of them who takes herself out must be left with k others, unless these very people are a
    group that is shown, or A and B have fewer than k in common (a small unit's block of waves and
    all units in one of them). Of one inside the other, the share of the people between them must be
    one that could be shown. Beyond pairs, nothing is admitted that any combination of tables turns
    into k people or fewer.
    The same people with other counts (a corrected rerun, a withdrawn answer) are refused too: the
    difference of both editions would be that of the corrected answers.
    """
    before = [earlier for earlier in registry.entries if earlier.variable == entry.variable]
    for earlier in before:
        for reason in _conflicts(entry, earlier, k):
            return reason
    linked = _linked(entry, before)
    people = derivable.few([population.members for population in linked], k) if linked else 0
    return Conflict("derivable", "", "several tables", people) if people else None


def add(registry: Registry, entry: Entry, universe: Universe) -> Registry:
    """The registry after publishing `entry`, whose members are positions in `universe`."""
    if entry in registry.entries:
        return msgspec.structs.replace(registry, universe=universe)
    return Registry(universe, (*registry.entries, entry))


def _linked(entry: Entry, before: Sequence[Entry]) -> list[Population]:
    """All populations that hang together with the new ones by common members, if any is new."""
    waiting = [population for earlier in before for population in earlier.populations]
    known = {group.members for group in waiting}
    populations = [group for group in entry.populations if group.members.size]
    if all(group.members in known for group in populations):
        return []
    fresh = populations
    while fresh:
        near = [a for a in waiting if any(a.members.overlap(b.members) for b in fresh)]
        waiting = [a for a in waiting if a not in near]
        populations, fresh = [*populations, *near], near
    return populations if len(populations) > len(entry.populations) else []


def _conflicts(entry: Entry, earlier: Entry, k: int) -> Iterator[Conflict]:
    groups = [
        population.members for published in (entry, earlier) for population in published.populations
    ]
    shown = [group for group in groups if group.size == k]
    for a in entry.populations:
        for b in earlier.populations:
            yield from _pair(a, b, k, shown)
    for a in entry.populations:
        yield from _union(a, _parts(earlier), k, shown)
    for b in earlier.populations:
        yield from _union(b, _parts(entry), k, shown)


def _pair(a: Population, b: Population, k: int, shown: Sequence[Members]) -> Iterator[Conflict]:
    common = a.members.overlap(b.members)
    only_a, only_b = a.members.size - common, b.members.size - common
    if only_a == only_b == 0:
        if a.digest != b.digest:
            yield Conflict("changed", a.label, b.label, 0)
        return
    apart = common < k and only_a > 0 and only_b > 0
    people = 0 if apart else _few(a.members, [b.members], k, shown)
    if people:
        inside = only_a == 0 and b.role == "whole"
        yield Conflict("complement" if inside else "difference", a.label, b.label, people)
    elif _alike(a, b, only_a, only_b):
        yield Conflict("unanimous", a.label, b.label, max(only_a, only_b))


def _alike(a: Population, b: Population, only_a: int, only_b: int) -> bool:
    """Whether those by whom one exceeds the other are nearly all of one opinion."""
    if (only_a and only_b) or a.share is None or b.share is None:
        return False
    hits, n = abs(a.share[0] - b.share[0]), abs(a.share[1] - b.share[1])
    return min(hits, n - hits) < CATEGORY


def _union(
    a: Population, parts: Sequence[Population], k: int, shown: Sequence[Members]
) -> Iterator[Conflict]:
    """`a` against the union of those parts that lie more inside it than outside.

    No other union comes nearer: a part changes the difference by what it has outside `a` less what
    it has inside.
    """
    near = [
        part.members for part in parts if 2 * part.members.overlap(a.members) > part.members.size
    ]
    people = _few(a.members, near, k, shown) if len(near) > 1 else 0
    if people:
        yield Conflict("siblings", a.label, f"{len(near)} parts", people)


def _few(members: Members, others: Sequence[Members], k: int, shown: Sequence[Members]) -> int:
    """How many people subtracting the disjoint `others` would lay bare, 0 for none or enough.

    k are too few: to one of them who takes herself out it is one less. Unless they are a group of
    k that is shown anyway.
    """
    common = sum(other.overlap(members) for other in others)
    only_one, only_others = members.size - common, sum(other.size for other in others) - common
    counts = [count for count in (only_one, only_others) if 0 < count <= k]
    if counts == [k] and any(_same(group, members, others, only_one == k) for group in shown):
        return 0
    return counts[0] if counts else 0


def _same(group: Members, members: Members, others: Sequence[Members], inside: bool) -> bool:
    """Whether the group of k is what `one` has and the others have not, or the other way round."""
    common = sum(other.overlap(group) for other in others)
    both = (group.overlap(members), common)
    return both == ((group.size, 0) if inside else (0, group.size))


def _parts(entry: Entry) -> tuple[Population, ...]:
    return tuple(population for population in entry.populations if population.role == "part")
