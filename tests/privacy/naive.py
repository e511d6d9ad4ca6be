"""Survey stores as many are built, each with one way open that ours closes, and one with all.

The attack has to succeed here, else its failure elsewhere would mean nothing.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from survey.linkage import codes, primitives
from survey.model.answers import Chosen, Declined, NotApplicable, Written
from tests.privacy.attack import Loot, truth
from tests.privacy.disks import Copy, take
from tests.privacy.season import Season
from tests.world.jobcenter import Invited

BEGIN = datetime(2026, 11, 2, 8)  # noqa: DTZ001
# What a plain store writes down is the text that was shown.
LABELS = {"1": "no", "2": "not really, no", "3": "so and so, partly", "4": "rather yes", "5": "yes"}


def everything_open(season: Season, folder: Path) -> Loot:
    """Code digest, unit, time, rowid, one key."""
    store = Store(folder, "code TEXT, unit TEXT, written_at TEXT, body BLOB")
    for rank, one in _answering(season):
        digest = hashlib.sha256(one.code.encode()).hexdigest()
        store.add(digest, one.unit_id, _at(rank), store.sealed(one))
    return store.loot(season)


def code_digest(season: Season, folder: Path) -> Loot:
    """The sha256 of the code is all that leads back; rows in random order, no time."""
    store = Store(folder, "code BLOB PRIMARY KEY, body BLOB", without_rowid=True)
    for _, one in _answering(season):
        store.add(codes.digest(one.code), store.sealed(one))
    return store.loot(season)


def order_of_rows(season: Season, folder: Path) -> Loot:
    """Nothing but bodies; the rowid counts."""
    store = Store(folder, "body BLOB")
    for _, one in _answering(season):
        store.add(store.sealed(one))
    return store.loot(season)


def attributes(season: Season, folder: Path) -> Loot:
    """Day of birth, language and unit beside the answer, under random ids."""
    store = Store(
        folder,
        "id BLOB PRIMARY KEY, born TEXT, language TEXT, unit TEXT, body BLOB",
        without_rowid=True,
    )
    for rank, one in _answering(season):
        person = one.person
        key = primitives.keyed(b"random", str(rank))
        store.add(key, person.born.isoformat(), person.language, one.unit_id, store.sealed(one))
    return store.loot(season)


def commit_traces(season: Season, folder: Path) -> Loot:
    """Random ids, but whoever has two copies sees what came in between, and holds the key."""
    store = Store(folder, "id BLOB PRIMARY KEY, body BLOB", without_rowid=True)
    order = season.order[:60]
    copies, seen = [store.copy()], [[]]
    for rank, place in enumerate(order):
        key = primitives.keyed(b"random", str(rank))
        store.add(key, store.sealed(season.people[place]))
        copies.append(store.copy())
        seen.append(order[: rank + 1])
    return store.loot(season, copies=copies, seen=seen)


def deletion(season: Season, folder: Path) -> Loot:
    """The row goes when the code is deleted; the copy of the day before still opens."""
    store = Store(folder, "id BLOB PRIMARY KEY, body BLOB", without_rowid=True)
    ids = {}
    for rank, one in _answering(season):
        ids[season.order[rank]] = primitives.keyed(b"random", str(rank))
        store.add(ids[season.order[rank]], store.sealed(one))
    erased = {}
    for place in season.order[:20]:
        before = store.copy()
        store.run("DELETE FROM answer WHERE id = ?", ids[place])
        erased[place] = (before, store.copy())
    return store.loot(season, erased=erased)


def lengths(season: Season, folder: Path) -> Loot:
    """Sealed under a key the attacker has not, one row for the question, not padded."""
    store = Store(folder, "body BLOB")
    for _, one in _answering(season):
        said = _words(one, season_question())
        store.add(primitives.seal(bytes(31) + b"x", json.dumps(said).encode()))
    return store.loot(season)


def published(season: Season) -> Counter[str]:
    """What the report says."""
    return Counter(truth(season.people[place], season_question()) for place in season.order)


def season_question() -> str:
    """Whose answer is wanted."""
    return "w1"


class Store:
    """One table in one file."""

    def __init__(self, folder: Path, columns: str, *, without_rowid: bool = False) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.key = primitives.fresh_key()
        self._copies = 0
        self._connection = sqlite3.connect(folder / "survey.db", isolation_level=None)
        self._connection.execute("PRAGMA synchronous = OFF")
        end = " WITHOUT ROWID" if without_rowid else ""
        self._connection.execute(f"CREATE TABLE answer ({columns}){end}")

    def add(self, *values: object) -> None:
        marks = ", ".join("?" * len(values))
        self.run(f"INSERT INTO answer VALUES ({marks})", *values)

    def run(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, values)

    def sealed(self, one: Invited) -> bytes:
        """All answers under the one key, as long as they are."""
        said = {name: json.loads(truth(one, name)) for name in one.plan.answers}
        return primitives.seal(self.key, json.dumps(said).encode())

    def copy(self) -> Copy:
        self._copies += 1
        return take(self.folder, self.folder.parent / f"{self.folder.name}-{self._copies}")

    def loot(
        self,
        season: Season,
        *,
        copies: Sequence[Copy] = (),
        seen: Sequence[Sequence[int]] = (),
        erased: dict[int, tuple[Copy, Copy]] | None = None,
    ) -> Loot:
        found = list(copies) or [self.copy()]
        return Loot(
            people=season.people,
            copies=found,
            keys={"server answer": self.key},
            seen=list(seen) or [season.order],
            erased=erased or {},
            told={},
            published=published(season),
        )


def _answering(season: Season) -> list[tuple[int, Invited]]:
    return [(rank, season.people[place]) for rank, place in enumerate(season.order)]


def _at(rank: int) -> str:
    return (BEGIN + timedelta(minutes=17 * rank)).isoformat()


def _words(one: Invited, question: str) -> str:
    match one.plan.answers.get(question):
        case Chosen(codes=(code,)):
            return LABELS[code]
        case Declined():
            return "I do not want to say"
        case NotApplicable():
            return "does not apply to me"
        case Written() | None:
            return ""
        case said:
            raise AssertionError(said)
