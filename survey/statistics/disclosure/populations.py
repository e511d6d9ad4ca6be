"""The people behind a figure, as sets that can be compared but not read: bits over hashes."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray


class Members(Struct, frozen=True):
    """Positions in a universe: bit i of byte b, counted from byte `start`, is position 8 b + i."""

    start: int
    bits: bytes
    size: int

    def overlap(self, other: "Members") -> int:
        """How many positions are in both."""
        first = max(self.start, other.start)
        last = min(self.start + len(self.bits), other.start + len(other.bits))
        if first >= last:
            return 0
        a = int.from_bytes(self.bits[first - self.start : last - self.start], "little")
        b = int.from_bytes(other.bits[first - other.start : last - other.start], "little")
        return (a & b).bit_count()


class Universe(Struct, frozen=True):
    """All answers ever published about, in the order they came: eight bytes of hash for each."""

    hashes: bytes = b""

    def __len__(self) -> int:
        return len(self.hashes) // 8


def hashed(ids: Iterable[bytes]) -> NDArray[np.uint64]:
    """One hash per answer; `ids` must be the same for the same answer in every run.

    Raises:
        ValueError: an id twice (one answer would count as two people)
    """
    joined = b"".join(blake2b(person_id, digest_size=8).digest() for person_id in ids)
    hashes = np.frombuffer(joined, dtype="<u8")
    if np.unique(hashes).size != hashes.size:
        raise ValueError("an answer twice in one population")
    return hashes


def place(universe: Universe, hashes: NDArray[np.uint64]) -> tuple[Universe, NDArray[np.int64]]:
    """The universe with these answers in it, and the position of each of them."""
    known = np.frombuffer(universe.hashes, dtype="<u8")
    new = hashes[~np.isin(hashes, known)]
    # Sorted, so that the order of the rows of this run leaves no trace.
    everything = np.concatenate((known, np.sort(new)))
    order = np.argsort(everything, kind="stable")
    positions = order[np.searchsorted(everything, hashes, sorter=order)]
    return Universe(everything.astype("<u8").tobytes()), positions


def members(positions: NDArray[np.int64]) -> Members:
    """The set of these positions."""
    if positions.size == 0:
        return Members(0, b"", 0)
    start = int(positions.min()) // 8
    flags = np.zeros(int(positions.max()) + 1 - 8 * start, dtype=bool)
    flags[positions - 8 * start] = True
    return Members(start, np.packbits(flags, bitorder="little").tobytes(), int(flags.sum()))
