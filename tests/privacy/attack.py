"""The attack: who has all of a jobcenter's data and copies of a server's disk looks for answers.

It knows nothing of how the disk was made and tries everything on every table: digests of all it can
compute, attributes that stand in clear, the order of rows, what came and went between two copies,
what changes when a code is deleted, lengths. What it links it tries to open with every key it holds
and every key it can make of them; what it cannot open it guesses, as well as a reader of the
published report could, or better where something it sees goes with the answer.
"""

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from msgspec import Struct

from survey.form import encode
from survey.linkage import codes, primitives
from survey.linkage.drafts import Session
from survey.linkage.handles import handle
from tests.privacy.disks import Copy, Row
from tests.world.jobcenter import Invited

DOMAINS = (
    "recipient.main",
    "recipient.benefits",
    "recipient.plan",
    "recipient.help",
    "recipient.health",
    "recipient.circumstances",
)
BOXES = ("g2", "g3")
SHOWN = ("benefits", "plan", "help", "health")
NOTHING = "-"
FOUND = (
    *(f"answers {domain}" for domain in DOMAINS),
    *(f"text {box}" for box in BOXES),
    *(f"release {block}" for block in SHOWN),
)


class Loot(Struct, frozen=True, kw_only=True):
    """What the attacker holds.

    Args:
        people: everybody invited, with name, case number, pseudonym, copied code, unit and cell
        copies: of the disk, oldest first
        keys: raw keys by the name of their file
        seen: for each copy, who has answered by then, in order, as seen in the waiting room
        erased: code of a person -> copies before and after its deletion, tried on people who agreed
        told: answers of the attacker's own people, by place in `people`
        published: how often each answer was given, from the report
        question: whose answer is wanted
    """

    people: Sequence[Invited]
    copies: Sequence[Copy]
    keys: Mapping[str, bytes]
    seen: Sequence[Sequence[int]]
    erased: Mapping[int, tuple[Copy, Copy]]
    told: Mapping[int, str]
    published: Mapping[str, int]
    wave: str = "w1"
    question: str = "w1"


class Claims(Struct, frozen=True, kw_only=True):
    """What one way gives: rows said to be a person's, by her place in `people`."""

    way: str
    rows: Mapping[int, list[Row]]


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of it, over the targets."""

    way: str
    claimed: int
    read: Mapping[int, str]
    guessed: Mapping[int, str]


def run(loot: Loot, targets: Sequence[int]) -> tuple[list[Claims], list[Outcome]]:
    """Try every way on every target; on everybody if none is named."""
    whom = sorted({*targets, *loot.told}) if targets else range(len(loot.people))
    last = [row for rows in loot.copies[-1].rows.values() for row in rows]
    ways = [
        Claims(way="digests", rows=_by_digest(loot, last, whom)),
        Claims(way="attributes", rows=_by_attributes(loot, last)),
        *_by_order(loot, last),
        Claims(way="commit traces", rows=_by_traces(loot)),
        Claims(way="delete and compare", rows=_by_deletion(loot)),
        Claims(way="no link, all rows", rows={}),
    ]
    reader = Reader(loot)
    everything = _opened(reader, last)
    return ways, [outcome(loot, reader, claims, targets, everything) for claims in ways]


def outcome(
    loot: Loot, reader: "Reader", claims: Claims, targets: Sequence[int], everything: list[str]
) -> Outcome:
    """What rows said to be a person's give away."""
    read, seen = {}, {}
    for person in {*targets, *loot.told}:
        rows = claims.rows.get(person, [])
        seen[person] = _look(rows)
        found = [said for row in rows if (said := reader.read(row, person)) is not None]
        if found:
            read[person] = Counter(found).most_common(1)[0][0]
    goes_with = _learned(loot, seen)
    usual = _usual(loot, everything)
    guessed = {
        person: read.get(person) or goes_with.get(seen[person]) or usual for person in targets
    }
    return Outcome(
        way=claims.way,
        claimed=sum(bool(claims.rows.get(person)) for person in targets),
        read={person: said for person, said in read.items() if person in targets},
        guessed=guessed,
    )


def _usual(loot: Loot, everything: list[str]) -> str:
    """What most people said: from the rows if they open, else from the published report."""
    return Counter(everything or loot.published).most_common(1)[0][0]


def _look(rows: Sequence[Row]) -> tuple[object, ...]:
    """All that can be seen of rows without opening them: lengths and small numbers."""
    return tuple(
        sorted(
            (row.table, name, len(value) if isinstance(value, bytes | str) else value)
            for row in rows
            for name, value in row.values.items()
            if isinstance(value, bytes | str) or (name != "rowid" and isinstance(value, int))
        )
    )


def _learned(loot: Loot, seen: Mapping[int, tuple[object, ...]]) -> dict[object, str]:
    """What the attacker's own people said, by how their rows look."""
    by_look: dict[object, Counter[str]] = defaultdict(Counter)
    for person, said in loot.told.items():
        if seen[person]:
            by_look[seen[person]][said] += 1
    # One look for all tells nothing that the report does not say better.
    if len(by_look) < 2:
        return {}
    return {look: said.most_common(1)[0][0] for look, said in by_look.items()}


# Ways to a row.


def tokens(loot: Loot, one: Invited) -> Iterator[bytes | str]:
    """Everything the attacker can compute about one person that might stand in a row."""
    person = one.person
    plain = [one.code, one.code.replace("-", ""), person.case_number, person.client_number]
    plain += [person.family_name, person.household, one.pseudonym.hex()]
    raw = [one.pseudonym, codes.digest(one.code), *(text.encode() for text in plain)]
    yield from plain
    yield from raw
    for thing in raw:
        for name in ("sha256", "sha1", "md5"):
            digest = hashlib.new(name, thing)
            yield digest.digest()
            yield digest.hexdigest()
    for key in loot.keys.values():
        for thing in raw:
            made = hmac.digest(key, thing, "sha256")
            yield made
            yield made.hex()
        yield from _as_ours(loot, one, key)


def _as_ours(loot: Loot, one: Invited, key: bytes) -> Iterator[bytes]:
    """What our own code would compute if this key were the one it uses."""
    digest = codes.digest(one.code)
    yield primitives.keyed(key, digest)
    yield primitives.keyed(key, one.pseudonym)
    for domain in DOMAINS:
        yield primitives.keyed(key, "mark", domain, loot.wave, one.pseudonym)
    session = _session(one, key)
    yield session.draft_key
    for handle_key in loot.keys.values():
        for finds in FOUND:
            yield handle(handle_key, session, finds)


def _session(one: Invited, key: bytes) -> Session:
    secret = primitives.keyed(key, codes.digest(one.code), "session")
    return Session(programme_id="", secret=secret, device=bytes(16))


def _by_digest(loot: Loot, rows: Sequence[Row], whom: Iterable[int]) -> dict[int, list[Row]]:
    index: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        for value in row.values.values():
            if isinstance(value, bytes | str) and value:
                index[value].append(row)
    claims: dict[int, list[Row]] = {}
    for place in whom:
        made = set(tokens(loot, loot.people[place]))
        found = [row for token in made for row in index.get(token, ())]
        if found:
            claims[place] = found
    return claims


def _by_attributes(loot: Loot, rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Rows that name as much of a person as any row does, if it is not many people's."""
    index: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        words = frozenset(v for v in row.values.values() if isinstance(v, str) and v)
        index[words].append(row)
    claims: dict[int, list[Row]] = {}
    for place, one in enumerate(loot.people):
        person = one.person
        own = {one.unit_id, one.cell, person.language, person.kind, person.manager}
        own |= {person.born.isoformat(), person.started.isoformat()}
        best = max(index, key=lambda words: (len(words & own), -len(words)), default=frozenset())
        if best & own and len(index[best]) <= 3:
            claims[place] = index[best]
    return claims


def _by_order(loot: Loot, rows: Sequence[Row]) -> Iterator[Claims]:
    """The k-th to answer wrote the k-th row, as far as a table tells an order."""
    answered = loot.seen[-1]
    by_table: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    for table, own in by_table.items():
        per_person = len(own) // len(answered) if answered else 0
        if per_person == 0 or len(own) != per_person * len(answered):
            continue
        places = loot.copies[-1].places({row.key for row in own if isinstance(row.key, bytes)})
        ordered = sorted(own, key=lambda row: _when(row, places))
        claims = {
            person: ordered[per_person * rank : per_person * (rank + 1)]
            for rank, person in enumerate(answered)
        }
        yield Claims(way=f"order of {table}", rows=claims)


def _when(row: Row, places: Mapping[bytes, int]) -> tuple[str, int]:
    times = [str(v) for name, v in row.values.items() if name.endswith("_at")]
    number = row.values.get("rowid") or places.get(row.key, 0)  # type: ignore[call-overload]
    return (times[0] if times else "", int(number))


def _by_traces(loot: Loot) -> dict[int, list[Row]]:
    """Who alone was seen between two copies wrote what is new in the second."""
    claims: dict[int, list[Row]] = {}
    pairs = list(zip(loot.copies, loot.seen, strict=True))
    for (before, had), (after, have) in pairwise(pairs):
        came = [person for person in have if person not in set(had)]
        if len(came) == 1:
            known = {row.key for rows in before.rows.values() for row in rows}
            new = [r for rows in after.rows.values() for r in rows if r.key not in known]
            claims[came[0]] = new
    return claims


def _by_deletion(loot: Loot) -> dict[int, list[Row]]:
    """What a code deletes is what it wrote; the older copy still has it."""
    claims: dict[int, list[Row]] = {}
    for person, (before, after) in loot.erased.items():
        left = {row.key: row.values for rows in after.rows.values() for row in rows}
        claims[person] = [
            row for rows in before.rows.values() for row in rows if left.get(row.key) != row.values
        ]
    return claims


# Ways into a row.


class Reader:
    """Opens what the attacker's keys open; remembers what it has tried."""

    def __init__(self, loot: Loot) -> None:
        self._loot = loot
        self._locks = [ChaCha20Poly1305(key) for key in loot.keys.values()]
        self._tried: dict[tuple[object, ...], str | None] = {}

    def read(self, row: Row, person: int | None) -> str | None:
        """The wanted answer, if the row gives it away."""
        # A key of the person's own is only worth trying on what is found by it.
        own = person if row.table == "draft" else None
        at = (row.table, row.key, own)
        if at not in self._tried:
            self._tried[at] = self._read(row, own)
        return self._tried[at]

    def _read(self, row: Row, person: int | None) -> str | None:
        for plain in self.plains(row, person):
            said = answer(plain, self._loot.question)
            if said in self._loot.published:
                return said
        return None

    def plains(self, row: Row, person: int | None = None) -> Iterator[bytes]:
        """Every value of a row, as it is and as any key opens it."""
        for value in row.values.values():
            if isinstance(value, str | bytes) and len(value) > 3:
                raw = value.encode() if isinstance(value, str) else value
                yield raw
                yield from self._unsealed(raw, row, person)

    def _unsealed(self, raw: bytes, row: Row, person: int | None) -> Iterator[bytes]:
        if len(raw) <= primitives.OVERHEAD:
            return
        for plain in _opening([*self._locks, *self._own(person)], raw, self._bounds(row)):
            yield plain
            yield primitives.unpadded(plain)
            # Behind Q, unit and cell in an answer, behind the pseudonym in a release.
            for inner in (plain, plain[32 + 160 :], plain[16:]):
                bound = [("inner", self._loot.wave)]
                for opened in _opening(self._locks, inner, bound):
                    yield primitives.unpadded(opened)

    def _own(self, person: int | None) -> list[ChaCha20Poly1305]:
        if person is None:
            return []
        one = self._loot.people[person]
        held = list(self._loot.keys.values())
        secrets = [_session(one, key).secret for key in held]
        drafts = [primitives.keyed(secret, "draft body") for secret in secrets]
        drafts += [primitives.keyed(k, "draft body", secret) for k in held for secret in secrets]
        plain = [codes.digest(one.code), hashlib.sha256(one.pseudonym).digest()]
        return [ChaCha20Poly1305(key) for key in (*drafts, *plain)]

    def _bounds(self, row: Row) -> list[tuple[bytes | str, ...]]:
        mark = row.key if isinstance(row.key, bytes) else b""
        wave = self._loot.wave
        return [
            (),
            ("answer-2", wave, mark),
            ("inner", wave),
            ("text", wave),
            ("draft", wave),
            ("ticket", wave),
            *(("release", wave, block) for block in SHOWN),
        ]


def _opening(
    locks: Sequence[ChaCha20Poly1305], raw: bytes, bounds: Sequence[tuple[bytes | str, ...]]
) -> Iterator[bytes]:
    nonce, rest = raw[: primitives.NONCE], raw[primitives.NONCE :]
    framed = [primitives.framed(*bound) for bound in bounds]
    for lock in locks:
        for bound in framed:
            try:
                yield lock.decrypt(nonce, rest, bound)
            except (InvalidTag, ValueError):
                continue


def _opened(reader: Reader, rows: Sequence[Row]) -> list[str]:
    return [said for row in rows if (said := reader.read(row, None)) is not None]


def answer(plain: bytes, question: str) -> str | None:
    """The answer to a question in bytes that may be JSON, msgpack, or our own encoding."""
    for decode in (json.loads, msgspec.msgpack.decode):
        try:
            found = _dug(decode(plain), question)
        except (ValueError, RecursionError, msgspec.DecodeError):
            continue
        if found is not None:
            return found
    return None


def _dug(thing: Any, question: str) -> str | None:
    if isinstance(thing, dict):
        if question in thing:
            return shown(thing[question])
        return next((s for v in thing.values() if (s := _dug(v, question)) is not None), None)
    if isinstance(thing, list):
        return next((s for v in thing if (s := _dug(v, question)) is not None), None)
    if isinstance(thing, bytes) and thing:
        try:
            return _dug(msgspec.msgpack.decode(thing), question)
        except (ValueError, msgspec.DecodeError):
            return None
    return None


def shown(said: Any) -> str:
    """An answer as one comparable word; a draft notes the device, and more, behind it."""
    if isinstance(said, list) and len(said) > 1 and isinstance(said[1], bytes):
        said = said[0]
    return json.dumps(said, default=list)


def truth(one: Invited, question: str) -> str:
    """What somebody really said."""
    answer = one.plan.answers.get(question)
    if answer is None:
        return NOTHING
    return shown(msgspec.msgpack.decode(encode.encode({question: answer}))[question])


def chosen(count: int, of: Sequence[int], *, seed: int) -> list[int]:
    """Some of these, at random."""
    return Random(seed).sample(list(of), min(count, len(of)))
