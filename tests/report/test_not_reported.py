"""No question drops out of a report without a word: it is reported, or named with the reason."""

from datetime import date
from typing import get_args

import pytest

from survey.form import load
from survey.form.load import Published
from survey.form.options import codes
from survey.form.structure import FULL
from survey.model.answers import Answer, Chosen, OnDay, Quantity, Written
from survey.model.form import Choice, Day, Ladder, Note, Number, Question, Rating, Text
from survey.model.not_reported import NotReported, Reason
from survey.model.snapshots import SatisfactionSnapshot, WithoutCode
from survey.report.measure import kinds
from survey.report.measure.programme_context import ProgrammeContext
from survey.report.render import satisfaction
from survey.report.render.parts.not_reported import REASONS
from tests.form.form_strategies import NAMES, TINY
from tests.report import papers, worlds


def published(name: str) -> Published:
    form = load.form(name, folder=TINY)
    return load.publish(form, load.wordings(name, folder=TINY), FULL)


def answer(question: Question, form: Published, place: int) -> Answer | None:
    match question:
        case Rating() | Choice():
            every = tuple(codes(question, form.form))
            return Chosen(codes=(every[place % len(every)],))
        case Number(least=least) | Ladder(least=least):
            return Quantity(value=least)
        case Day():
            return OnDay(day=date(2026, 11, 22))
        case Text():
            return Written(text="Danke")
        case Note():
            return None


def measured(name: str) -> SatisfactionSnapshot:
    """The form as a wave with codes, and once more as a wave without."""
    form = published(name)
    everybody = []
    for place in range(60):
        given = {q.id: answer(q, form, place) for q in form.form.questions}
        everybody.append({key: said for key, said in given.items() if said is not None})
    rows = worlds.rows(form, everybody)
    context = ProgrammeContext(without_code=(worlds.opened(form, rows, wave_id="k1"),))
    return worlds.published_from(worlds.opened(form, rows), context=context).snapshot


def reported(part: SatisfactionSnapshot | WithoutCode) -> set[str]:
    figures = (*part.rated, *part.grades, *part.declared)
    if isinstance(part, SatisfactionSnapshot):
        figures = (*figures, *part.helps, *part.comments)
    return {figure.question_id for figure in figures}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_reported_or_named(name: str) -> None:
    snapshot = measured(name)
    questions = {q.id for q in published(name).form.questions if not isinstance(q, Note)}
    for part in (snapshot, *snapshot.without_code):
        named = {question.question_id for question in part.not_reported}
        assert reported(part) | named == questions
        assert not reported(part) & named


@pytest.mark.parametrize("name", ["number", "ladder", "day", "choice-many", "rating", "text"])
def test_the_method_chapter_names_it_with_its_reason(name: str) -> None:
    snapshot = measured(name)
    edition = papers.edition("council")
    made = satisfaction.document(snapshot, language="de", edition=edition)
    words = snapshot.wordings["de"].questions
    assert snapshot.without_code[0].not_reported
    for part in (snapshot, *snapshot.without_code):
        for question in part.not_reported:
            label = words[question.question_id].label
            assert f"Nicht berichtet: „{label}“. {REASONS[question.reason]}" in made.html


def test_the_forms_of_this_house_are_reported_whole_as_before() -> None:
    for name in ("satisfaction", "kiosk"):
        form = load.form(name)
        assert kinds.not_reported(form) == ()
    assert kinds.not_reported_without_code(load.form("kiosk")) == ()


def test_helps_and_texts_are_not_reported_of_waves_without_codes() -> None:
    left_out = kinds.not_reported_without_code(load.form("satisfaction"))
    assert {question.reason for question in left_out} == {"without-code"}
    assert NotReported(question_id="g2", reason="without-code") in left_out


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(get_args(Reason))
