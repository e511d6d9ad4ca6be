"""Figures over the published waves: which of them may be compared, and what changed.

A line joins only waves between which neither law nor wording changed. What is compared with the
wave before is one family, all topics and the grade: a change is spoken of only after adjustment, so
that of a hundred reports on waves between which nothing changed at most five name any.

`make simulate`, seeds from 0: a change was named in 31 of 1,000 reports on waves that did not
differ. Of a rise from 80 to 90 %, four questions and 165 people a wave, 381 of 400 reports spoke
(Welch's test on people: 390), and 170 of 200 where eight topics and the grade were compared.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from survey.model.estimates import Estimate, Undefined
from survey.model.series import Break, Known, Point, Series
from survey.statistics import difference, multiple, trend
from survey.statistics.difference import Difference

Change: TypeAlias = Literal["up", "down", "chance"]

# The chance of naming any change between waves that do not differ.
LEVEL = 0.05
NAME = "waves"


class DividedSeries(Struct, frozen=True, kw_only=True):
    """A series divided where it must be.

    Args:
        segments: positions of the points that a line may join, shown ones only
        cuts: by position of the wave after it, the breaks before it
        difference: from the wave before to this one; None where the two cannot be compared
        change: what of it remains after adjustment for all series of the report
        detectable: the smallest change that would have been seen with 80 % power
    """

    series: Series
    segments: tuple[tuple[int, ...], ...]
    cuts: dict[int, tuple[Break, ...]]
    difference: Difference | None = None
    change: Change | None = None
    detectable: float | None = None

    @property
    def last(self) -> Estimate | None:
        """The figure of this wave."""
        figure = self.series.points[-1].figure
        return figure if isinstance(figure, Estimate) else None

    @property
    def before(self) -> tuple[Point, Estimate] | None:
        """The wave just before this one where both may be compared."""
        end, points = len(self.series.points) - 1, self.series.points
        for segment in self.segments:
            if segment[-1] == end and end - 1 in segment:
                figure = points[end - 1].figure
                return (points[end - 1], figure) if isinstance(figure, Estimate) else None
        return None


def divide(every: Sequence[Series]) -> list[DividedSeries]:
    """All series of a report, compared with the wave before as one family."""
    divided_series = [_divided(series) for series in every]
    pairs = [_pair(divided) for divided in divided_series]
    changes = [difference.difference(*pair) if pair else None for pair in pairs]
    ps = [change.p for change in changes if change]
    family = multiple.benjamini_hochberg(NAME, ps, level=LEVEL)
    if isinstance(family, Undefined):
        return divided_series
    says = iter(family.rejected)
    # What a single change must reach to be named.
    alone = LEVEL / len(ps)
    return [
        replace(
            divided,
            difference=change,
            change=_change(change, sure=next(says)),
            detectable=difference.detectable(*pair, alone),
        )
        if pair and change
        else divided
        for divided, pair, change in zip(divided_series, pairs, changes, strict=True)
    ]


def _pair(divided: DividedSeries) -> tuple[Known, Known] | None:
    if divided.before is None or divided.last is None:
        return None
    point, _ = divided.before
    old, new = (_known(divided.series, point_) for point_ in (point, divided.series.points[-1]))
    return (old, new) if old and new else None


def _known(series: Series, point: Point) -> Known | None:
    """What is known of a wave; of one reported by an older version no more than its interval."""
    if point.known is not None or not isinstance(point.figure, Estimate):
        return point.known
    return difference.of_interval(point.figure, share=series.kind == "topic")


def _change(difference: Difference, *, sure: bool) -> Change:
    if not sure:
        return "chance"
    return "up" if difference.value > 0 else "down"


def _divided(series: Series) -> DividedSeries:
    """The series with its lines and cuts."""
    shown = [
        (i, trend.Period(first=point.first, last=point.last, estimate=point.figure))
        for i, point in enumerate(series.points)
        if isinstance(point.figure, Estimate)
    ]
    breaks = [trend.Break(on=cut.on, label=cut.reason) for cut in series.breaks]
    segmented = trend.segments([period for _, period in shown], breaks)
    places = {period: i for i, period in shown}
    segments = () if isinstance(segmented, Undefined) else segmented
    return DividedSeries(
        series=series,
        segments=tuple(
            tuple(part) for segment in segments for part in _runs([places[p] for p in segment])
        ),
        cuts=_cuts(series),
    )


def _runs(positions: Sequence[int]) -> list[list[int]]:
    """Neighbours only: no line is drawn over a wave that shows nothing."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _cuts(series: Series) -> dict[int, tuple[Break, ...]]:
    points = series.points
    cuts = {
        i: tuple(cut for cut in series.breaks if points[i - 1].first < cut.on <= points[i].last)
        for i in range(1, len(points))
    }
    return {i: breaks for i, breaks in cuts.items() if breaks}
