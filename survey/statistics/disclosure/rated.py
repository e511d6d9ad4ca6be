"""Rates of taking part: shown only where those who did and those who did not are both enough."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Suppressed
from survey.statistics import proportion
from survey.statistics.disclosure import columns, figures, populations, suppress, tables, threshold
from survey.statistics.disclosure.registry import Entry, Population
from survey.statistics.disclosure.request import Category, Rated, Row, Table
from survey.statistics.disclosure.tables import ALL, Key
from survey.statistics.disclosure.threshold import Rules

RESPONDED = "responded"
Counts: TypeAlias = NDArray[np.int64]


def table(request: Rated, rules: Rules) -> Table:
    """Rates of the whole and its groups; who was invited is known, so `n` is always shown.

    Raises:
        ValueError: more responded than were invited
    """
    done, more, asked = _counts(request)
    whole = row("", int(done.sum()), int(asked.sum()), rules)
    hidden: frozenset[Key] | None = None
    if any(0 < count < rules.category for count in (more - done).tolist()):
        whole = Row(label="", n=int(asked.sum()), share=Suppressed(reason="secondary"))
    elif not isinstance(whole.share, Suppressed):
        hidden = _hidden(done, asked, rules)
    rows = []
    for g, label in enumerate(request.groups):
        if hidden is None or (g, 0) in hidden:
            why = threshold.rate(int(done[g]), int(asked[g]), rules.k)
            share = why or Suppressed(reason="secondary")
            rows.append(Row(label=label, n=int(asked[g]), share=share))
        else:
            rows.append(row(label, int(done[g]), int(asked[g]), rules))
    return Table(variable=request.variable, breakdown=None, whole=whole, rows=tuple(rows))


def _counts(request: Rated) -> tuple[Counts, Counts, Counts]:
    """Those who responded, those published beside them, and the invited, by group."""
    beside = request.responded if request.beside is None else request.beside
    done, more, asked = (
        np.asarray(counts, dtype=np.int64)
        for counts in (request.responded, beside, request.invited)
    )
    same = len(done) == len(more) == len(asked) == len(request.groups)
    if not same or (done > more).any() or (more > asked).any():
        raise ValueError(f"{request.variable}: {done.tolist()} responded of {asked.tolist()}")
    return done, more, asked


def entry(request: Rated) -> Entry:
    """The table for the registry: without people, since nobody knows who took part."""
    nobody = populations.Members(0, b"", 0)
    content = repr((request.groups, request.invited, request.responded)).encode()
    whole = Population("rate", "whole", nobody, columns.digest(content))
    return Entry(request.variable, (whole,))


def _hidden(done: Counts, asked: Counts, rules: Rules) -> frozenset[Key] | None:
    counts = np.column_stack((done, asked - done)).tolist()
    linked = tables.crosstab(counts, range(len(counts)), (0, 1))
    small = [g for g, line in enumerate(counts) if threshold.rate(line[0], sum(line), rules.k)]
    primary = [(g, c) for g in small for c in (0, 1)]
    margins = [key for key in linked.cells if isinstance(key, tuple) and ALL in key]
    return suppress.suppress(linked, primary, width=rules.k, shown=margins)


def row(label: str, done: int, asked: int, rules: Rules) -> Row:
    """The rate of one group, or why it is withheld."""
    hidden = threshold.rate(done, asked, rules.k)
    if hidden is not None:
        return Row(label=label, n=asked, share=hidden)
    share = figures.printed(proportion.proportion(done, asked))
    return Row(
        label=label, n=asked, categories=(Category(codes=(RESPONDED,), count=done),), share=share
    )
