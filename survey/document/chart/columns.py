"""Upright bars in the order of a scale: school grades."""

from collections.abc import Sequence

from msgspec import Struct

from survey.document import svg
from survey.document.svg import Drawing, Fill


class Column(Struct, frozen=True, kw_only=True):
    """One upright bar; `value` is printed above it, `label` and `words` below."""

    percent: int
    fill: Fill
    value: str
    label: str
    words: str


def draw(columns: Sequence[Column], *, alt: str, width: float = 317, tall: float = 118) -> Drawing:
    """Upright bars in the order of a scale, for grades."""
    base, top, pitch = tall - 24, 16.0, width / len(columns)
    most = max(column.percent for column in columns) or 1
    out = []
    for i, column in enumerate(columns):
        x, high = i * pitch + 4, column.percent / most * (base - top)
        ink = "ochre-text" if column.fill in svg.HATCHED else "petrol"
        middle = x + (pitch - 8) / 2
        out += [
            svg.area(x, base - high, pitch - 8, high, column.fill),
            svg.text(
                middle, base - high - 4, column.value, size=9, fill=ink, anchor="middle", weight=700
            ),
            svg.text(middle, base + 11, column.label, size=9, anchor="middle", weight=600),
            svg.text(middle, base + 21, column.words, fill="soft", anchor="middle"),
        ]
    out.append(svg.line(0, base, width, base, stroke="line"))
    return Drawing(body="".join(out), width=width, height=tall, alt=alt)
