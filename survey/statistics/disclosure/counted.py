"""A question with codes: distribution and share of the whole, bases and counts of its groups.

Groups are shown from 100 answers of the whole on (see `floors`).
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.rounding import whole
from survey.statistics import floors
from survey.statistics.disclosure import (
    breakdown,
    columns,
    figures,
    merge,
    rounding,
    threshold,
)
from survey.statistics.disclosure.breakdown import Pattern
from survey.statistics.disclosure.columns import Groups, People
from survey.statistics.disclosure.merge import Parts
from survey.statistics.disclosure.registry import Entry
from survey.statistics.disclosure.request import NOT_ASKED, Category, Counted, Row, Table
from survey.statistics.disclosure.threshold import Rules


class Tally(Struct, frozen=True, kw_only=True):
    """All counts of one question (groups x codes) and its answers, before anything is hidden."""

    request: Counted
    rules: Rules
    counts: NDArray[np.int64]
    answers: NDArray[np.int64]
    favourable: NDArray[np.bool_]
    weights: NDArray[np.float64] | None
    labels: tuple[str, ...]
    lines: tuple[NDArray[np.int64], ...]
    missing: int


def tally(request: Counted, rules: Rules, rows: int, weights: NDArray[np.float64] | None) -> Tally:
    """The counts of one question.

    Raises:
        ValueError: columns of other lengths, unknown codes, a share without an order
    """
    if request.favourable and not request.ordered:
        raise ValueError(f"{request.variable}: a share needs codes with an order")
    size = len(request.codes)
    answers = columns.codes(request.answers, size, rows)
    valid = answers >= 0
    grouped = columns.groups(request.breakdown, valid)
    of = np.maximum(grouped.of[valid], 0)
    height = max(len(grouped.labels), 1)
    counts = np.bincount(of * size + answers[valid], minlength=height * size)
    good = np.isin(np.arange(size), [request.codes.index(code) for code in request.favourable])
    return Tally(
        request=request,
        rules=rules,
        counts=counts.reshape(height, size),
        answers=answers[valid],
        favourable=good,
        weights=None if weights is None else weights[valid],
        labels=grouped.labels,
        lines=columns.lines(Groups(grouped.labels, of)),
        missing=int(rows - valid.sum() - (answers == NOT_ASKED).sum()),
    )


def table(tally: Tally) -> tuple[Table, list[int]]:
    """The publishable table of counts, and the positions of the groups whose base is shown."""
    parts = _parts(tally)
    whole = _whole(tally, parts)
    labels = tally.labels
    rows: tuple[Row, ...] = ()
    shown: list[int] = []
    if labels and floors.refusal("subgroups", int(tally.counts.sum())) is None:
        joint = _columns(tally, parts)
        counts = np.column_stack([tally.counts[:, list(part)].sum(axis=1) for part in joint])
        invited = columns.invited(tally.request.breakdown, len(labels))
        pattern = breakdown.pattern(
            counts,
            tally.rules,
            invited=invited,
            withheld=columns.withheld(tally.request.breakdown),
        )
        rows = tuple(_row(tally, g, joint, counts[g], pattern) for g in range(len(labels)))
        shown = [g for g in range(len(labels)) if pattern.base(g) is None]
    elif labels:
        few = Suppressed(reason="too-few")
        rows = tuple(Row(label=label, n=few, categories=few) for label in labels)
    name = tally.request.breakdown.name if tally.request.breakdown else None
    return Table(variable=tally.request.variable, breakdown=name, whole=whole, rows=rows), shown


def entry(tally: Tally, positions: NDArray[np.int64], shown: Sequence[int]) -> Entry:
    """The table for the registry; `positions` are those of the members with an answer."""
    size = len(tally.request.codes)

    def said(mine: NDArray[np.int64]) -> bytes:
        counts = np.bincount(tally.answers[mine], minlength=size)
        return repr((tally.request.codes, counts.tolist())).encode()

    def share(mine: NDArray[np.int64]) -> tuple[int, int] | None:
        hits, n = int(tally.favourable[tally.answers[mine]].sum()), int(mine.size)
        shown = tally.request.favourable and threshold.share(hits, n, tally.rules) is None
        return (hits, n) if shown else None

    people = People(positions, tally.lines, said, share)
    return columns.entry(tally.request.variable, tally.labels, shown, people)


def _parts(tally: Tally) -> Parts | Suppressed:
    """The categories the whole is shown by, or why it is not."""
    counts = [int(count) for count in tally.counts.sum(axis=0)]
    if tally.request.ordered:
        # The share is shown as well, so no category may span its border.
        borders = np.flatnonzero(np.diff(tally.favourable)) + 1
        return merge.distribution(counts, tally.rules, borders=borders.tolist())
    few = threshold.base(sum(counts), tally.rules.k)
    least = tally.rules.category
    # A category that has to hold k is a group: k besides each of those who are joined in one.
    parts = merge.rest(counts, least=least, together=least + (least == tally.rules.k))
    if few is not None:
        return few
    if parts is None or sum(1 for part in parts if any(counts[i] for i in part)) < 2:
        return Suppressed(reason="unanimous")
    return parts


def _whole(tally: Tally, parts: Parts | Suppressed) -> Row:
    counts = [int(count) for count in tally.counts.sum(axis=0)]
    n = sum(counts)
    share = _share(tally, np.arange(n), tally.missing)
    categories = parts if isinstance(parts, Suppressed) else _told(tally, parts, counts, share)
    scores = tally.request.scores
    return Row(
        label="",
        n=threshold.base(n, tally.rules.k) or n,
        categories=categories,
        share=share.shown if share else None,
        unweighted=share.raw if share else None,
        mean=None if scores is None else figures.scored(counts, scores, parts),
    )


def _told(
    tally: Tally, parts: Parts, counts: Sequence[int], share: figures.Share | None
) -> tuple[Category, ...]:
    """Categories with whole per cents that add up to the share shown beside them."""
    sums = [sum(counts[i] for i in part) for part in parts]
    raw = (share.raw or share.shown) if share else None
    percents = rounding.percents(100, sums)
    if isinstance(raw, Estimate):
        good = [bool(tally.favourable[part[0]]) for part in parts]
        # As the share is printed beside them: one rule, or the two would contradict each other.
        quota = whole(100 * rounding.share(raw).value)
        for side, percent in ((True, quota), (False, 100 - quota)):
            mine = [p for p, option_side in enumerate(good) if option_side == side]
            shared = rounding.percents(percent, [sums[p] for p in mine])
            for p, rounded in zip(mine, shared, strict=True):
                percents[p] = rounded
    return tuple(
        Category(codes=tuple(tally.request.codes[i] for i in part), count=count, percent=percent)
        for part, count, percent in zip(parts, sums, percents, strict=True)
    )


def _columns(tally: Tally, parts: Parts | Suppressed) -> Parts:
    """The categories groups are shown by: favourable or not, else those of the whole.

    Where the whole shows none, groups show their bases only.
    """
    positions = range(len(tally.request.codes))
    if isinstance(parts, Suppressed):
        return (tuple(positions),)
    if not tally.request.favourable:
        return parts
    good = tally.favourable
    return tuple(i for i in positions if not good[i]), tuple(i for i in positions if good[i])


def _row(tally: Tally, g: int, joint: Parts, counts: NDArray[np.int64], pattern: Pattern) -> Row:
    n = pattern.base(g) or int(counts.sum())
    cells = [pattern.cell(g, c) or int(counts[c]) for c in range(len(joint))]
    if len(joint) == 1:
        why = pattern.base(g) or Suppressed(reason="unanimous")
        return Row(
            label=tally.labels[g],
            n=n,
            categories=why,
            share=why if tally.request.favourable else None,
            mean=why if tally.request.group_scores else None,
        )
    hidden = next((cell for cell in cells if isinstance(cell, Suppressed)), None)
    shown: figures.Share | None = figures.Share(hidden) if hidden else None
    if hidden is None:
        shown = _share(tally, tally.lines[g], 0)
    return Row(
        label=tally.labels[g],
        n=n,
        categories=tuple(_category(tally, p, x) for p, x in zip(joint, cells, strict=True)),
        share=_asked(tally, shown.shown) if shown else None,
        unweighted=_asked(tally, shown.raw) if shown else None,
        mean=_group_mean(tally, g, joint, hidden),
    )


def _group_mean(tally: Tally, g: int, joint: Parts, hidden: Suppressed | None) -> Figure | None:
    """The mean of a group, hidden with its division."""
    scores = tally.request.group_scores
    if scores is None or hidden is not None:
        return None if scores is None else hidden
    return figures.scored([int(count) for count in tally.counts[g]], scores, joint)


def _share(tally: Tally, mine: NDArray[np.int64], missing: int) -> figures.Share | None:
    if not tally.request.favourable:
        return None
    weights = None if tally.weights is None else tally.weights[mine]
    return figures.share(tally.favourable[tally.answers[mine]], weights, tally.rules, missing)


def _asked(tally: Tally, figure: Figure | None) -> Figure | None:
    return figure if tally.request.favourable else None


def _category(tally: Tally, part: tuple[int, ...], count: int | Suppressed) -> Category:
    return Category(codes=tuple(tally.request.codes[i] for i in part), count=count)
