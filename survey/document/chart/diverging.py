"""Diverging bars: how answers on a scale spread around its middle, with share and interval beside.

Full width is 482 points, the 170 mm of the page. The drawing knows neither questions nor languages:
words and numbers are handed to it, and the table that belongs to it is the caller's.
"""

from collections.abc import Sequence

from msgspec import Struct

from survey.document import svg, typeface
from survey.document.svg import Drawing, Fill

FULL = 482.0
LEAD = 10.5  # between lines of 9 point


class Segment(Struct, frozen=True, kw_only=True):
    """A piece of a diverging bar; `side` -1 lies left of the zero line, 0 astride, 1 right."""

    percent: int
    fill: Fill
    side: int


class Bar(Struct, frozen=True, kw_only=True):
    """One row of a diverging chart.

    Args:
        label, note: the wording, and n below it
        segments: from left to right; empty where nothing may be drawn, then `message` stands there
        value, span: the share in words and its interval; small where not `shown`
        aside: per cent beside the scale, None where it is not drawn; `aside_text` is printed
    """

    label: str
    note: str
    segments: tuple[Segment, ...]
    value: str
    span: str
    aside: int | None
    aside_text: str
    message: str = ""
    shown: bool = True


class Group(Struct, frozen=True, kw_only=True):
    """Rows under one heading; a chart of one group may leave the heading empty."""

    heading: str
    bars: tuple[Bar, ...]


class Scale(Struct, frozen=True, kw_only=True):
    """How much of 100 lies left and right of the zero line; the same for all charts of a report."""

    left: int
    right: int


class Heads(Struct, frozen=True, kw_only=True):
    """Words above a diverging chart; `aside` has two lines."""

    legend: tuple[tuple[Fill, str], ...]
    left: str
    right: str
    value: str
    interval: str
    aside: tuple[str, str]


_X0, _X1, _TOP = 160.0, 352.0, 42.0
TALL = 19.0  # of a bar
_WORDS = 150.0  # room for the wording


def draw(groups: Sequence[Group], *, heads: Heads, scale: Scale, alt: str) -> Drawing:
    """Bars around a zero line: neutral astride, unfavourable hatched on the left."""
    unit = (_X1 - _X0) / (scale.left + scale.right)
    zero = _X0 + scale.left * unit
    out, y = [_heads(heads, zero)], _TOP
    for group in groups:
        if group.heading:
            out += [svg.line(0, y, FULL, y), _heading(group.heading, y)]
            y += 17
        for bar in group.bars:
            step = _step(bar)
            out += [svg.line(0, y, FULL, y), _row(bar, y, step, zero, unit)]
            y += step
    out += [svg.line(0, y, FULL, y), svg.line(434, _TOP, 434, y, stroke="line")]
    return Drawing(body="".join(out), width=FULL, height=y + 1, alt=alt)


def height(groups: Sequence[Group]) -> float:
    """How tall a diverging chart of these groups will be."""
    headings = sum(17 for group in groups if group.heading)
    return _TOP + headings + sum(_step(bar) for group in groups for bar in group.bars) + 1


def _heads(heads: Heads, zero: float) -> str:
    wide = [12 + typeface.width(name, 8) + 12 for _, name in heads.legend]
    out, x = [], max(0.0, min(_X0, FULL - sum(wide)))
    for (fill, name), step in zip(heads.legend, wide, strict=True):
        out += [svg.area(x, 0, 9, 9, fill), svg.text(x + 12, 7.6, name, fill="soft")]
        x += step
    out += [
        svg.text(_X1 + 14, 25, heads.value, weight=600),
        svg.text(_X1 + 14, 35, heads.interval, fill="soft"),
        svg.text(FULL, 25, heads.aside[0], fill="soft", anchor="end"),
        svg.text(FULL, 35, heads.aside[1], fill="soft", anchor="end"),
        svg.text(zero - 5, 35, f"← {heads.left}", fill="ochre-text", anchor="end"),
        svg.text(zero + 5, 35, f"{heads.right} →", fill="petrol"),
    ]
    return "".join(out)


def _heading(words: str, y: float) -> str:
    return svg.text(0, y + 12, words, size=9, fill="petrol", weight=600)


def lines_of(label: str) -> list[str]:
    """The wording of a row as its lines."""
    return typeface.wrapped(label, 9, _WORDS)


def _step(bar: Bar) -> float:
    lines = len(lines_of(bar.label))
    if lines == 1:
        return 26 if bar.note else 24
    return 27.5 + LEAD * (lines - 1)


def _row(bar: Bar, y: float, step: float, zero: float, unit: float) -> str:
    lines = lines_of(bar.label)
    start = y + (step - len(lines) * LEAD - 10) / 2 + 8.5
    middle, top = y + step / 2, y + (step - TALL) / 2
    out = [svg.text(0, start + i * LEAD, words, size=9) for i, words in enumerate(lines)]
    out += [
        svg.text(0, start + len(lines) * LEAD, bar.note, fill="soft"),
        *_bar(bar, y, step, zero, unit),
    ]
    out.append(_value(bar, middle))
    if bar.aside is not None:
        wide = max(bar.aside * unit, 1.5)
        out.append(svg.area(442, top, min(wide, 14), TALL, "silent"))
    out.append(svg.text(FULL, middle + 3, bar.aside_text, fill="soft", anchor="end"))
    return "".join(out)


def _value(bar: Bar, middle: float) -> str:
    x = _X1 + 14
    if not bar.shown:
        return svg.text(x, middle + 3, bar.value, fill="soft")
    drop = -1 if bar.span else 4
    return svg.text(x, middle + drop, bar.value, size=12, fill="petrol", weight=700) + svg.text(
        x, middle + 9, bar.span, fill="soft"
    )


def _bar(bar: Bar, y: float, step: float, zero: float, unit: float) -> list[str]:
    top = y + (step - TALL) / 2
    if not bar.segments:
        return [
            svg.area(_X0, top, _X1 - _X0, TALL, "veil"),
            svg.rectangle(_X0 + 8, top + 4, typeface.width(bar.message, 8) + 8, 11, fill="white"),
            svg.text(_X0 + 12, top + 12.4, bar.message, fill="soft"),
        ]
    out = [
        svg.line(zero, y, zero, top - 1, stroke="ink", width=0.7),
        svg.line(zero, top + TALL + 1, zero, y + step, stroke="ink", width=0.7),
    ]
    left = sum(part.percent for part in bar.segments if part.side < 0)
    astride = sum(part.percent for part in bar.segments if part.side == 0)
    x = zero - (left + astride / 2) * unit
    for segment in bar.segments:
        wide = segment.percent * unit
        if wide:
            out.append(piece(segment, x, top, wide))
        x += wide
    return out


def piece(segment: Segment, x: float, top: float, wide: float) -> str:
    """One fill with its number, where a number fits; white edges keep neighbours apart."""
    out = [
        svg.area(x, top, wide, TALL, segment.fill),
        svg.rectangle(x, top, wide, TALL, stroke="white", thick=0.8),
    ]
    if segment.percent >= 6:
        chip = 10.8 if segment.percent > 9 else 6.6
        if segment.fill in svg.HATCHED:
            ground = svg.ground(segment.fill)
            box = (x + wide / 2 - chip / 2, top + 4.4, chip, 10.4)
            out.append(svg.rectangle(*box, fill=ground, radius=1.5))
        ink = "white" if segment.fill == "best" else "ink"
        number = str(segment.percent)
        at = x + wide / 2
        out.append(
            svg.text(at, top + 12.6, number, size=8.5, fill=ink, anchor="middle", weight=600)
        )
    return "".join(out)
