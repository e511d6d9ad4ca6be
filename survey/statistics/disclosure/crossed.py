"""Taking part by an attribute of the invited, beside the rates of units: all of it or nothing.

Both are margins of one table whose inside is hidden, of which readers know how many were invited.
What a margin more tells of hidden units, or of the few inside, is worked out over all of it.
"""

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Suppressed
from survey.statistics.disclosure import audit, columns, populations, rated, tables, threshold
from survey.statistics.disclosure.registry import Entry, Population
from survey.statistics.disclosure.request import Crossed, Row, Table
from survey.statistics.disclosure.tables import ALL, Key
from survey.statistics.disclosure.threshold import Rules

Counts = NDArray[np.int64]


def table(request: Crossed, rules: Rules) -> Table:
    """A rate for every column, or for none where one of them says too much.

    Raises:
        ValueError: counts of another shape, more responded than were invited
    """
    done, asked = _counts(request)
    name, whole = request.variable, int(asked.sum())
    columns_ = zip(done.sum(axis=0).tolist(), asked.sum(axis=0).tolist(), strict=True)
    rows = [
        rated.row(label, *pair, rules)
        for label, pair in zip(request.columns, columns_, strict=True)
    ]
    few = any(isinstance(row.share, Suppressed) for row in rows)
    if few or not _safe(request, done, asked, rules):
        silent = Row(label="", n=Suppressed(reason="secondary"))
        return Table(variable=name, breakdown=None, whole=silent)
    return Table(variable=name, breakdown=None, whole=Row(label="", n=whole), rows=tuple(rows))


def entry(request: Crossed) -> Entry:
    """The table for the registry: without people, since nobody knows who took part."""
    nobody = populations.Members(0, b"", 0)
    content = repr((request.columns, request.invited, request.responded)).encode()
    return Entry(request.variable, (Population("rate", "whole", nobody, columns.digest(content)),))


def _counts(request: Crossed) -> tuple[Counts, Counts]:
    done, asked = (
        np.asarray(counts, dtype=np.int64) for counts in (request.responded, request.invited)
    )
    fits = done.shape == asked.shape and done.ndim == 2 and done.shape[1] == len(request.columns)
    if not fits or (done > asked).any():
        raise ValueError(f"{request.variable}: {done.tolist()} responded of {asked.tolist()}")
    return done, asked


def _safe(request: Crossed, done: Counts, asked: Counts, rules: Rules) -> bool:
    """Whether hidden units, and few who did or did not respond inside, stay as unknown as k."""
    height, width = done.shape
    linked = tables.crosstab(done.tolist(), range(height), range(width))
    inner: list[tuple[int, int]] = [(g, c) for g in range(height) for c in range(width)]
    units: list[Key] = [(g, ALL) for g in range(height) if g not in request.shown]
    few = [
        cell
        for cell in inner
        if asked[cell] and threshold.rate(int(done[cell]), int(asked[cell]), rules.k) is not None
    ]
    most: dict[Key, int] = {cell: int(asked[cell]) for cell in inner}
    most |= {(g, ALL): int(asked[g].sum()) for g in range(height)}
    return not audit.unsafe(
        linked,
        [*inner, *units],
        width=rules.k,
        of=[*units, *few],
        most=most,
        respondents=True,
    )
