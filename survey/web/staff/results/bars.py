"""How answers to rated statements spread: a bar for each, and their shares as cells of a table.

Steps keep the answer's own label, also where denying is the favourable answer. A bar is a picture
of its own whose words stand beside it in the page: on a phone below the statement, else in a row.
"""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from survey.document import svg
from survey.document.chart import diverging
from survey.document.chart.diverging import Scale, Segment
from survey.document.svg import Drawing, Fill
from survey.language.later import later
from survey.model.snapshots import Part, Rated, SatisfactionSnapshot
from survey.model.wording import Wording
from survey.report.render import charts
from survey.web.staff.results import pictures
from survey.web.staff.results.pictures import Say

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


def drawable(snapshot: SatisfactionSnapshot) -> bool:
    """Whether the scale is one that bars are drawn of."""
    return len(snapshot.codes.get(SCALE, ())) == len(charts.FILLS)


def legend(snapshot: SatisfactionSnapshot, words: Wording) -> tuple[Legend, ...]:
    """The steps of the scale, from "not at all" to "fully"."""
    return tuple(
        Legend(
            picture=pictures.inline(
                Drawing(
                    body=svg.area(0, 0, SWATCH, SWATCH, fill), width=SWATCH, height=SWATCH, alt=""
                ),
                kind="swatch",
            ),
            label=words.scales[SCALE][code],
        )
        for fill, code in zip(charts.FILLS, codes(snapshot), strict=True)
    )


def codes(snapshot: SatisfactionSnapshot) -> tuple[str, ...]:
    """The codes of the scale, from "not at all" to "fully"."""
    return snapshot.codes[SCALE]


def steps(rated: Rated, words: Wording) -> tuple[Step, ...]:
    """The shares of a statement in the order of the scale; empty where they are not shown."""
    return tuple(
        Step(
            label=" / ".join(words.scales[SCALE][code] for code in part.codes),
            percent=part.percent,
            codes=len(part.codes),
        )
        for part in charts.ticked(rated)
    )


def bar(
    rated: Rated, snapshot: SatisfactionSnapshot, room: Scale, shares: Sequence[Step], say: Say
) -> Markup:
    """The bar of a statement, its middle at the same place in all; empty without shares."""
    parts = charts.ticked(rated)
    if not parts:
        return Markup()
    unit = WIDE / (room.left + room.right)
    zero = room.left * unit
    out = [svg.line(zero, 0, zero, diverging.TALL + 6, stroke="ink", width=0.7)]
    x = zero - charts.reach(parts, -1) * unit
    for part in parts:
        wide = part.percent * unit
        if wide:
            piece = Segment(percent=part.percent, fill=_fill(part, snapshot), side=0)
            out.append(diverging.piece(piece, x, 3, wide))
        x += wide
    listed = ", ".join(f"{step.label} {step.percent}" for step in shares)
    alt = say(later("In Prozent: %(shares)s")) % {"shares": listed}
    drawing = Drawing(body="".join(out), width=WIDE, height=diverging.TALL + 6, alt=alt)
    return pictures.inline(drawing, kind="spread")


def _fill(part: Part, snapshot: SatisfactionSnapshot) -> Fill:
    """Of steps put together, the one nearest to the middle: strong is only an end by itself."""
    middle = len(charts.FILLS) // 2
    places = [codes(snapshot).index(code) for code in part.codes]
    return charts.FILLS[min(places, key=lambda place: abs(place - middle))]
