"""Rates of taking part: shown only where those who did and those who did not are both enough."""

import numpy as np

from survey.model.estimates import Figure, Suppressed
from survey.statistics import proportion
from survey.statistics.disclosure import columns, figures, populations, suppress, tables, threshold
from survey.statistics.disclosure.registry import Entry, Population
from survey.statistics.disclosure.tables import ALL, Key
from survey.statistics.disclosure.threshold import Rules
from survey.statistics.disclosure.wanted import Rated, Row, Table


def table(wanted: Rated, rules: Rules) -> Table:
    """Rates of the whole and its groups; who was invited is known, so `n` is always shown.

    Raises:
        ValueError: more responded than were invited
    """
    done = np.asarray(wanted.responded, dtype=np.int64)
    asked = np.asarray(wanted.invited, dtype=np.int64)
    if not len(done) == len(asked) == len(wanted.groups) or (done > asked).any():
        raise ValueError(f"{wanted.variable}: {done.tolist()} responded of {asked.tolist()}")
    whole = _row("", int(done.sum()), int(asked.sum()), rules)
    hidden: frozenset[Key] | None = None
    if not isinstance(whole.share, Suppressed):
        hidden = _hidden(done, asked, rules)
    rows = []
    for g, label in enumerate(wanted.groups):
        if hidden is None or (g, 0) in hidden:
            why = threshold.rate(int(done[g]), int(asked[g]), rules.k)
            share = why or Suppressed(reason="secondary")
            rows.append(Row(label=label, n=int(asked[g]), share=share))
        else:
            rows.append(_row(label, int(done[g]), int(asked[g]), rules))
    return Table(variable=wanted.variable, breakdown=None, whole=whole, rows=tuple(rows))


def entry(wanted: Rated) -> Entry:
    """The table for the registry: without people, since nobody knows who took part."""
    nobody = populations.Members(0, b"", 0)
    said = repr((wanted.groups, wanted.invited, wanted.responded)).encode()
    whole = Population("rate", "whole", nobody, columns.digest(said))
    return Entry(wanted.variable, (whole,))


def _hidden(
    done: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    asked: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    rules: Rules,
) -> frozenset[Key] | None:
    counts = np.column_stack((done, asked - done)).tolist()
    linked = tables.crosstab(counts, range(len(counts)), (0, 1))
    small = [g for g, line in enumerate(counts) if threshold.rate(line[0], sum(line), rules.k)]
    primary = [(g, c) for g in small for c in (0, 1)]
    margins = [key for key in linked.cells if isinstance(key, tuple) and ALL in key]
    return suppress.suppress(linked, primary, width=rules.k, shown=margins)


def _row(label: str, done: int, asked: int, rules: Rules) -> Row:
    hidden = threshold.rate(done, asked, rules.k)
    share: Figure = hidden or figures.printed(proportion.proportion(done, max(asked, done)))
    return Row(label=label, n=asked, share=share)
