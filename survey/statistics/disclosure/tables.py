"""Published counts as one linear system: cells, and which of them add up to which.

Tables that share a cell (a total, the same breakdown twice) are linked by sharing its key; whoever
reads them can add and subtract across all of them, so they are judged together.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

Key: TypeAlias = Hashable

# The key of a margin, e.g. (unit, ALL) for all answers of a unit.
ALL = "*"


class Relation(Struct, frozen=True):
    """The cell `total` is the sum of the cells `parts`."""

    total: Key
    parts: tuple[Key, ...]


class Linked(Struct, frozen=True, kw_only=True):
    """Cells with their true counts, in a fixed order, and all relations between them."""

    cells: Mapping[Key, int]
    relations: tuple[Relation, ...]


def crosstab(
    counts: Sequence[Sequence[int]], rows: Sequence[Key], columns: Sequence[Key]
) -> Linked:
    """A table with its margins. Keys are (row, column), with ALL for a margin.

    Raises:
        ValueError: a ragged or negative table, a label twice
    """
    _refuse_nonsense(counts, rows, columns)
    cells: dict[Key, int] = {}
    for row, line in zip(rows, counts, strict=True):
        for column, count in zip(columns, line, strict=True):
            cells[row, column] = count
        cells[row, ALL] = sum(line)
    for j, column in enumerate(columns):
        cells[ALL, column] = sum(line[j] for line in counts)
    cells[ALL, ALL] = sum(map(sum, counts))
    across = [Relation((row, ALL), tuple((row, column) for column in columns)) for row in rows]
    down = [Relation((ALL, column), tuple((row, column) for row in rows)) for column in columns]
    edges = [
        Relation((ALL, ALL), tuple((row, ALL) for row in rows)),
        Relation((ALL, ALL), tuple((ALL, column) for column in columns)),
    ]
    return Linked(cells=cells, relations=(*across, *down, *edges))


def join(tables: Sequence[Linked]) -> Linked:
    """Several tables as one system; a key in two of them is one cell.

    Raises:
        ValueError: the tables disagree about a cell they share
    """
    cells: dict[Key, int] = {}
    for table in tables:
        for key, count in table.cells.items():
            if cells.setdefault(key, count) != count:
                raise ValueError(f"two counts for one cell {key!r}")
    relations = dict.fromkeys(relation for table in tables for relation in table.relations)
    return Linked(cells=cells, relations=tuple(relations))


def matrix(linked: Linked) -> sparse.csr_matrix:
    """One line per relation: +1 for each part, -1 for the total; times the counts it is zero."""
    position = {key: i for i, key in enumerate(linked.cells)}
    lines, columns, signs = [], [], []
    for line, relation in enumerate(linked.relations):
        for part in relation.parts:
            lines.append(line)
            columns.append(position[part])
            signs.append(1.0)
        lines.append(line)
        columns.append(position[relation.total])
        signs.append(-1.0)
    shape = (len(linked.relations), len(linked.cells))
    return sparse.csr_matrix((signs, (lines, columns)), shape=shape)


def counts(linked: Linked) -> NDArray[np.float64]:
    """The counts in the order of the cells."""
    return np.fromiter(linked.cells.values(), dtype=np.float64, count=len(linked.cells))


def _refuse_nonsense(
    counts: Sequence[Sequence[int]], rows: Sequence[Key], columns: Sequence[Key]
) -> None:
    if len(counts) != len(rows) or any(len(line) != len(columns) for line in counts):
        raise ValueError("a table of another shape than its labels")
    if len(set(rows)) != len(rows) or len(set(columns)) != len(columns):
        raise ValueError("a label twice")
    if ALL in rows or ALL in columns:
        raise ValueError("the label of the margin among the labels")
    if any(count < 0 for line in counts for count in line):
        raise ValueError("a negative count")
