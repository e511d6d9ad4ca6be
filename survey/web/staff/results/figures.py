"""A frozen snapshot as rows and pictures of a page: the same figures as on paper, none reckoned.

Every reason for not showing a figure reads alike: telling them apart would help to find it.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from survey.document.chart.diverging import Scale
from survey.language import scripts, tags
from survey.language.later import later
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Declared, Mix, Part, Quote, Rated, SatisfactionSnapshot
from survey.model.wording import Wording
from survey.report.render import charts, notation
from survey.report.render.notation import Notation
from survey.web.staff.results import bars, finding, series, units
from survey.web.staff.results.bars import Legend, Step
from survey.web.staff.results.finding import Finding
from survey.web.staff.results.notation import WrittenFigure, mean, share
from survey.web.staff.results.pictures import Say
from survey.web.staff.results.series import Run
from survey.web.staff.results.units import UnitRows

_MEDIA = {
    "screen": later("am Bildschirm"),
    "kiosk": later("am Gerät im Haus"),
    "paper": later("auf Papier"),
}


class Line(Struct, frozen=True, kw_only=True):
    """A grade, a kind of help or a declared answer with its figure; `more` is a second one.

    `aside` says who gave no valid answer, in per cent of all who were asked.
    """

    label: str
    shown: WrittenFigure
    more: WrittenFigure
    aside: str = ""


class Statement(Struct, frozen=True, kw_only=True):
    """A rated statement.

    Args:
        reversed: denying it is the favourable answer
        bar: how the answers spread; empty where that is not shown
        steps: the same in numbers
        refused, unfitting: share that chose not to say, and whom it does not fit, in words
    """

    label: str
    reversed: bool
    shown: WrittenFigure
    bar: Markup
    steps: tuple[Step, ...]
    refused: str
    unfitting: str


class Chapter(Struct, frozen=True, kw_only=True):
    """One topic: what stands out, its statements, its course and its units."""

    key: str
    title: str
    finding: Finding
    statements: tuple[Statement, ...]
    declared: tuple[Line, ...]
    course: Run | None
    units: UnitRows | None

    @property
    def hides(self) -> bool:
        """Whether a figure is hidden, so that the page explains the sign."""
        shown = [statement.shown for statement in self.statements]
        shown += [declaration.shown for declaration in self.declared]
        shown += [row.shown for row in self.units.rows] if self.units else []
        return not all(figure.value or figure.bounds for figure in shown)


class QuotedText(Struct, frozen=True, kw_only=True):
    """One text, however many people wrote it; `lang` and `dir` go by its letters, Latin ones count
    as German.

    Args:
        translated: of all who wrote it, else of none
    """

    text: str
    lang: str
    direction: str
    translated: bool
    times: int


class Ways(Struct, frozen=True, kw_only=True):
    """How people answered: per cent of `n` by language or by way."""

    kind: str
    n: str
    rows: tuple[tuple[str, str], ...]


class Figures(Struct, frozen=True, kw_only=True):
    """Everything the page shows of a snapshot; `legend` is empty where no bars are drawn."""

    rate: WrittenFigure
    invited: str
    answered: str
    legend: tuple[Legend, ...]
    chapters: tuple[Chapter, ...]
    grades: tuple[Line, ...]
    grade_courses: tuple[tuple[str, Run], ...]
    helps: tuple[Line, ...]
    comments: tuple[tuple[str, tuple[QuotedText, ...]], ...]
    unit_rates: tuple[tuple[str, str, WrittenFigure], ...]
    ways: tuple[Ways, ...]


class _Page(Struct, frozen=True, kw_only=True):
    """What every part of the page is made of."""

    snapshot: SatisfactionSnapshot
    marks: Notation
    words: Wording
    say: Say
    reach: Scale | None


def of(snapshot: SatisfactionSnapshot, language: str, say: Say) -> Figures:
    """The figures of a snapshot in a language; `say` gives the words around them."""
    drawable = bars.drawable(snapshot)
    page = _Page(
        snapshot=snapshot,
        marks=notation.notation(language),
        words=snapshot.wordings[language],
        say=say,
        reach=charts.scale(snapshot.rated) if drawable else None,
    )
    marks, words, response = page.marks, page.words, snapshot.response
    return Figures(
        rate=share(marks, response.rate),
        invited=marks.whole(response.invited),
        answered="" if response.answered is None else marks.whole(response.answered),
        legend=bars.legend(snapshot, words) if drawable else (),
        chapters=tuple(
            _chapter(page, construct, list(group))
            for construct, group in groupby(
                snapshot.rated, key=lambda statement: statement.construct
            )
        ),
        grades=tuple(
            Line(
                label=words.questions[grade.question_id].label,
                shown=mean(marks, grade.mean),
                more=share(marks, grade.favourable),
                aside=_asides(page, grade.refused, grade.not_applicable),
            )
            for grade in snapshot.grades
        ),
        grade_courses=tuple(
            (words.questions[grade.question_id].label, run)
            for grade in snapshot.grades
            if (run := series.of(snapshot, grade.question_id, language, say))
        ),
        helps=tuple(
            Line(
                label=words.questions[need.question_id].label,
                shown=share(marks, need.needed),
                more=share(marks, need.unmet),
                aside=_asides(page, need.refused),
            )
            for need in snapshot.helps
        ),
        comments=tuple(
            (
                words.questions[comments.question_id].label,
                tuple(_said(text, alike) for text, alike in _together(comments.texts).items()),
            )
            for comments in snapshot.comments
        ),
        unit_rates=tuple(
            (unit.label, marks.whole(unit.invited), share(marks, unit.rate))
            for unit in snapshot.units
        ),
        ways=tuple(_ways(mix, marks, language, say) for mix in snapshot.mixes),
    )


def _chapter(page: _Page, construct: str, rated: Sequence[Rated]) -> Chapter:
    snapshot, words = page.snapshot, page.words
    return Chapter(
        key=construct,
        title=words.constructs[construct],
        finding=finding.of(snapshot, construct, rated, page.marks, words),
        statements=tuple(_statement(page, statement) for statement in rated),
        declared=tuple(
            _declared(page, declaration)
            for declaration in snapshot.declared
            if declaration.construct == construct
        ),
        course=series.of(snapshot, construct, words.language, page.say),
        units=units.of(snapshot, construct, page.marks),
    )


def _statement(page: _Page, statement: Rated) -> Statement:
    bar, steps = Markup(), tuple[Step, ...]()
    if page.reach is not None:
        steps = bars.steps(statement, page.words)
        bar = bars.bar(statement, page.snapshot, page.reach, steps, page.say)
    return Statement(
        label=page.words.questions[statement.question_id].label,
        reversed=statement.reversed,
        shown=share(page.marks, statement.favourable),
        bar=bar,
        steps=steps,
        refused=_refused(page, statement.refused),
        unfitting=_refused(page, statement.not_applicable),
    )


def _together(quotes: Sequence[Quote]) -> dict[str, list[Quote]]:
    """Equal texts under one, with single blanks, in the order they came: as the report has them."""
    groups = defaultdict[str, list[Quote]](list)
    for quote in quotes:
        groups[" ".join(quote.text.split())].append(quote)
    return groups


def _said(text: str, alike: Sequence[Quote]) -> QuotedText:
    spoken = scripts.spoken(text)
    return QuotedText(
        text=text,
        lang=spoken.tag if spoken else tags.SOURCE,
        direction=spoken.direction if spoken else "ltr",
        translated=all(quote.translated for quote in alike),
        times=len(alike),
    )


def _asides(page: _Page, *figures: Figure) -> str:
    """Shares of "no answer" and "does not apply" as text; hidden ones are left out."""
    names = (page.words.refused, page.words.not_applicable)
    asides = [(name, _refused(page, figure)) for name, figure in zip(names, figures, strict=False)]
    return " · ".join(f"{name}: {share}" for name, share in asides if share != notation.HIDDEN)


def _refused(page: _Page, figure: Figure | int) -> str:
    """Fewer than three people are only called few; in older reports it is a number of people."""
    if isinstance(figure, int):
        number = page.marks.whole(figure)
        return page.say(later("%(number)s Personen")) % {"number": number}
    if isinstance(figure, Estimate):
        return page.marks.percent(figure.value)
    return page.say(later("wenige")) if figure.low is not None else notation.HIDDEN


def _declared(page: _Page, declaration: Declared) -> Line:
    asked = page.words.questions[declaration.question_id]
    return Line(
        label=f"{asked.label} {page.marks.quoted(asked.options[declaration.code])}",
        shown=share(page.marks, declaration.share),
        more=share(page.marks, declaration.refused),
    )


def _ways(mix: Mix, marks: Notation, language: str, say: Say) -> Ways:
    return Ways(
        kind=mix.kind,
        n=marks.whole(mix.n),
        rows=tuple(
            (_way(mix.kind, part, language, say), marks.percent(part.percent / 100))
            for part in mix.parts
        ),
    )


def _way(kind: str, part: Part, language: str, say: Say) -> str:
    code = part.codes[0]
    if len(part.codes) > 1:
        return say(later("andere zusammen"))
    if kind == "medium":
        return say(_MEDIA[code])
    if code == "de-simple":
        return say(later("Leichte Sprache"))
    names = tags.KNOWN[language].locale.languages
    return str(names.get(tags.KNOWN[code].locale.language, tags.KNOWN[code].endonym))
