"""One share over several waves: a line only where figures may be compared.

A break is a dashed upright with its reason; on both sides of it the points stand, and no line
crosses it. A wave in which nothing may be shown, or nothing was asked, is said in words.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from survey.document import svg, typeface
from survey.document.svg import Drawing

WIDE = 153.0  # points of a third of the page


class Point(Struct, frozen=True, kw_only=True):
    """A figure with its interval at the position of its wave; `label` is printed above or below."""

    at: int
    value: float
    low: float
    high: float
    label: str = ""
    below: bool = False


class Gap(Struct, frozen=True, kw_only=True):
    """A wave without a figure."""

    at: int
    words: str


class Cut(Struct, frozen=True, kw_only=True):
    """A break just before the wave at this position, and why."""

    before: int
    words: tuple[str, ...]


class Axis(Struct, frozen=True, kw_only=True):
    """Least and most at the ends, with what is written at each tick; below, a name per wave."""

    ticks: tuple[tuple[float, str], ...]
    waves: tuple[tuple[str, str], ...]


_X0, _RIGHT, _TOP, _BASE = 22.0, 34.0, 14.0, 60.0
_LEAD = 9.5
_EDGE = 12.0  # between the ends of the axis and the first and last wave


def draw(
    segments: Sequence[Sequence[Point]],
    *,
    axis: Axis,
    gaps: Sequence[Gap] = (),
    cuts: Sequence[Cut] = (),
    alt: str,
) -> Drawing:
    """The course of one figure; a line joins the points of one segment."""
    least, most = axis.ticks[0][0], axis.ticks[-1][0]

    def y(value: float) -> float:
        return _BASE - (value - least) / (most - least) * (_BASE - _TOP)

    out = [_grid(axis, y(tick), words) for tick, words in axis.ticks]
    out += [_gap(x(gap.at, axis), gap.words) for gap in gaps]
    out += [_wave(x(i, axis), axis, i) for i in range(len(axis.waves))]
    lowest = _BASE + 12 + _LEAD
    drawn, lines = _cuts(cuts, axis, lowest + _LEAD)
    out += drawn
    for segment in segments:
        if len(segment) > 1:
            spots = [(x(point.at, axis), y(point.value)) for point in segment]
            out.append(svg.path(spots, stroke="petrol", width=1.4))
        for point in segment:
            at = x(point.at, axis)
            out += [
                svg.line(at, y(point.low), at, y(point.high), stroke="petrol-mid", width=4.4),
                svg.disc(at, y(point.value), 2.7, fill="petrol"),
            ]
    out += _labels([point for segment in segments for point in segment], axis, y)
    return Drawing(body="".join(out), width=WIDE, height=lowest + lines * _LEAD + 4, alt=alt)


def x(at: int, axis: Axis) -> float:
    """Where the wave at this position stands."""
    return _X0 + _EDGE + at / (len(axis.waves) - 1) * (WIDE - _RIGHT - _X0 - 2 * _EDGE)


def _wave(at: float, axis: Axis, i: int) -> str:
    """Number and month below the axis; the month only where it has room."""
    first, second = axis.waves[i]
    room = x(1, axis) - x(0, axis)
    out = svg.line(at, _BASE, at, _BASE + 3, stroke="soft")
    if typeface.width(first, 8) + 4 <= room or i in (0, len(axis.waves) - 1):
        out += svg.text(at, _BASE + 11, first, fill="soft", anchor="middle")
    if typeface.width(second, 8) + 4 <= room or i in (0, len(axis.waves) - 1):
        out += svg.text(at, _BASE + 11 + _LEAD, second, fill="soft", anchor="middle")
    return out


def _grid(axis: Axis, y: float, words: str) -> str:
    stroke = "soft" if words == axis.ticks[0][1] else "hair"
    return svg.line(_X0, y, WIDE - _RIGHT, y, stroke=stroke) + svg.text(
        _X0 - 4, y + 3, words, fill="soft", anchor="end"
    )


def _gap(at: float, words: str) -> str:
    """A column of pale dots, as everywhere where nothing is shown."""
    wide = typeface.width(words, 8)
    middle = (_TOP + _BASE) / 2
    return (
        svg.area(at - 6, _TOP, 12, _BASE - _TOP, "veil")
        + svg.rectangle(at - wide / 2 - 2, middle - 5.5, wide + 4, 11, fill="white")
        + svg.text(at, middle + 3, words, fill="soft", anchor="middle")
    )


def _cuts(cuts: Sequence[Cut], axis: Axis, top: float) -> tuple[list[str], int]:
    """Dashed uprights, their reasons below on as few lines as keep them apart; and how many."""
    out, ends = [], list[float]()
    for cut in cuts:
        at = (x(cut.before - 1, axis) + x(cut.before, axis)) / 2
        out.append(svg.line(at, _TOP - 6, at, _BASE, stroke="ink", width=0.8, dash="2.4 1.8"))
        for words in cut.words:
            # At the ends of the axis a centred label would leave the drawing.
            half = typeface.width(words, 8) / 2
            middle = min(max(at, half), WIDE - half)
            line = next((i for i, end in enumerate(ends) if end + 4 < middle - half), len(ends))
            ends[line : line + 1] = [middle + half]
            out.append(svg.text(middle, top + line * _LEAD, words, anchor="middle"))
    return out, len(ends)


def _labels(points: Sequence[Point], axis: Axis, y: Callable[[float], float]) -> list[str]:
    """The last figure large at the right, the first small above its point."""
    out = []
    for point in points:
        if not point.label:
            continue
        if point is points[-1]:
            at = x(point.at, axis) + 8
            out.append(
                svg.text(at, y(point.value) + 4, point.label, size=12, fill="petrol", weight=700)
            )
        else:
            at = x(point.at, axis)
            top = y(point.low) + 10 if point.below else y(point.high) - 4
            half = typeface.width(point.label, 8.5, face="semibold") / 2
            # A white ground, for the lines of the grid to stop at the figure.
            out += [
                svg.rectangle(at - half - 1, top - 7, 2 * half + 2, 8.5, fill="white"),
                svg.text(
                    at, top, point.label, size=8.5, fill="petrol", anchor="middle", weight=600
                ),
            ]
    return out
