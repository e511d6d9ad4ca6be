"""Answers become columns: one place per code, and below nought what is no code."""

import pytest

from survey.form import load
from survey.model.answers import Chosen, Declined, NotApplicable
from survey.report.measure import columns
from survey.report.measure.columns import MISSING, NOT_APPLICABLE, NOT_ASKED, REFUSED, DomainAnswers
from tests.form.form_strategies import TINY

YES, NEVER = Chosen(codes=("yes",)), Chosen(codes=("never",))


def read(name, *answers, units=("north", "south"), unit_id="south"):
    form = load.form(name, folder=TINY)
    rows = [
        DomainAnswers(member=bytes([place]), unit_id=unit_id, cell="all", answers=each)
        for place, each in enumerate(answers)
    ]
    return columns.read(form, form.questions, rows, units)


def test_each_code_has_its_place_and_what_is_no_code_a_number_below_nought():
    said = [Chosen(codes=("1",)), Chosen(codes=("3",)), Declined(), NotApplicable()]
    column = read("rating", *({"r1": each} for each in said), {}).by_question["r1"]
    assert column.tolist() == [0, 2, REFUSED, NOT_APPLICABLE, MISSING]


def test_who_was_not_asked_is_not_missing():
    found = read("chain", {"c1": YES}, {"c1": NEVER}, {"c1": YES, "c2": YES})
    assert found.by_question["c2"].tolist() == [MISSING, NOT_ASKED, 0]
    assert found.by_question["c3"].tolist() == [NOT_ASKED, NOT_ASKED, MISSING]


def test_an_answer_off_the_path_does_not_count():
    assert read("chain", {"c1": NEVER, "c2": YES, "c3": YES}).by_question["c3"].tolist() == [
        NOT_ASKED
    ]


@pytest.mark.parametrize("name", ["choice-many", "number", "day", "ladder", "text"])
def test_what_one_code_does_not_answer_has_no_column(name):
    assert set(read(name, {}).by_question) <= {"r1"}


@pytest.mark.parametrize(("unit_id", "place"), [("north", 0), ("south", 1), ("gone", -1)])
def test_a_sheet_is_counted_in_its_unit_or_in_none(unit_id, place):
    assert read("rating", {}, unit_id=unit_id).units.tolist() == [place]


def test_no_sheets_give_empty_columns():
    found = read("rating")
    assert (len(found), found.by_question["r1"].tolist()) == (0, [])
