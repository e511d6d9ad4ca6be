"""A number per member: mean and quartiles of the whole and of its groups."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Suppressed, Undefined
from survey.statistics import floors, mean
from survey.statistics.disclosure import breakdown, columns, figures, threshold
from survey.statistics.disclosure.columns import Groups, People
from survey.statistics.disclosure.registry import Entry
from survey.statistics.disclosure.request import Measured, Row, Table
from survey.statistics.disclosure.threshold import Rules


class Values(Struct, frozen=True, kw_only=True):
    """The values there are, before anything is hidden."""

    request: Measured
    rules: Rules
    values: NDArray[np.float64]
    labels: tuple[str, ...]
    lines: tuple[NDArray[np.int64], ...]
    missing: int


def gather(request: Measured, rules: Rules, valid: NDArray[np.bool_]) -> Values:
    """The values of the members that have one."""
    grouped = columns.groups(request.breakdown, valid)
    return Values(
        request=request,
        rules=rules,
        values=np.asarray(request.values, dtype=np.float64)[valid],
        labels=grouped.labels,
        lines=columns.lines(Groups(grouped.labels, np.maximum(grouped.of[valid], 0))),
        missing=int(valid.size - valid.sum()),
    )


def valid(request: Measured, rows: int) -> NDArray[np.bool_]:
    """Which members have a value.

    Raises:
        ValueError: another number of rows than members; infinity
    """
    values = np.asarray(request.values, dtype=np.float64)
    if values.shape != (rows,) or np.isinf(values).any():
        raise ValueError(f"{request.variable}: {values.shape} values of {rows} members")
    return ~np.isnan(values)


def table(gathered: Values) -> tuple[Table, list[int]]:
    """The publishable table of means, and the positions of the groups whose base is shown."""
    whole = _row("", gathered, np.arange(gathered.values.size), gathered.missing)
    labels = gathered.labels
    rows: list[Row] = []
    shown: list[int] = []
    if labels and floors.refusal("subgroups", gathered.values.size) is None:
        bases = np.array([[line.size] for line in gathered.lines])
        invited = columns.invited(gathered.request.breakdown, len(labels))
        pattern = breakdown.pattern(
            bases,
            gathered.rules,
            invited=invited,
            withheld=columns.withheld(gathered.request.breakdown),
        )
        for g, label in enumerate(labels):
            hidden = pattern.base(g) or pattern.cell(g, 0)
            if hidden is None:
                shown.append(g)
                rows.append(_row(label, gathered, gathered.lines[g], 0))
            else:
                rows.append(Row(label=label, n=hidden, mean=hidden))
    elif labels:
        few = Suppressed(reason="too-few")
        rows = [Row(label=label, n=few, mean=few) for label in labels]
    name = gathered.request.breakdown.name if gathered.request.breakdown else None
    variable = gathered.request.variable
    return Table(variable=variable, breakdown=name, whole=whole, rows=tuple(rows)), shown


def entry(gathered: Values, positions: NDArray[np.int64], shown: list[int]) -> Entry:
    """The table for the registry; `positions` are those of the members with a value."""

    def said(mine: NDArray[np.int64]) -> bytes:
        return b"measured" + np.sort(gathered.values[mine]).tobytes()

    def share(_: NDArray[np.int64]) -> None:
        return None

    people = People(positions, gathered.lines, said, share)
    return columns.entry(gathered.request.variable, gathered.labels, shown, people)


def _row(label: str, gathered: Values, mine: NDArray[np.int64], missing: int) -> Row:
    values = gathered.values[mine]
    few = threshold.base(values.size, gathered.rules.k)
    figure = figures.measured(values, gathered.rules, missing)
    quartiles = mean.quartiles(values) if isinstance(figure, Estimate) else None
    return Row(
        label=label,
        n=few or int(values.size),
        mean=figure,
        quartiles=None if isinstance(quartiles, Undefined) else quartiles,
    )
