"""The columns of a request as arrays, and the sets of people behind the rows of a table."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.statistics.disclosure import populations
from survey.statistics.disclosure.registry import Entry, Population, Role
from survey.statistics.disclosure.request import Breakdown, Positions

# The label of members without a group.
NONE = ""


class Groups(Struct, frozen=True):
    """Labels of the groups that can be shown, and each member's position among them."""

    labels: tuple[str, ...]
    of: NDArray[np.int64]


def codes(values: Positions, size: int, rows: int) -> NDArray[np.int64]:
    """Positions below `size`, one per member; below 0 there is no answer.

    Raises:
        ValueError: another number of rows than members, a position without a code
    """
    array = np.asarray(values, dtype=np.int64)
    if array.shape != (rows,):
        raise ValueError(f"{array.shape} answers of {rows} members")
    if array.size and int(array.max()) >= size:
        raise ValueError(f"position {int(array.max())} of {size}")
    return array


def groups(breakdown: Breakdown | None, valid: NDArray[np.bool_]) -> Groups:
    """The groups of the members; those without one are a group of their own, if there are any."""
    if breakdown is None:
        return Groups((), np.full(valid.shape, -1))
    of = codes(breakdown.of, len(breakdown.groups), valid.size)
    if not (valid & (of < 0)).any():
        return Groups(breakdown.groups, of)
    return Groups((*breakdown.groups, NONE), np.where(of < 0, len(breakdown.groups), of))


def withheld(breakdown: Breakdown | None) -> frozenset[int]:
    """Positions of the groups that are hidden in any case."""
    return frozenset() if breakdown is None else breakdown.withheld


def invited(breakdown: Breakdown | None, groups: int) -> tuple[int, ...] | None:
    """How many were invited per group, if readers know that of all groups."""
    if breakdown is None or breakdown.invited is None:
        return None
    return breakdown.invited if len(breakdown.invited) == groups else None


def lines(grouped: Groups) -> tuple[NDArray[np.int64], ...]:
    """The members of each group, as positions in the columns."""
    if not grouped.labels:
        return ()
    # Short integers are sorted in one pass.
    order = np.argsort(grouped.of.astype(np.int16), kind="stable")
    sizes = np.bincount(grouped.of, minlength=len(grouped.labels))
    return tuple(np.split(order, np.cumsum(sizes)[:-1]))


class People(Struct, frozen=True):
    """Who answered: `positions` in the universe, the groups, and what any of them said.

    `share` gives the favourable and all answers of any of them whose share is shown.
    """

    positions: NDArray[np.int64]
    lines: tuple[NDArray[np.int64], ...]
    said: Callable[[NDArray[np.int64]], bytes]
    share: Callable[[NDArray[np.int64]], tuple[int, int] | None]


def entry(variable: str, labels: Sequence[str], shown: Sequence[int], people: People) -> Entry:
    """The table for the registry: its whole, the groups shown, and the rest that follows."""
    everybody = np.arange(people.positions.size)
    shares = [_population("whole", "whole", people, everybody)]
    shares += [_population(labels[g], "part", people, people.lines[g]) for g in shown]
    hidden = [line for g, line in enumerate(people.lines) if g not in shown]
    if shown and sum(line.size for line in hidden):
        shares.append(_population("rest", "rest", people, np.concatenate(hidden)))
    return Entry(variable, tuple(shares))


def _population(label: str, role: Role, people: People, mine: NDArray[np.int64]) -> Population:
    members = populations.members(people.positions[mine])
    return Population(label, role, members, digest(people.said(mine)), people.share(mine))


def digest(content: bytes) -> bytes:
    """A digest of 16 bytes: equal for equal content, and showing nothing else of it."""
    return blake2b(content, digest_size=16).digest()
