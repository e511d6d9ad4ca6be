"""Pictures of the results page: those of the report, in the page's colours and type.

They stand in the page itself, so that they follow dark and light. Any typeface of the machine sets
them: every text is given the width it was measured with, which keeps it off its neighbours.
"""

import re
from collections.abc import Callable, Sequence
from html import unescape

from markupsafe import Markup
from msgspec import Struct

from survey.document import colours, typeface
from survey.document.chart import diverging, trend
from survey.document.chart.diverging import Bar, Group, Heads, Scale, Segment
from survey.document.svg import Drawing, Fill
from survey.language.later import later
from survey.model.estimates import Estimate
from survey.model.snapshots import Part, Rated, Snapshot
from survey.model.wording import Wording
from survey.report.course import Course
from survey.web.staff.results_notation import Line

FILLS: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
Say = Callable[[str], str]


class Words(Struct, frozen=True, kw_only=True):
    """What a course is labelled with: two lines a wave, a word a break, and what is hidden."""

    waves: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    cuts: dict[int, tuple[str, ...]]
    hidden: str
    alt: str


def bars(
    snapshot: Snapshot, rated: Sequence[Rated], lines: Sequence[Line], words: Wording, say: Say
) -> Markup:
    """How answers spread, a bar for every statement; empty for a scale of another kind."""
    scale = snapshot.codes.get("agreement", ())
    if len(scale) != len(FILLS):
        return Markup()
    legend = tuple(zip(FILLS, (words.scales["agreement"][code] for code in scale), strict=True))
    heads = Heads(
        legend=legend,
        left=say(later("ungünstig")),
        right=say(later("günstig")),
        value=say(later("günstig")),
        interval=say(later("95-%-Intervall")),
        aside=(say(later("möchte ich")), say(later("nicht sagen"))),
    )
    said = "; ".join(f"{line.label} {line.shown.value} {line.shown.span}".strip() for line in lines)
    drawn = tuple(_bar(each, line, say) for each, line in zip(rated, lines, strict=True))
    return _inline(
        diverging.draw(
            [Group(heading="", bars=drawn)],
            heads=heads,
            scale=Scale(left=_reach(snapshot.rated, -1, 40), right=_reach(snapshot.rated, 1, 60)),
            alt=f"{say(later('Günstige Antworten:'))} {said}",
        )
    )


def course(given: Course, words: Words) -> Markup:
    """One figure over the waves; a grade is turned, so that better is always higher."""
    points, graded = given.series.points, given.series.kind == "grade"
    turn = -1 if graded else 1
    shown: dict[int, trend.Point] = {}
    for place, point in enumerate(points):
        if isinstance(figure := point.figure, Estimate):
            ends = sorted((turn * figure.low, turn * figure.high))
            after = points[place + 1].figure if place + 1 < len(points) else None
            shown[place] = trend.Point(
                at=place,
                value=turn * figure.value,
                low=ends[0],
                high=ends[1],
                label=words.labels[place],
                below=isinstance(after, Estimate) and turn * after.value > turn * figure.value,
            )
    shares, grades = ((0, "0"), (0.5, "50"), (1, "100")), ((-6, "6"), (-3.5, ""), (-1, "1"))
    return _inline(
        trend.draw(
            [[shown[place] for place in segment] for segment in given.segments],
            axis=trend.Axis(ticks=grades if graded else shares, waves=words.waves),
            gaps=[
                trend.Gap(at=place, words=words.hidden)
                for place in range(len(points))
                if place not in shown
            ],
            cuts=[trend.Cut(before=place, words=said) for place, said in words.cuts.items()],
            alt=words.alt,
        ),
        kind="course",
    )


def _bar(rated: Rated, line: Line, say: Say) -> Bar:
    shown = bool(line.shown.value)
    refused = rated.refused
    return Bar(
        label=line.label,
        note=f"n = {line.shown.n}" if line.shown.n else "",
        segments=tuple(
            Segment(percent=part.percent, fill=_fill(part, rated.parts), side=part.side)
            for part in rated.parts
        ),
        value=line.shown.value or line.shown.bounds or "–",
        span=line.shown.span,
        aside=round(100 * refused.value) if isinstance(refused, Estimate) else None,
        aside_text=line.more.value if line.more else "",
        message="" if rated.parts else say(later("nicht gezeigt")),
        shown=shown,
    )


def _fill(part: Part, parts: Sequence[Part]) -> Fill:
    """Strong only for the end of the scale by itself."""
    alone = len(part.codes) == 1 and part is (parts[0] if part.side < 0 else parts[-1])
    if part.side < 0:
        return "worst" if alone else "bad"
    if part.side > 0:
        return "best" if alone else "good"
    return "neutral"


def _reach(rated: Sequence[Rated], side: int, least: int) -> int:
    """Room for the widest bar on one side, the same in all pictures of the page."""
    widest = [
        sum(p.percent for p in each.parts if p.side == side)
        + sum(p.percent / 2 for p in each.parts if p.side == 0)
        for each in rated
    ]
    return max(least, 2 + round(max(widest, default=0)))


_TEXT = re.compile(
    r'<text (?P<place>x="[^"]*" y="[^"]*") font-size="(?P<size>[\d.]+)" fill="(?P<fill>[^"]+)" '
    r'text-anchor="(?P<anchor>\w+)" font-weight="(?P<weight>\d+)">(?P<words>[^<]*)</text>'
)
_COLOUR = re.compile(r'(fill|stroke)="(#[0-9A-F]{6})"')


def _inline(drawing: Drawing, *, kind: str = "bars") -> Markup:
    """The picture as part of the page, its colours by the names that the style sheet gives them."""
    # Our own drawing, whose words `survey.document.svg` has escaped.
    body = Markup(_COLOUR.sub(_named, _TEXT.sub(_fitted, drawing.body)))  # noqa: S704
    return Markup(
        '<svg class="chart {}" width="{}" height="{}" viewBox="0 0 {} {}" role="img" '
        'aria-label="{}">{}</svg>'
    ).format(
        kind,
        round(drawing.width * 1.6),
        round(drawing.height * 1.6),
        f"{drawing.width:g}",
        f"{drawing.height:g}",
        drawing.alt,
        body,
    )


def _fitted(found: re.Match[str]) -> str:
    words, size, weight = unescape(found["words"]), float(found["size"]), int(found["weight"])
    fill = "var(--petrol-on)" if found["fill"] == "#FFFFFF" else found["fill"]
    wide = typeface.width(words, size, face="semibold" if weight >= 600 else "sans")
    fit = f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"' if len(words) > 1 else ""
    return (
        f'<text {found["place"]} font-size="{size:g}" fill="{fill}" '
        f'text-anchor="{found["anchor"]}" font-weight="{weight}"{fit}>{found["words"]}</text>'
    )


def _named(found: re.Match[str]) -> str:
    names = {code: name for name, code in reversed(colours.light().items())}
    return f'{found[1]}="var(--{names[found[2]]})"'
