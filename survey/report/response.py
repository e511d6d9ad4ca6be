"""Who took part: the whole, and unit by unit where neither side is small."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from survey.model import waves
from survey.model.estimates import Estimate
from survey.model.snapshots import Response
from survey.model.waves import SampleCell
from survey.report import shown, units
from survey.report.channel import Channel
from survey.report.sheets import COMPLETE, PARTIAL, Sheets
from survey.report.units import Units
from survey.statistics.disclosure.wanted import Rated, Row, Table

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


def response(
    channel: Channel,
    wave_id: str,
    sheets: Sheets,
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
    results = channel.ask((), (rates, complete))
    table = results.get(names[0])
    if not isinstance(table, Table):
        table = _nothing(named)
    whole = shown.whole({names[0]: table}, names[0])
    rate = shown.certain(shown.share(whole))
    done = shown.certain(shown.share(shown.whole(results, names[1])))
    told = isinstance(rate, Estimate)
    return Taken(
        response=Response(
            invited=whole.n if isinstance(whole.n, int) else 0,
            answered=shown.people(whole, "responded") if told else None,
            rate=rate,
            complete_rate=done if told else shown.HIDDEN,
        ),
        units=units.units(named, counts.invited, counts.answered, table),
    )


def _counts(sheets: Sheets, named: Sequence[waves.Unit], sample: Sequence[SampleCell]) -> _Counts:
    invited = [sum(c.invited for c in sample if c.unit_id == unit.unit_id) for unit in named]
    partly = sheets.units[sheets.done >= PARTIAL - SLACK]
    by_unit = np.bincount(partly[partly >= 0], minlength=len(named)).tolist()
    # Nobody can hide more answers than invitations: copied codes would end in a rate above one.
    answered = [min(done, asked) for done, asked in zip(by_unit, invited, strict=True)]
    complete = int((sheets.done >= COMPLETE - SLACK).sum())
    return _Counts(invited=invited, answered=answered, complete=complete)


def _nothing(named: Sequence[waves.Unit]) -> Table:
    rows = tuple(Row(label=unit.unit_id, n=shown.HIDDEN) for unit in named)
    return Table(variable="", breakdown=None, whole=Row(label="", n=shown.HIDDEN), rows=rows)
