"""One figure over the published waves: which of them may be compared, and what changed.

A line joins only waves between which neither law nor wording changed. A change is spoken of only
when two intervals do not overlap (cautious: some people answered both times).
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Estimate, Undefined
from survey.model.snapshots import Break, Point, Series
from survey.statistics import trend

Change: TypeAlias = Literal["up", "down", "chance"]


class Course(Struct, frozen=True, kw_only=True):
    """A series divided where it must be.

    Args:
        segments: positions of the points that a line may join, shown ones only
        cuts: by position of the wave after it, the breaks before it
    """

    series: Series
    segments: tuple[tuple[int, ...], ...]
    cuts: dict[int, tuple[Break, ...]]

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

    @property
    def change(self) -> Change | None:
        """Against the wave before; None where the two cannot be compared."""
        if self.before is None or self.last is None:
            return None
        _, old = self.before
        if self.last.low > old.high:
            return "up"
        return "down" if self.last.high < old.low else "chance"


def course(series: Series) -> Course:
    """The series with its lines and cuts."""
    shown = [
        (i, trend.Period(first=point.first, last=point.last, estimate=point.figure))
        for i, point in enumerate(series.points)
        if isinstance(point.figure, Estimate)
    ]
    breaks = [trend.Break(on=each.on, label=each.reason) for each in series.breaks]
    found = trend.segments([period for _, period in shown], breaks)
    places = {period: i for i, period in shown}
    segments = () if isinstance(found, Undefined) else found
    return Course(
        series=series,
        segments=tuple(
            tuple(part) for each in segments for part in _runs([places[p] for p in each])
        ),
        cuts=_cuts(series),
    )


def _runs(positions: Sequence[int]) -> list[list[int]]:
    """Neighbours only: no line is drawn over a wave that shows nothing."""
    found: list[list[int]] = []
    for position in positions:
        if found and found[-1][-1] == position - 1:
            found[-1].append(position)
        else:
            found.append([position])
    return found


def _cuts(series: Series) -> dict[int, tuple[Break, ...]]:
    points = series.points
    found = {
        i: tuple(one for one in series.breaks if points[i - 1].first < one.on <= points[i].last)
        for i in range(1, len(points))
    }
    return {i: breaks for i, breaks in found.items() if breaks}
