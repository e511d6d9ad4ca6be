"""A frozen snapshot as rows and pictures of a page: the same figures as on paper, none reckoned.

Every reason for not showing a figure reads alike: telling them apart would help to find it.
"""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from survey.language import tags
from survey.language.later import later
from survey.model.snapshots import Declared, Mix, Part, Rated, Snapshot, UnitTable
from survey.model.wording import Wording
from survey.report import notation
from survey.report.notation import Notation
from survey.web.staff import results_course, results_pictures
from survey.web.staff.results_course import Run
from survey.web.staff.results_notation import Line, Shown, mean, share
from survey.web.staff.results_pictures import Say

_MEDIA = {
    "screen": later("am Bildschirm"),
    "kiosk": later("am Gerät im Haus"),
    "paper": later("auf Papier"),
}


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
    declared: tuple[Line, ...]
    course: Run | None
    units: UnitRows | None


class Ways(Struct, frozen=True, kw_only=True):
    """How people answered: per cent of `n` by language or by way."""

    kind: str
    n: str
    rows: tuple[tuple[str, str], ...]


class Figures(Struct, frozen=True, kw_only=True):
    """Everything the page shows of a snapshot."""

    rate: Shown
    invited: str
    answered: str
    chapters: tuple[Chapter, ...]
    grades: tuple[Line, ...]
    grade_courses: tuple[tuple[str, Run], ...]
    helps: tuple[Line, ...]
    remarks: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    unit_rates: tuple[tuple[str, str, Shown], ...]
    ways: tuple[Ways, ...]


def of(snapshot: Snapshot, language: str, say: Say) -> Figures:
    """The figures of a snapshot in a language; `say` gives the words around them."""
    marks, words = notation.notation(language), snapshot.wordings[language]
    response = snapshot.response
    return Figures(
        rate=share(marks, response.rate),
        invited=marks.whole(response.invited),
        answered="" if response.answered is None else marks.whole(response.answered),
        chapters=tuple(
            _chapter(snapshot, construct, list(group), marks, words, say)
            for construct, group in groupby(snapshot.rated, key=lambda each: each.construct)
        ),
        grades=tuple(
            Line(
                label=words.questions[each.question_id].label,
                shown=mean(marks, each.mean),
                more=share(marks, each.favourable),
            )
            for each in snapshot.grades
        ),
        grade_courses=tuple(
            (words.questions[each.question_id].label, run)
            for each in snapshot.grades
            if (run := results_course.of(snapshot, each.question_id, language, say))
        ),
        helps=tuple(
            Line(
                label=words.questions[each.question_id].label,
                shown=share(marks, each.needed),
                more=share(marks, each.unmet),
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
            (unit.label, marks.whole(unit.invited), share(marks, unit.rate))
            for unit in snapshot.units
        ),
        ways=tuple(_ways(mix, marks, language, say) for mix in snapshot.mixes),
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
            shown=share(marks, each.favourable),
            more=share(marks, each.refused),
            reversed=each.reversed,
        )
        for each in rated
    )
    return Chapter(
        key=construct,
        title=words.constructs[construct],
        topic=share(marks, topic.favourable) if topic and topic.statements > 1 else None,
        chart=results_pictures.bars(snapshot, rated, lines, words, say),
        lines=lines,
        declared=tuple(
            _declared(each, marks, words)
            for each in snapshot.declared
            if each.construct == construct
        ),
        course=results_course.of(snapshot, construct, words.language, say),
        units=_units(snapshot, units, marks) if units else None,
    )


def _units(snapshot: Snapshot, table: UnitTable, marks: Notation) -> UnitRows:
    labels = {unit.unit_id: unit.label for unit in snapshot.units}
    return UnitRows(
        whole=share(marks, table.whole),
        rows=tuple((labels[row.unit_id], share(marks, row.favourable)) for row in table.rows),
    )


def _declared(each: Declared, marks: Notation, words: Wording) -> Line:
    asked = words.questions[each.question_id]
    return Line(
        label=f"{asked.label} {marks.quoted(asked.options[each.code])}",
        shown=share(marks, each.share),
        more=share(marks, each.refused),
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
