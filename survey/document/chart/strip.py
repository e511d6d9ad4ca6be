"""One estimate as a dark point on its interval, small enough for a table's cell or a key figure."""

from collections.abc import Sequence

from survey.document import svg
from survey.document.svg import Drawing


def draw(
    value: float,
    low: float,
    high: float,
    *,
    least: float,
    most: float,
    alt: str,
    width: float = 112,
    ticks: Sequence[float] = (),
) -> Drawing:
    """One estimate as a dark point on its interval; rows of strips line up by their ticks."""

    def at(x: float) -> float:
        return 2 + (x - least) / (most - least) * (width - 4)

    tall = 15.0
    out = [svg.line(at(tick), 0, at(tick), tall, stroke="hair") for tick in ticks]
    if not ticks:
        out += [
            svg.line(at(least), 8, at(most), 8, stroke="line", width=0.6),
            svg.line(at(least), 5, at(least), 11, stroke="line", width=0.6),
            svg.line(at(most), 5, at(most), 11, stroke="line", width=0.6),
        ]
    out += [
        svg.line(at(low), 8, at(high), 8, stroke="petrol-mid", width=6.5),
        svg.disc(at(value), 8, 2.1, fill="ink"),
    ]
    return Drawing(body="".join(out), width=width, height=tall, alt=alt)
