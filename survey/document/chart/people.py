"""People and answers as quantities one can see: a hundred signs, those who took part."""

from typing import TypeAlias

from survey.document import svg
from survey.document.svg import Drawing

Signs: TypeAlias = tuple[int, int, int]


def hundred(signs: Signs, *, alt: str, cell: float = 33.5) -> Drawing:
    """A hundred signs for a hundred answers: disc agrees, ring is between, cross disagrees."""
    kinds = [kind for kind, often in enumerate(signs) for _ in range(often)]
    out = [
        _sign(kind, (i % 10 + 0.5) * cell, (i // 10 + 0.5) * cell) for i, kind in enumerate(kinds)
    ]
    return Drawing(body="".join(out), width=10 * cell, height=10 * cell, alt=alt)


def _sign(kind: int, x: float, y: float) -> str:
    if kind == 0:
        return svg.disc(x, y, 11, fill="petrol")
    if kind == 1:
        return svg.disc(x, y, 9.6, fill="white", stroke="petrol-mid", thick=2.6)
    cross = f"M{x - 7:.1f},{y - 7:.1f}l14,14m0,-14l-14,14"
    return (
        f'<path d="{cross}" fill="none" stroke="{svg.colour("ochre")}" stroke-width="3.2" '
        'stroke-linecap="round"/>'
    )


def taking_part(
    answered: int, invited: int, *, words: tuple[str, str, str], alt: str, width: float = 317
) -> Drawing:
    """Those who answered as a part of those invited; `words` for answered, the rest, invited."""
    part = answered / invited * width
    out = [
        svg.rectangle(0.3, 4.3, width - 0.6, 11.4, fill="white", stroke="line", thick=0.6),
        svg.rectangle(0, 4, part, 12, fill="petrol"),
        svg.text(0, 28, words[0], size=9, fill="petrol", weight=600),
        svg.text(width, 28, words[1], size=9, fill="soft", anchor="end"),
        svg.text(width - 6, 13.2, words[2], fill="soft", anchor="end"),
    ]
    return Drawing(body="".join(out), width=width, height=32, alt=alt)
