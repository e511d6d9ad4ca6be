"""A frozen snapshot as rows and pictures of a page: the same figures as on paper, none reckoned.

The pictures are those of the report (`survey.document.chart`), as images on a light ground. Every
reason for not showing a figure reads alike: telling them apart would help to find it.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from survey.document.chart import diverging
from survey.document.chart.diverging import Bar, Group, Heads, Scale, Segment
from survey.document.svg import Drawing, Fill
from survey.language.later import later
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Part, Rated, Snapshot, UnitTable
from survey.model.wording import Wording
from survey.report import notation
from survey.report.notation import Notation

FILLS: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
Say = Callable[[str], str]


class Shown(Struct, frozen=True, kw_only=True):
    """A figure in words: `value` and `span` empty where nothing is shown, then `bounds` may be."""

    value: str
    span: str
    n: str
    bounds: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """A statement, grade or kind of help with its figure; `more` is a second one."""

    label: str
    shown: Shown
    more: Shown | None = None
    reversed: bool = False


class UnitRows(Struct, frozen=True, kw_only=True):
    """One topic by unit, in the order of the units, which is no ranking."""

    whole: Shown
    rows: tuple[tuple[str, Shown], ...]


class Chapter(Struct, frozen=True, kw_only=True):
    """One topic: its picture, the table to it, and the units."""

    key: str
    title: str
    topic: Shown | None
    chart: Markup
    lines: tuple[Line, ...]
    units: UnitRows | None


class Figures(Struct, frozen=True, kw_only=True):
    """Everything the page shows of a snapshot."""

    rate: Shown
    invited: str
    answered: str
    chapters: tuple[Chapter, ...]
    grades: tuple[Line, ...]
    helps: tuple[Line, ...]
    remarks: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    unit_rates: tuple[tuple[str, str, Shown], ...]


def of(snapshot: Snapshot, language: str, say: Say) -> Figures:
    """The figures of a snapshot in a language; `say` gives the words around them."""
    marks, words = notation.notation(language), snapshot.wordings[language]
    response = snapshot.response
    return Figures(
        rate=_share(marks, response.rate),
        invited=marks.whole(response.invited),
        answered="" if response.answered is None else marks.whole(response.answered),
        chapters=tuple(
            _chapter(snapshot, construct, list(group), marks, words, say)
            for construct, group in groupby(snapshot.rated, key=lambda each: each.construct)
        ),
        grades=tuple(
            Line(
                label=words.questions[each.question_id].label,
                shown=_mean(marks, each.mean),
                more=_share(marks, each.favourable),
            )
            for each in snapshot.grades
        ),
        helps=tuple(
            Line(
                label=words.questions[each.question_id].label,
                shown=_share(marks, each.needed),
                more=_share(marks, each.unmet),
            )
            for each in snapshot.helps
        ),
        remarks=tuple(
            (
                words.questions[each.question_id].label,
                tuple((quote.text, quote.translated) for quote in each.texts),
            )
            for each in snapshot.remarks
        ),
        unit_rates=tuple(
            (unit.label, marks.whole(unit.invited), _share(marks, unit.rate))
            for unit in snapshot.units
        ),
    )


def _chapter(
    snapshot: Snapshot,
    construct: str,
    rated: Sequence[Rated],
    marks: Notation,
    words: Wording,
    say: Say,
) -> Chapter:
    topic = next((each for each in snapshot.topics if each.construct == construct), None)
    units = next(
        (each for each in snapshot.by_unit if each.kind == "topic" and each.subject == construct),
        None,
    )
    lines = tuple(
        Line(
            label=words.questions[each.question_id].label,
            shown=_share(marks, each.favourable),
            more=_share(marks, each.refused),
            reversed=each.reversed,
        )
        for each in rated
    )
    return Chapter(
        key=construct,
        title=words.constructs[construct],
        topic=_share(marks, topic.favourable) if topic and topic.statements > 1 else None,
        chart=_chart(snapshot, rated, lines, words, say),
        lines=lines,
        units=_units(snapshot, units, marks) if units else None,
    )


def _units(snapshot: Snapshot, table: UnitTable, marks: Notation) -> UnitRows:
    labels = {unit.unit_id: unit.label for unit in snapshot.units}
    return UnitRows(
        whole=_share(marks, table.whole),
        rows=tuple((labels[row.unit_id], _share(marks, row.favourable)) for row in table.rows),
    )


def _chart(
    snapshot: Snapshot, rated: Sequence[Rated], lines: Sequence[Line], words: Wording, say: Say
) -> Markup:
    scale = snapshot.codes.get("agreement", ())
    if len(scale) != len(FILLS):
        return Markup()
    bars = tuple(_bar(each, line, say) for each, line in zip(rated, lines, strict=True))
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
    drawing = diverging.draw(
        [Group(heading="", bars=bars)],
        heads=heads,
        scale=Scale(left=_reach(snapshot.rated, -1, 40), right=_reach(snapshot.rated, 1, 60)),
        alt=f"{say(later('Günstige Antworten:'))} {said}",
    )
    return _image(drawing)


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


def _image(drawing: Drawing) -> Markup:
    box = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    # Measured for Source Sans 3, which an image cannot load: others are set as small as it is.
    family = 'font-family="system-ui, sans-serif" font-size-adjust="0.47"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} {family}>'
    source = b64encode(f"{head}{drawing.body}</svg>".encode()).decode()
    return Markup(
        '<img class="chart" width="{}" height="{}" alt="{}" src="data:image/svg+xml;base64,{}">'
    ).format(round(drawing.width * 1.6), round(drawing.height * 1.6), drawing.alt, source)


def _share(marks: Notation, figure: Figure) -> Shown:
    if not isinstance(figure, Estimate):
        return Shown(value="", span="", n="", bounds=marks.bounds(figure) or "")
    return Shown(
        value=marks.percent(figure.value), span=marks.interval(figure), n=marks.whole(figure.n)
    )


def _mean(marks: Notation, figure: Figure) -> Shown:
    if not isinstance(figure, Estimate):
        return Shown(value="", span="", n="")
    return Shown(
        value=marks.decimal(figure.value),
        span=marks.mean_interval(figure),
        n=marks.whole(figure.n),
    )
