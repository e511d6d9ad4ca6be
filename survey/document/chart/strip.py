"""One estimate as a dark point on its interval, small enough for a table's cell or a key figure."""

from collections.abc import Sequence

from survey.document import svg
from survey.document.svg import Drawing

TALL = 13.0


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
    before: float | None = None,
    target: float | None = None,
) -> Drawing:
    """One estimate as a dark point on its interval; rows of strips line up by their ticks.

    Args:
        before: the same figure a wave earlier, a hollow triangle above
        target: what the figure is compared with, a petrol upright behind it
    """

    def at(x: float) -> float:
        return 2 + (x - least) / (most - least) * (width - 4)

    middle = TALL / 2 + 0.5
    out = [svg.line(at(tick), 0, at(tick), TALL, stroke="hair") for tick in ticks]
    if not ticks:
        out += [
            svg.line(at(least), middle, at(most), middle, stroke="line", width=0.6),
            *(
                svg.line(at(end), middle - 3, at(end), middle + 3, stroke="line", width=0.6)
                for end in (least, most)
            ),
        ]
    if target is not None:
        out.append(svg.line(at(target), 0, at(target), TALL, stroke="petrol", width=1))
    out.append(svg.line(at(low), middle, at(high), middle, stroke="petrol-mid", width=6.5))
    if before is not None:
        x = at(before)
        spots = [(x - 2.4, 0.4), (x + 2.4, 0.4), (x, 4)]
        out.append(svg.path(spots, stroke="soft", width=0.8, fill="white", closed=True))
    out.append(svg.disc(at(value), middle, 2.1, fill="ink"))
    return Drawing(body="".join(out), width=width, height=TALL, alt=alt)


def axis(labels: Sequence[tuple[float, str]], *, alt: str, width: float) -> Drawing:
    """The numbers above a column of strips, from the first at its left end to the last."""
    least, most = labels[0][0], labels[-1][0]
    drawn = [
        svg.text(2 + (x - least) / (most - least) * (width - 4), 8, words, fill="soft", anchor=side)
        for (x, words), side in zip(labels, _sides(len(labels)), strict=True)
    ]
    return Drawing(body="".join(drawn), width=width, height=11, alt=alt)


def _sides(count: int) -> list[svg.Anchor]:
    return ["start", *["middle"] * (count - 2), "end"]  # type: ignore[list-item]


def veiled(*, alt: str, width: float, ticks: Sequence[float]) -> Drawing:
    """The place of a strip whose figure is not shown, the same for every reason."""
    out = [svg.line(2 + tick * (width - 4), 0, 2 + tick * (width - 4), TALL) for tick in ticks]
    out.append(svg.area(2, TALL / 2 - 2.75, width - 4, 6.5, "veil"))
    return Drawing(body="".join(out), width=width, height=TALL, alt=alt)
