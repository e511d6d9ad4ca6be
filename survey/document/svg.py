"""Marks that charts are made of. One unit is one point; a drawing is shown at the size it is drawn.

Patterns are lines and dots drawn one by one: tiles of an SVG pattern print with white seams. Text
stays text; fills keep apart in a grey copy, by light and dark and by pattern.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Literal, TypeAlias

from markupsafe import Markup
from msgspec import Struct

from survey.document import colours, typeface

Anchor: TypeAlias = Literal["start", "middle", "end"]
Fill: TypeAlias = Literal["worst", "bad", "neutral", "good", "best", "joined", "silent", "veil"]

POINTS_PER_MM = 72 / 25.4


class Drawing(Struct, frozen=True, kw_only=True):
    """A finished picture; `alt` states the finding with its values."""

    body: str
    width: float
    height: float
    alt: str


def image(drawing: Drawing) -> Markup:
    """The picture as an `<img>` that carries it with its alternative text."""
    size = f'width="{drawing.width:g}pt" height="{drawing.height:g}pt"'
    box = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    family = "font-family=\"'Source Sans 3', 'Noto Sans'\""
    source = f'<svg xmlns="http://www.w3.org/2000/svg" {box} {size} {family}>{drawing.body}</svg>'
    shown = (
        f"inline-size:{drawing.width / POINTS_PER_MM:.2f}mm;"
        f"block-size:{drawing.height / POINTS_PER_MM:.2f}mm"
    )
    return Markup(
        '<img class="chart" style="{}" alt="{}" src="data:image/svg+xml;base64,{}">'
    ).format(shown, drawing.alt, b64encode(source.encode()).decode())


def colour(name: str) -> str:
    """A colour by the name it has on the screen; "white" is the paper."""
    return "#FFFFFF" if name == "white" else colours.light()[name]


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 8,
    fill: str = "ink",
    anchor: Anchor = "start",
    weight: int = 400,
) -> str:
    """One line of text on the baseline `y`; 8 is the smallest size that may be printed."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" fill="{colour(fill)}" '
        f'text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'
    )


def upright(x: float, y: float, words: str, *, fill: str = "ink") -> str:
    """One line of text read from below, its middle at the spot, on a white ground."""
    half = typeface.width(words, 8) / 2 + 3
    ground = rectangle(-half, -5.5, 2 * half, 11, fill="white")
    label = text(0, 2.8, words, fill=fill, anchor="middle")
    return f'<g transform="translate({x:.2f},{y:.2f}) rotate(-90)">{ground}{label}</g>'


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = "hair",
    width: float = 0.5,
    dash: str = "",
) -> str:
    """A straight line; `dash` is lengths of ink and gap, "2.4 1.8"."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
        f'stroke="{colour(stroke)}" stroke-width="{width:g}"{dashed}/>'
    )


Spot: TypeAlias = tuple[float, float]


def path(
    spots: Sequence[Spot],
    *,
    stroke: str = "none",
    width: float = 1,
    fill: str = "none",
    closed: bool = False,
    dash: str = "",
) -> str:
    """A line through all spots, or the shape they enclose; `dash` as of a straight line."""
    drawn = "L".join(f"{x:.2f},{y:.2f}" for x, y in spots)
    edge = stroke if stroke == "none" else colour(stroke)
    paint = fill if fill == "none" else colour(fill)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{drawn}{"Z" if closed else ""}" fill="{paint}" '
        f'stroke="{edge}" stroke-width="{width:g}"{dashed}/>'
    )


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str = "none",
    thick: float = 0.5,
    radius: float = 0,
) -> str:
    """A plain rectangle; `fill` and `stroke` are colour names or "none"."""
    paint = fill if fill == "none" else colour(fill)
    edge = stroke if stroke == "none" else colour(stroke)
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{paint}" '
        f'stroke="{edge}" stroke-width="{thick:g}" rx="{radius:g}"/>'
    )


def disc(
    x: float, y: float, radius: float, *, fill: str, stroke: str = "none", thick: float = 1
) -> str:
    """A circle."""
    edge = stroke if stroke == "none" else colour(stroke)
    return (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}" fill="{colour(fill)}" '
        f'stroke="{edge}" stroke-width="{thick:g}"/>'
    )


PLAIN: dict[Fill, str] = {"neutral": "neutral", "good": "petrol-2", "best": "petrol"}
# Ground, stroke, distance and width of the lines at 45 degrees.
HATCHED: dict[Fill, tuple[str, str, float, float]] = {
    "worst": ("ochre", "ochre-text", 2.6, 0.9),
    "bad": ("ochre-2", "ochre", 3.8, 0.75),
}
# Colour, distance and radius of the dots, and the edge.
DOTTED: dict[Fill, tuple[str, float, float, str]] = {
    "silent": ("soft", 2.6, 0.5, "soft"),
    "veil": ("line", 4, 0.45, "hair"),
}


def ground(fill: Fill) -> str:
    """The colour under the pattern of a fill, for a chip that carries a number."""
    return HATCHED[fill][0] if fill in HATCHED else PLAIN.get(fill, "white")


def area(x: float, y: float, width: float, height: float, fill: Fill) -> str:
    """A rectangle in one of the fills of the charts."""
    if fill in HATCHED:
        under, stroke, gap, thick = HATCHED[fill]
        path = _hatching(x, y, width, height, gap)
        return rectangle(x, y, width, height, fill=under) + (
            f'<path d="{path}" stroke="{colour(stroke)}" stroke-width="{thick:g}" fill="none"/>'
        )
    if fill in DOTTED:
        ink, pitch, radius, edge = DOTTED[fill]
        return "".join(
            (
                rectangle(x, y, width, height, fill="white"),
                *(disc(cx, cy, radius, fill=ink) for cx, cy in _dots(x, y, width, height, pitch)),
                rectangle(x, y, width, height, stroke=edge, thick=0.6),
            )
        )
    if fill == "joined":
        inner = rectangle(x + 1.2, y + 1.2, max(width - 2.4, 0), height - 2.4, stroke="ink")
        return rectangle(x, y, width, height, fill="white") + inner
    return rectangle(x, y, width, height, fill=PLAIN[fill])


def _hatching(x: float, y: float, width: float, height: float, gap: float) -> str:
    path, offset = "", -height + gap / 2
    while offset < width:
        start, end = max(0.0, -offset), min(height, width - offset)
        if end > start:
            path += f"M{x + offset + start:.2f},{y + height - start:.2f}"
            path += f"L{x + offset + end:.2f},{y + height - end:.2f}"
        offset += gap * 2**0.5
    return path


def _dots(
    x: float, y: float, width: float, height: float, pitch: float
) -> list[tuple[float, float]]:
    columns, rows = max(1, int(width / pitch)), max(1, int(height / pitch))
    return [
        (
            x + width / 2 + (i - (columns - 1) / 2) * pitch,
            y + height / 2 + (j - (rows - 1) / 2) * pitch,
        )
        for i in range(columns)
        for j in range(rows)
    ]
