"""How answers to rated statements spread: a bar for each, and their shares as cells of a table.

Steps keep the answer's own label, also where denying is the favourable answer. A bar is a picture
of its own whose words stand beside it in the page: on a phone below the statement, else in a row.
"""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import diverging
from survey.document.chart.diverging import Segment
from survey.document.svg import Drawing, Fill
from survey.language.later import later
from survey.model import rounding
from survey.model.snapshots import Part, Rated, SatisfactionSnapshot
from survey.model.wording import Wording
from survey.web.staff import results_pictures
from survey.web.staff.results_pictures import Say

FILLS: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
SCALE = "agreement"
WIDE = 220.0
SWATCH = 12.0


class Step(Struct, frozen=True, kw_only=True):
    """A share of the answers, in per cent; `codes` of its steps were put together."""

    label: str
    percent: int
    codes: int


class Legend(Struct, frozen=True, kw_only=True):
    """One step of the scale: how it is drawn and what people ticked."""

    picture: Markup
    label: str


class Reach(Struct, frozen=True, kw_only=True):
    """How much of 100 lies on both sides of the middle, the same for all bars of a page."""

    left: int
    right: int


def drawable(snapshot: SatisfactionSnapshot) -> bool:
    """Whether the scale is one that bars are drawn of."""
    return len(snapshot.codes.get(SCALE, ())) == len(FILLS)


def legend(snapshot: SatisfactionSnapshot, words: Wording) -> tuple[Legend, ...]:
    """The steps of the scale, from "not at all" to "fully"."""
    return tuple(
        Legend(
            picture=results_pictures.inline(
                Drawing(
                    body=svg.area(0, 0, SWATCH, SWATCH, fill), width=SWATCH, height=SWATCH, alt=""
                ),
                kind="swatch",
            ),
            label=words.scales[SCALE][code],
        )
        for fill, code in zip(FILLS, codes(snapshot), strict=True)
    )


def codes(snapshot: SatisfactionSnapshot) -> tuple[str, ...]:
    """The codes of the scale, from "not at all" to "fully"."""
    return snapshot.codes[SCALE]


def steps(rated: Rated, snapshot: SatisfactionSnapshot, words: Wording) -> tuple[Step, ...]:
    """The shares of a statement in the order of the scale; empty where they are not shown."""
    return tuple(
        Step(
            label=" / ".join(words.scales[SCALE][code] for code in _in_order(part, snapshot)),
            percent=part.percent,
            codes=len(part.codes),
        )
        for part in _parts(rated, snapshot)
    )


def reach(snapshot: SatisfactionSnapshot) -> Reach:
    """Room for the widest bar on each side, and never so little that a page looks extreme."""
    sides = [_sides(_parts(statement, snapshot), snapshot) for statement in snapshot.rated]
    return Reach(
        left=max([40, *(2 + rounding.whole(left) for left, _ in sides)]),
        right=max([60, *(2 + rounding.whole(right) for _, right in sides)]),
    )


def bar(
    rated: Rated, snapshot: SatisfactionSnapshot, room: Reach, shares: Sequence[Step], say: Say
) -> Markup:
    """The bar of a statement, its middle at the same place in all; empty without shares."""
    parts = _parts(rated, snapshot)
    if not parts:
        return Markup()
    unit = WIDE / (room.left + room.right)
    zero = room.left * unit
    out = [svg.line(zero, 0, zero, diverging.TALL + 6, stroke="ink", width=0.7)]
    x = zero - _sides(parts, snapshot)[0] * unit
    for part in parts:
        wide = part.percent * unit
        if wide:
            piece = Segment(percent=part.percent, fill=_fill(part, snapshot), side=0)
            out.append(diverging.piece(piece, x, 3, wide))
        x += wide
    said = ", ".join(f"{step.label} {step.percent}" for step in shares)
    alt = say(later("In Prozent: %(shares)s")) % {"shares": said}
    drawing = Drawing(body="".join(out), width=WIDE, height=diverging.TALL + 6, alt=alt)
    return results_pictures.inline(drawing, kind="spread")


def _parts(rated: Rated, snapshot: SatisfactionSnapshot) -> list[Part]:
    """In the order of the scale: those of a reversed statement are kept from its other end."""
    return sorted(rated.parts, key=lambda part: min(_places(part, snapshot)))


def _places(part: Part, snapshot: SatisfactionSnapshot) -> list[int]:
    return [codes(snapshot).index(code) for code in part.codes]


def _in_order(part: Part, snapshot: SatisfactionSnapshot) -> list[str]:
    return [codes(snapshot)[place] for place in sorted(_places(part, snapshot))]


def _sides(parts: Sequence[Part], snapshot: SatisfactionSnapshot) -> tuple[float, float]:
    """Per cent on both sides of the middle; what lies astride is halved."""
    middle = len(FILLS) // 2
    left = right = 0.0
    for part in parts:
        places = _places(part, snapshot)
        if max(places) < middle:
            left += part.percent
        elif min(places) > middle:
            right += part.percent
        else:
            left += part.percent / 2
            right += part.percent / 2
    return left, right


def _fill(part: Part, snapshot: SatisfactionSnapshot) -> Fill:
    """Of steps put together, the one nearest to the middle: strong is only an end by itself."""
    middle = len(FILLS) // 2
    return FILLS[min(_places(part, snapshot), key=lambda place: abs(place - middle))]
