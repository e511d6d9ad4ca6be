"""Charts of printed figures, drawn alike on paper and on the results page.

Words and written numbers are handed in, in the language of whoever shows the chart.
"""

from collections.abc import Sequence

from msgspec import Struct

from survey.document.chart import diverging, strip, trend
from survey.document.svg import Drawing, Fill
from survey.model import rounding
from survey.model.estimates import Estimate
from survey.model.snapshots import Part, Rated
from survey.report.render.series import DividedSeries

# Of a share, on a strip and on the axis over it.
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
# The steps of agreement, from "not at all" to "fully".
FILLS: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
SHARES = ((0, "0"), (0.5, "50"), (1, "100"))
# Grades are turned, so that better is always higher.
GRADES = ((-6, "6"), (-3.5, ""), (-1, "1"))


class SeriesWords(Struct, frozen=True, kw_only=True):
    """The labels of a series.

    Args:
        waves: two lines for each wave
        figures: the figure of each wave in words; only those of `ends` are drawn
        cuts: what broke the line before a wave, by the position of the wave
        hidden: stands where a wave shows nothing
    """

    waves: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]
    cuts: dict[int, tuple[str, ...]]
    hidden: str
    alt: str


def series(divided: DividedSeries, words: SeriesWords) -> Drawing:
    """A topic or a grade over the waves."""
    points = {
        place: _point(divided, place, figure, words)
        for place, point in enumerate(divided.series.points)
        if isinstance(figure := point.figure, Estimate)
    }
    return trend.draw(
        [[points[place] for place in segment] for segment in divided.segments],
        axis=trend.Axis(
            ticks=GRADES if divided.series.kind == "grade" else SHARES, waves=words.waves
        ),
        gaps=[
            trend.Gap(at=place, words=words.hidden)
            for place in range(len(divided.series.points))
            if place not in points
        ],
        cuts=[trend.Cut(before=place, words=cuts) for place, cuts in words.cuts.items()],
        alt=words.alt,
    )


def _point(divided: DividedSeries, place: int, figure: Estimate, words: SeriesWords) -> trend.Point:
    points = divided.series.points
    turn = -1 if divided.series.kind == "grade" else 1
    low, high = sorted((turn * figure.low, turn * figure.high))
    after = points[place + 1].figure if place + 1 < len(points) else None
    return trend.Point(
        at=place,
        value=turn * figure.value,
        low=low,
        high=high,
        label=words.figures[place] if place in _ends(divided) else "",
        below=isinstance(after, Estimate) and turn * after.value > turn * figure.value,
    )


def _ends(divided: DividedSeries) -> set[int]:
    """Between the first and the last only the line speaks: figures would stand on each other."""
    first = min(place for segment in divided.segments for place in segment)
    return {first, len(divided.series.points) - 1}


def ticked(rated: Rated) -> tuple[Part, ...]:
    """The answers in the order of their scale, `side` 1 for agreement whether favourable or not."""
    if not rated.reversed:
        return rated.parts
    return tuple(
        Part(codes=part.codes[::-1], percent=part.percent, side=-part.side)
        for part in reversed(rated.parts)
    )


def reach(parts: Sequence[Part], side: int) -> float:
    """How far a bar reaches to one side of its middle, in per cent; what lies astride is halved."""
    return sum(part.percent for part in parts if part.side == side) + sum(
        part.percent / 2 for part in parts if part.side == 0
    )


def scale(rated: Sequence[Rated]) -> diverging.Scale:
    """Room for the widest bar on each side, and never so little that a chart looks extreme."""
    lefts = [reach(ticked(statement), -1) for statement in rated]
    rights = [reach(ticked(statement), 1) for statement in rated]
    return diverging.Scale(
        left=max(40, 2 + rounding.whole(max(lefts, default=0.0))),
        right=max(60, 2 + rounding.whole(max(rights, default=0.0))),
    )


def share_strip(
    figure: Estimate,
    *,
    alt: str,
    width: float,
    ticks: tuple[float, ...] = TICKS,
    target: float | None = None,
    before: float | None = None,
) -> Drawing:
    """A share with its interval between 0 and 1.

    Args:
        target: an upright line, such as the share of all units
        before: a hollow triangle, the share in the wave before
    """
    return strip.draw(
        figure.value,
        figure.low,
        figure.high,
        least=0,
        most=1,
        alt=alt,
        width=width,
        ticks=ticks,
        target=target,
        before=before,
    )
