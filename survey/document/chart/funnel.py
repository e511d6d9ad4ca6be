"""Units as dots over how many answered, inside the range that chance alone lets expect.

Limits are handed over, one set for every n that is drawn; nothing here is ordered by result.
"""

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor

from msgspec import Struct

from survey.document import svg, typeface
from survey.document.chart.diverging import FULL
from survey.document.svg import Drawing


class Dot(Struct, frozen=True, kw_only=True):
    """One unit; a `note` stands beside it and marks it as outside the range."""

    n: int
    value: float
    note: str = ""


class Range(Struct, frozen=True, kw_only=True):
    """Where a unit of `n` answers lies that is like all others, 0..1.

    Args:
        wider: the same where units differ anyway; None where they are not known to
    """

    n: int
    range: tuple[float, float]
    wider: tuple[float, float] | None = None


class Words(Struct, frozen=True, kw_only=True):
    """Labels of a funnel chart; `percent` are the labels of the axis by whole per cent.

    Args:
        range, more: the name of the range on two lines
    """

    across: str
    target: str
    range: str
    more: str
    hidden: str
    percent: dict[int, str]


_X0, _X1, _TOP, _BASE = 34.0, 380.0, 8.0, 172.0


class _Axes:
    """From answers and shares to points on the paper."""

    def __init__(self, dots: Sequence[Dot], ranges: Sequence[Range]) -> None:
        self.most = ranges[-1].n
        shown = [d.value for d in dots]
        later = [r.wider or r.range for r in ranges[len(ranges) // 4 :]]
        lows = [*shown, *(low for low, _ in later)]
        highs = [*shown, *(high for _, high in later)]
        self.low = max(0, 20 * floor(5 * min(lows) - 0.05)) / 100
        self.high = min(100, 20 * ceil(5 * max(highs) + 0.05)) / 100

    def x(self, n: float) -> float:
        return _X0 + n / self.most * (_X1 - _X0)

    def y(self, share: float) -> float:
        inside = min(self.high, max(self.low, share))
        return _BASE - (inside - self.low) / (self.high - self.low) * (_BASE - _TOP)


def draw(
    dots: Sequence[Dot], ranges: Sequence[Range], *, target: float, words: Words, alt: str
) -> Drawing:
    """The funnel, full width.

    Args:
        ranges: by rising n, from the smallest that is shown to the right end of the axis
        target: the share of the whole
    """
    axes = _Axes(dots, ranges)
    out = [
        _band(axes, [(r.n, r.range) for r in ranges], "petrol-tint"),
        *_wider(axes, ranges),
        _frame(axes, ranges[0].n, words),
        svg.line(axes.x(ranges[0].n), axes.y(target), _X1, axes.y(target), stroke="petrol"),
        *_beside(axes, ranges[-1], target, words),
        *_dots(axes, dots),
    ]
    return Drawing(body="".join(out), width=FULL, height=_BASE + 30, alt=alt)


def _band(axes: _Axes, limits: Sequence[tuple[int, tuple[float, float]]], fill: str) -> str:
    upper = [(axes.x(n), axes.y(high)) for n, (_, high) in limits]
    lower = [(axes.x(n), axes.y(low)) for n, (low, _) in reversed(limits)]
    return svg.path([*upper, *lower], fill=fill, closed=True)


def _wider(axes: _Axes, ranges: Sequence[Range]) -> list[str]:
    """Two dashed lines; none where units are not known to differ anyway."""
    lines = [(axes.x(r.n), r.wider) for r in ranges if r.wider]
    return [
        svg.path(
            [(x, axes.y(limits[side])) for x, limits in lines], stroke="petrol", dash="2.4 1.8"
        )
        for side in (0, 1)
        if lines
    ]


def _frame(axes: _Axes, least: int, words: Words) -> str:
    wide = axes.x(least) - _X0
    out = [svg.area(_X0, _TOP, wide, _BASE - _TOP, "veil")]
    if wide >= 11:
        out.append(svg.upright(_X0 + wide / 2, (_TOP + _BASE) / 2, words.hidden, fill="soft"))
    for whole in range(round(100 * axes.low), round(100 * axes.high) + 1, 20):
        y = axes.y(whole / 100)
        out += [
            svg.line(_X0 - 4, y, _X0, y, stroke="soft"),
            svg.text(_X0 - 7, y + 3, words.percent[whole], fill="soft", anchor="end"),
        ]
    step = _step(axes.most)
    for n in range(least if least < step else step, axes.most + 1, step):
        if n == least or n % step == 0:
            out += _tick(axes, n)
    if least < step:
        out += [tick for n in range(step, axes.most + 1, step) for tick in _tick(axes, n)]
    out += [
        svg.line(_X0, _BASE, _X1, _BASE, stroke="soft"),
        svg.text(_X1, _BASE + 26, words.across, fill="soft", anchor="end"),
    ]
    return "".join(out)


def _step(most: int) -> int:
    """A round distance between numbers on the axis, four to eight of them."""
    return next(step for step in (10, 20, 50, 100, 200, 500, 1000, 10**6) if most / step <= 8)


def _tick(axes: _Axes, n: int) -> list[str]:
    x = axes.x(n)
    return [
        svg.line(x, _BASE, x, _BASE + 4, stroke="soft"),
        svg.text(x, _BASE + 13, str(n), fill="soft", anchor="middle"),
    ]


def _beside(axes: _Axes, last: Range, target: float, words: Words) -> list[str]:
    """Names of the line and of the range at the right end, kept apart where they come close."""
    middle = axes.y(target)
    top = min(axes.y(last.range[1]), middle - 22)
    return [
        svg.text(_X1 + 7, middle + 3, words.target, size=8.5, fill="petrol", weight=600),
        svg.text(_X1 + 7, top + 3, words.range, fill="soft"),
        svg.text(_X1 + 7, top + 13, words.more, fill="soft"),
    ]


def _dots(axes: _Axes, dots: Sequence[Dot]) -> list[str]:
    """Equal dots stand side by side, so that each can be counted."""
    seen: Counter[tuple[int, float]] = Counter()
    out = []
    for dot in dots:
        x = axes.x(dot.n) + 4.5 * seen[dot.n, dot.value]
        seen[dot.n, dot.value] += 1
        y = axes.y(dot.value)
        if not dot.note:
            out.append(svg.disc(x, y, 4.2, fill="petrol", stroke="white", thick=0.6))
            continue
        out.append(svg.disc(x, y, 3.6, fill="white", stroke="ochre-text", thick=2.2))
        wide = typeface.width(dot.note, 8.5, face="semibold")
        left = x + 12 + wide > _X1
        at = x - 8 if left else x + 8
        anchor: svg.Anchor = "end" if left else "start"
        out.append(
            svg.text(at, y + 3, dot.note, size=8.5, fill="ochre-text", anchor=anchor, weight=600)
        )
    return out
