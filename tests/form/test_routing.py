"""Whatever is answered: the path ends, shows nothing beside it, and back undoes forward."""

import pytest
from hypothesis import given

from survey.form import conditions, routing
from survey.model.answers import Chosen, Declined, Quantity
from survey.model.form import Note
from tests.form.form_strategies import answered


def after(form, answers, question):
    """The next question, None behind the last."""
    found = routing.step(form, answers, question.id).after
    return next((each for each in form.questions if each.id == found), None)


@given(answered())
def test_going_on_from_the_first_question_ends_and_sees_the_whole_path_once(case):
    form, answers = case
    seen = []
    question = routing.route(form, answers)[0]
    while question is not None:
        seen.append(question)
        assert len(seen) <= len(form.questions)
        question = after(form, answers, question)
    assert seen == routing.route(form, answers)


@given(answered())
def test_answering_while_going_never_shows_a_question_off_the_path(case):
    form, future = case
    answers, question = {}, form.questions[0]
    while question is not None:
        holds = question.shown_if is None or conditions.holds(
            question.shown_if, routing.kept(form, answers)
        )
        assert holds
        if question.id in future:
            answers[question.id] = future[question.id]
        question = after(form, answers, question)


@given(answered())
def test_back_undoes_forward(case):
    form, answers = case
    route = routing.route(form, answers)
    assert routing.step(form, answers, route[0].id).before == ""
    for question in route[:-1]:
        following = after(form, answers, question)
        assert routing.step(form, answers, following.id).before == question.id


@given(answered())
def test_the_number_above_a_question_never_falls_and_ends_at_the_total(case):
    form, answers = case
    places = [
        routing.step(form, answers, question.id).place for question in routing.route(form, answers)
    ]
    numbers = [place.number for place in places]
    assert numbers == sorted(numbers)
    assert {place.total for place in places} == {numbers[-1]}


@given(answered())
def test_what_counts_are_the_answers_on_the_path_and_counting_again_changes_nothing(case):
    form, answers = case
    kept = routing.kept(form, answers)
    assert set(kept) <= {question.id for question in routing.route(form, answers)}
    assert routing.kept(form, kept) == kept
    assert routing.route(form, kept) == routing.route(form, answers)


@given(answered())
def test_a_person_who_comes_back_goes_on_behind_her_last_answer(case):
    form, answers = case
    open_question = routing.next_open(form, answers, answers)
    asked = [q for q in routing.route(form, answers) if not isinstance(q, Note)]
    behind = asked[asked.index(open_question) :] if open_question else []
    assert not any(question.id in answers for question in behind)
    assert open_question is not None or asked[-1].id in answers


def test_nobody_who_starts_has_anything_behind_her(tiny):
    assert routing.next_open(tiny("chain"), {}, ()).id == "c1"


def test_what_was_passed_over_is_behind_as_well(tiny):
    assert routing.next_open(tiny("chain"), {}, {"c1"}).id == "n1"


@given(answered())
def test_answers_that_must_not_be_known_change_no_path(case):
    form, answers = case
    elsewhere = set(answers)
    shown = routing.route(form, {}, elsewhere)
    assert {q.id for q in routing.route(form, answers)} <= {q.id for q in shown}
    others = {q.id: Declined() for q in form.questions if q.id in elsewhere}
    assert {q.id for q in routing.route(form, others)} <= {q.id for q in shown}


@pytest.mark.parametrize(
    ("name", "own", "hidden", "asked"),
    [
        ("any-of", {}, {"c1"}, True),
        ("any-of", {"c1": Chosen(codes=("no",))}, set(), False),
        ("between", {}, {"t1"}, True),
        ("between", {"t1": Quantity(value=9)}, set(), False),
        ("not", {}, {"c1"}, True),
        ("not", {"c1": Chosen(codes=("yes",))}, set(), False),
        ("all", {}, {"c1", "t1"}, True),
        ("all", {"t1": Declined()}, {"c1"}, False),
        ("either", {}, {"t1"}, True),
    ],
)
def test_a_question_that_may_follow_is_shown_where_it_is_not_known(tiny, name, own, hidden, asked):
    assert ("d1" in [q.id for q in routing.route(tiny(name), own, hidden)]) is asked


def test_what_was_not_asked_here_decides_nothing_elsewhere(tiny):
    own = {"c1": Chosen(codes=("never",))}
    assert [q.id for q in routing.route(tiny("chain"), own, {"c2"})] == ["c1", "n1"]


def test_a_changed_answer_takes_what_followed_from_it_off_the_path(tiny):
    yes, never = Chosen(codes=("yes",)), Chosen(codes=("never",))
    form = tiny("chain")
    assert [q.id for q in routing.route(form, {"c1": yes, "c2": yes, "c3": yes})] == [
        "c1",
        "c2",
        "c3",
    ]
    changed = {"c1": never, "c2": yes, "c3": yes}
    assert [q.id for q in routing.route(form, changed)] == ["c1", "n1"]
    assert routing.kept(form, changed) == {"c1": never}
    assert routing.step(form, changed, "c2") is None


@pytest.mark.parametrize(
    ("name", "there", "step", "asked"),
    [
        ("any-of", "yes", 1, True),
        ("any-of", "never", 3, False),
        ("between", "never", 2, True),
        ("between", "never", 4, True),
        ("between", "yes", 5, False),
        ("all", "yes", 3, True),
        ("all", "yes", 1, False),
        ("all", "never", 3, False),
        ("either", "never", 3, True),
        ("either", "yes", 5, True),
        ("either", "never", 5, False),
        ("not", "never", 1, True),
        ("not", "yes", 1, False),
    ],
)
def test_each_kind_of_condition_decides(tiny, name, there, step, asked):
    answers = {"c1": Chosen(codes=(there,)), "t1": Quantity(value=step)}
    assert ("d1" in [question.id for question in routing.route(tiny(name), answers)]) is asked


@pytest.mark.parametrize("answers", [{}, {"c1": Declined(), "t1": Declined()}])
def test_who_declines_fulfils_no_condition_but_a_negative_one(tiny, answers):
    for name in ("any-of", "between", "all", "either"):
        assert routing.step(tiny(name), answers, "d1") is None
    assert routing.step(tiny("not"), answers, "d1") is not None


def test_a_note_is_shown_but_not_counted(tiny):
    form = tiny("note")
    assert [question.id for question in routing.route(form, {})] == ["i1", "n1"]
    assert (
        routing.step(form, {}, "i1").place
        == routing.step(form, {}, "n1").place
        == routing.Place(number=1, total=1)
    )


def test_the_short_form_has_twenty_questions_for_everybody(satisfaction):
    assert routing.step(satisfaction.form, {}, "k1").place == routing.Place(number=1, total=20)
    assert routing.step(satisfaction.form, {}, "g3").place == routing.Place(number=20, total=20)
