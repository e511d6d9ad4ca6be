"""The evaluator's memory of opened waves, so that opening one again shows nothing new.

Threat: whoever runs the live server asks twice, the second time without one row, and finds in the
difference what one person said. So exactly the rows that were noted at the close are opened, none
where a domain has fewer than a figure needs, and a row that was deleted since takes so many others
along that two runs never differ by less than a figure needs. That memory lies beside the
evaluator's keys: on the server's disk it could be forgotten.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from survey.model.floors import K

# The file beside the keys of a programme; it goes with them.
FILE = "openings.log"


class Memory(Struct, kw_only=True):
    """One wave.

    Args:
        noted: digest of what was noted at its close
        withheld: by domain that was opened: marks that are opened no more, or never were
    """

    noted: bytes
    withheld: dict[str, list[bytes]] = {}


class Openings:
    """The memory of all programmes, in the folder that holds a folder of keys for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def change(self, programme_id: str) -> Iterator[dict[str, Memory]]:
        """The memory by wave, for one at a time; on disk when the block is left without an error.

        Whoever opens rows does so inside: what is not remembered must not be told.
        """
        folder = self._folder / programme_id
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            file = folder / FILE
            old = file.read_bytes() if file.exists() else b""
            memory = msgspec.msgpack.decode(old, type=dict[str, Memory]) if old else {}
            yield memory
            new = msgspec.msgpack.encode(memory, order="deterministic")
            if new != old:
                _write(file, new)
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def note(memory: dict[str, Memory], wave_id: str, digest: bytes) -> None:
    """Remember what a wave held at its close.

    A wave that was restored and goes on may be closed again, but what it was opened with stays.
    """
    known = memory.get(wave_id)
    if known is None or not known.withheld:
        memory[wave_id] = Memory(noted=digest)


def openable(wave: Memory, domain: str, rows: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """The rows of a domain that may be opened now, and remember those that may not.

    Args:
        rows: bodies by mark, all that were noted; deleted ones are empty
    """
    deleted = {mark for mark, body in rows.items() if not body}
    withheld = set(wave.withheld.get(domain, ()))
    if domain not in wave.withheld:
        withheld = deleted
    elif new := deleted - withheld:
        others = sorted(rows.keys() - withheld - new)
        along = min(max(0, K - len(new)), len(others))
        withheld |= new | set(secrets.SystemRandom().sample(others, along))
    left = {mark: body for mark, body in rows.items() if mark not in withheld}
    if len(left) < K:
        withheld, left = set(rows), {}
    wave.withheld[domain] = sorted(withheld)
    return left


def _write(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
    # Its time would be the moment of the last report, or of a close.
    os.utime(file, (0, 0))
