"""Whether adding and subtracting any number of published tables tells something about a few people.

People who are in the same published populations are an atom: readers cannot tell them apart. A
combination of tables whose members cancel out except for k people or fewer is a leak, however many
tables it takes: one of k who takes herself out is left with fewer. Only a group of k that is shown
as such is none.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from survey.statistics.disclosure.populations import Members

# So many atoms at a time may be left over by a combination, and so many choices are looked at.
TOGETHER, TRIED = 3, 20_000
SLACK = 1e-8


def few(populations: Sequence[Members], k: int) -> int:
    """The size of the smallest group that any combination of tables isolates; 0 when more than k.

    References:
        a vector lies in the row space of the populations over the atoms if it is orthogonal to
        their null space; one with support in T exists if the null space's rows of T are dependent
    """
    tables, sizes = _atoms(populations)
    small = np.flatnonzero(sizes <= k)
    if small.size == 0:
        return 0
    null = linalg.null_space(tables.astype(float))
    for chosen in _choices(small, sizes, k):
        rows = null[list(chosen)]
        if sizes[list(chosen)].sum() == k and _shown(tables, chosen):
            continue
        if np.linalg.matrix_rank(rows, tol=SLACK) < len(chosen):
            return int(sizes[list(chosen)].sum())
    return 0


def _choices(
    small: NDArray[np.int64], sizes: NDArray[np.int64], k: int
) -> Iterator[tuple[int, ...]]:
    """Atoms that are at most k people together, single ones first."""
    tried = 0
    for count in range(1, TOGETHER + 1):
        for chosen in combinations(small.tolist(), count):
            tried += 1
            if tried > TRIED:
                return
            if sizes[list(chosen)].sum() <= k:
                yield chosen


def _shown(tables: NDArray[np.bool_], chosen: tuple[int, ...]) -> bool:
    """Whether these atoms are one of the populations."""
    just = np.zeros(tables.shape[1], dtype=bool)
    just[list(chosen)] = True
    return bool((tables == just).all(axis=1).any())


def _atoms(populations: Sequence[Members]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which atoms each population holds (populations x atoms), and how many people each atom is."""
    start = min(members.start for members in populations)
    end = max(members.start + len(members.bits) for members in populations)
    signature = np.zeros(8 * (end - start), dtype=np.uint64)
    # Two atoms with the same sum of 64-bit numbers: never in the life of a registry.
    names = np.random.default_rng(1).integers(1, 2**63, len(populations), dtype=np.uint64)
    flags = [
        np.unpackbits(np.frombuffer(population.bits, np.uint8), bitorder="little")
        for population in populations
    ]
    for group, name, bits in zip(populations, names, flags, strict=True):
        first = 8 * (group.start - start)
        signature[first : first + bits.size] += bits * name
    kinds, where, sizes = np.unique(signature, return_index=True, return_counts=True)
    inside = kinds != 0
    tables = np.zeros((len(populations), int(inside.sum())), dtype=bool)
    for i, (group, bits) in enumerate(zip(populations, flags, strict=True)):
        at = where[inside] - 8 * (group.start - start)
        held = (at >= 0) & (at < bits.size)
        tables[i, held] = bits[at[held]] == 1
    return tables, sizes[inside]
