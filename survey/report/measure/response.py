"""Who took part: the whole, and unit by unit where neither side is small."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model import waves
from survey.model.estimates import Estimate
from survey.model.participation import Represented, Response
from survey.model.waves import SampleCell
from survey.report.measure import figures, units
from survey.report.measure.columns import COMPLETE, PARTIAL, AnswerColumns
from survey.report.measure.disclosed import DisclosureControl
from survey.report.measure.units import Units
from survey.statistics.disclosure.request import Crossed, Rated, Row, Table

# Shares of the core questions are short floats: 0.8 is a little less or more.
SLACK = 1e-6


class Taken(Struct, frozen=True, kw_only=True):
    """Taking part, as it may be shown."""

    response: Response
    units: Units


class _Counts(Struct, frozen=True, kw_only=True):
    invited: list[int]
    answered: list[int]
    complete: int
    asked_inside: NDArray[np.int64]
    done_inside: NDArray[np.int64]


def response(
    control: DisclosureControl,
    wave_id: str,
    sheets: AnswerColumns,
    named: Sequence[waves.Unit],
    sample: Sequence[SampleCell],
) -> Taken:
    """The rates, asked for before anything else: they decide which units are shown at all.

    Args:
        sheets: of the domain with most of the core questions
    """
    counts = _counts(sheets, named, sample)
    answered, invited = sum(counts.answered), sum(counts.invited)
    names = (f"response/{wave_id}", f"response/{wave_id}/complete")
    rates = Rated(
        variable=names[0],
        groups=tuple(unit.unit_id for unit in named),
        invited=tuple(counts.invited),
        responded=tuple(counts.answered),
    )
    complete = Rated(
        variable=names[1],
        groups=("",),
        invited=(invited,),
        responded=(min(counts.complete, answered),),
        beside=(answered,),
    )
    results = control.ask((), (rates, complete))
    table = results.get(names[0])
    if not isinstance(table, Table):
        table = _nothing(named)
    whole = figures.whole({names[0]: table}, names[0])
    rate = figures.certain(figures.share(whole))
    done = figures.certain(figures.share(figures.whole(results, names[1])))
    rate_shown = isinstance(rate, Estimate)
    shown_units = units.units(named, counts.invited, counts.answered, table)
    cells = waves.cells(sample)
    return Taken(
        response=Response(
            invited=whole.n if isinstance(whole.n, int) else 0,
            answered=figures.people(whole, "responded") if rate_shown else None,
            rate=rate,
            complete_rate=done if rate_shown else figures.HIDDEN,
            cells=_cells(control, wave_id, cells, counts, shown_units) if rate_shown else (),
        ),
        units=shown_units,
    )


def _cells(
    control: DisclosureControl, wave_id: str, cells: Sequence[str], counts: _Counts, by_unit: Units
) -> tuple[Represented, ...]:
    """Taking part by what is coarsely known of people; nothing where there is but one kind."""
    if len(cells) < 2 or counts.done_inside.sum(axis=1).tolist() != counts.answered:
        return ()
    request = Crossed(
        variable=f"response/{wave_id}/cells",
        columns=tuple(cells),
        invited=tuple(tuple(line) for line in counts.asked_inside.tolist()),
        responded=tuple(tuple(line) for line in counts.done_inside.tolist()),
        shown=frozenset(range(len(counts.invited))) - by_unit.withheld,
    )
    table = control.ask((), (request,)).get(request.variable)
    return tuple(
        Represented(cell=row.label, invited=row.n, rate=rate)
        for row in (table.rows if isinstance(table, Table) else ())
        if isinstance(row.n, int)
        and isinstance(rate := figures.certain(figures.share(row)), Estimate)
    )


def _counts(
    sheets: AnswerColumns, named: Sequence[waves.Unit], sample: Sequence[SampleCell]
) -> _Counts:
    units, cells = {unit.unit_id: i for i, unit in enumerate(named)}, waves.cells(sample)
    asked = np.zeros((len(units), len(cells)), dtype=np.int64)
    for cell in sample:
        if cell.unit_id in units:
            asked[units[cell.unit_id], cells.index(cell.cell)] += cell.invited
    invited = asked.sum(axis=1).tolist()
    partly = sheets.done >= PARTIAL - SLACK
    by_unit = np.bincount(sheets.units[partly & (sheets.units >= 0)], minlength=len(named))
    placed = partly & (sheets.units >= 0) & (sheets.cells >= 0)
    inside = sheets.units[placed].astype(np.int64) * len(cells) + sheets.cells[placed]
    done = np.bincount(inside, minlength=asked.size).reshape(asked.shape)
    # Nobody can hide more answers than invitations: copied codes would end in a rate above one.
    answered = [min(done, asked) for done, asked in zip(by_unit.tolist(), invited, strict=True)]
    complete = int((sheets.done >= COMPLETE - SLACK).sum())
    return _Counts(
        invited=invited,
        answered=answered,
        complete=complete,
        asked_inside=asked,
        done_inside=np.minimum(done, asked),
    )


def _nothing(named: Sequence[waves.Unit]) -> Table:
    rows = tuple(Row(label=unit.unit_id, n=figures.HIDDEN) for unit in named)
    return Table(variable="", breakdown=None, whole=Row(label="", n=figures.HIDDEN), rows=rows)
