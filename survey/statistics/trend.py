"""Periods in a row: where a line may be drawn, and where one side lasts too long for chance."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from survey.model.estimates import Estimate, Undefined

# Shewhart's rule: so many points in a row on one side of the centre.
LONG_RUN = 8


class Break(Struct, frozen=True, kw_only=True):
    """From this day on figures are not comparable with those before: a law, a form version."""

    on: date
    label: str


class Period(Struct, frozen=True, kw_only=True):
    """The measurement of one period, from `first` to `last`, both included."""

    first: date
    last: date
    estimate: Estimate


class Run(Struct, frozen=True):
    """Positions `start` up to and without `end`, all above or all below the centre."""

    start: int
    end: int
    above: bool


def segments(
    periods: Sequence[Period], breaks: Sequence[Break] = ()
) -> tuple[tuple[Period, ...], ...] | Undefined:
    """The periods in order, divided where a break lies between two of them or within one.

    A line joins the points of one segment and never two segments. A period that a break falls into
    stands alone.

    Returns:
        Undefined when periods share days: rolling windows are no series
    """
    if not periods:
        return Undefined(reason="no-answers")
    ordered = sorted(periods, key=lambda period: (period.first, period.last))
    if any(a.last >= b.first for a, b in pairwise(ordered)) or any(
        period.first > period.last for period in ordered
    ):
        return Undefined(reason="overlapping")
    parts: list[list[Period]] = [[ordered[0]]]
    for before, period in pairwise(ordered):
        # A break on the first day of a period divides it from the one before, nothing else.
        if any(before.first < step.on <= period.last for step in breaks):
            parts.append([period])
        else:
            parts[-1].append(period)
    return tuple(tuple(segment) for segment in parts)


def runs(values: Sequence[float], centre: float, *, least: int = LONG_RUN) -> tuple[Run, ...]:
    """Runs of at least `least` points on one side of `centre`: a hint to look, not a proof.

    Points on the centre belong to neither side and neither end nor lengthen a run.

    References:
        Western Electric 1956; NHS England, Making Data Count (run rules)
    """
    stretches: list[Run] = []
    start, count, side = 0, 0, False
    for i, value in enumerate([*values, None]):
        if value == centre:
            continue
        above = value is not None and value > centre
        if value is not None and count and above == side:
            count, end = count + 1, i + 1
            continue
        if count >= least:
            stretches.append(Run(start, end, side))
        start, count, side, end = i, 1, above, i + 1
    return tuple(stretches)
