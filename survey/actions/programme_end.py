"""The end of a programme: its rows, then its keys, then the proof.

Every step can be broken off and is done again by the same command: what is gone already stays gone.
First comes a mark beside the keys, because from then on the end cannot be undone: whoever restores
an older backup restores it as ended.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from survey.actions import audit, backups, erasure
from survey.actions.backups import Backup
from survey.engine import copies
from survey.engine.database import Transaction
from survey.errors import DatabaseError, WaveNotReady
from survey.home import ENDED, Home, Services
from survey.linkage import keys, openings
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.staff.store import audit as entries
from survey.store import programme_end, programmes, snapshots, waves

MINUTE = 60


class Mark(Struct, frozen=True, kw_only=True):
    """That the programme is at its end; `evaluator_here` if its holder's keys were on this machine.

    Cannot be asked again later: keys that were destroyed and keys that are elsewhere look alike.
    """

    ended_on: date
    evaluator_here: bool


class EndStatus(Struct, frozen=True, kw_only=True):
    """State of a programme before and after its end: waves, reports, mark, backups."""

    programme: Programme
    waves: tuple[Wave, ...]
    reported: frozenset[str]
    mark: Mark | None
    backups: tuple[Backup, ...]

    @property
    def unreported(self) -> tuple[Wave, ...]:
        """Closed waves without a report: after the end there will never be one."""
        closed = (wave for wave in self.waves if wave.state == "closed")
        return tuple(wave for wave in closed if wave.wave_id not in self.reported)


class Proof(Struct, frozen=True, kw_only=True):
    """Where the chain of the audit stood when the end was over."""

    number: int
    digest: str


def standing(home: Home, programme_id: str) -> EndStatus:
    """Read how far a programme is from its end, or past it.

    Raises:
        NotFound: no such programme
    """
    with home.database.read() as tx:
        return EndStatus(
            programme=programmes.find(tx, programme_id),
            waves=tuple(wave for wave in waves.list_all(tx) if wave.programme_id == programme_id),
            reported=frozenset(day.wave_id for day in snapshots.days(tx)),
            mark=marked(home.server_keys / programme_id),
            backups=tuple(backups.known(home.server_keys, programme_id)),
        )


def refuse_open(status: EndStatus) -> None:
    """Raise WaveNotReady while people can still answer: they were told until when."""
    for wave in status.waves:
        if wave.state == "open":
            raise WaveNotReady(
                wave=wave.wave_id,
                state=wave.state,
                cure=f"survey wave close {wave.wave_id}, then write its report",
            )


def begin(home: Home, programme_id: str, *, on: date) -> Mark:
    """Write the mark; gives the one that is there when the end was begun before."""
    directory = home.server_keys / programme_id
    before = marked(directory)
    if before is not None:
        return before
    evaluator = home.evaluator_keys / programme_id
    mark = Mark(
        ended_on=on, evaluator_here=any((evaluator / name).exists() for name in keys.EVALUATOR)
    )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = directory / f"{ENDED}.part"
    part.write_bytes(msgspec.json.encode(mark))
    copies.sync(part)
    part.replace(directory / ENDED)
    copies.sync(directory)
    return mark


def marked(directory: Path) -> Mark | None:
    """The mark beside a programme's keys, None while it runs."""
    path = directory / ENDED
    return msgspec.json.decode(path.read_bytes(), type=Mark) if path.exists() else None


def empty(home: Home, programme_id: str, mark: Mark, *, actor: str, at: datetime) -> None:
    """Delete the programme's rows in one transaction, and what the file still tells of them."""
    with home.database.write() as tx:
        if purge(tx, programme_id, mark):
            gone = sorted(programme_end.TABLES)
            audit.note(tx, actor, "programme-ended", programme_id, at=at, deleted=gone)
    home.database.rewrite()


def purge(tx: Transaction, programme_id: str, mark: Mark) -> bool:
    """Delete the programme's rows; False when it was marked as ended in the tables before."""
    programme_end.purge(tx, programme_id)
    return programme_end.end(tx, programme_id, mark.ended_on)


def destroy_keys(
    home: Home, programme_id: str, mark: Mark, *, actor: str, at: datetime
) -> list[str]:
    """Overwrite and remove every key that is still on this machine; gives their names."""
    evaluator, server = home.evaluator_keys / programme_id, home.server_keys / programme_id
    gone = _destroy(evaluator, keys.EVALUATOR) + _destroy(server, keys.SERVER)
    # What the evaluator remembers is of use to nobody without its keys.
    (evaluator / openings.FILE).unlink(missing_ok=True)
    # Its handles find nothing any more.
    (server / erasure.LOG).unlink(missing_ok=True)
    if gone:
        with home.database.write() as tx:
            where = "here" if mark.evaluator_here else "elsewhere"
            audit.note(tx, actor, "keys-destroyed", programme_id, at=at, evaluator=where)
    if evaluator.is_dir() and not any(evaluator.iterdir()):
        evaluator.rmdir()
    return gone


def proof(home: Home) -> Proof:
    """What the protocol prints, so that no entry before it can be changed unseen."""
    with home.database.write() as tx:
        tail = entries.tail(tx)
    return Proof(number=tail.number, digest=tail.hash.hex())


def note_protocol(
    home: Home, programme_id: str, digests: Mapping[str, str], *, actor: str, at: datetime
) -> None:
    """Write down that the protocol was written, with the sha256 of each file."""
    with home.database.write() as tx:
        audit.note(tx, actor, "end-protocol", programme_id, at=at, **digests)


def drop_ended_keys(services: Services) -> None:
    """Forget keys of programmes that were ended while this process was running.

    The evaluator's first: without them no page reaches the server's, which go a turn later, when
    nobody who came before is still being served.
    """
    with services.database.read() as tx:
        ended = programme_end.ended(tx)
    for programme_id in ended:
        if not services.evaluator.forget(programme_id):
            services.keys.pop(programme_id, None)


async def drop_keys_when_ended(services: Services) -> None:
    """Let go every minute, as long as the process runs."""
    while True:
        await asyncio.sleep(MINUTE)
        # Locked or not reachable just now: pages say so, and a minute later it is tried again.
        with suppress(DatabaseError):
            await asyncio.to_thread(drop_ended_keys, services)


def _destroy(directory: Path, purposes: Mapping[str, str]) -> list[str]:
    there = [name for name in purposes if (directory / name).exists()]
    for name in there:
        keys.destroy(directory / name)
    return there
