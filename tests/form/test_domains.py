import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.form import domains, encode, read
from survey.language import tags
from survey.model.answers import Chosen, Declined, NotApplicable, Written
from survey.model.form import Note, Text
from tests.form.form_strategies import FORMS, answered

LEVELS = ["anonymous", "linked", "released"]


def names(form, level):
    return [domain.name for domain in domains.domains(form, level)]


def longest(form, level, name):
    [found] = [each for each in domains.domains(form, level) if each.name == name]
    return encode.longest(domains.questions(form, found), form)


@pytest.mark.parametrize("level", ["anonymous", "linked"])
def test_what_is_sensitive_and_the_circumstances_are_kept_apart_at_every_level(tiny, level):
    assert names(tiny("domains"), level) == ["main", "sensitive", "both", "circumstances"]


def test_what_may_be_released_is_kept_apart_at_level_released(tiny):
    form = tiny("domains")
    assert names(form, "released") == ["main", "shown", "sensitive", "both", "circumstances"]
    main = domains.domains(form, "released")[0]
    assert main.blocks == ("first", "second")


def test_sensitive_domains_are_marked(tiny):
    sensitive = [d.name for d in domains.domains(tiny("domains"), "released") if d.sensitive]
    assert sensitive == ["sensitive", "both", "circumstances"]


def test_the_satisfaction_form_keeps_health_and_discrimination_apart(satisfaction):
    assert names(satisfaction.form, "linked") == ["main", "health", "circumstances"]
    assert names(FORMS["satisfaction"], "linked") == [
        "main",
        "discrimination",
        "health",
        "circumstances",
    ]


def test_grade_contact_respect_and_alliance_can_never_be_released():
    form = FORMS["satisfaction"]
    releasable = {block.id for block in form.blocks if block.releasable}
    assert releasable == {"benefits", "plan", "help", "health", "next"}
    never = [q.id for q in form.questions if q.id[0] in "gkwv"]
    assert {q.block for q in form.questions if q.id in never}.isdisjoint(releasable)


@given(answered(), st.sampled_from(LEVELS))
def test_every_answer_lies_in_one_domain_and_words_in_none(case, level):
    form, answers = case
    parts = domains.split(form, level, answers)
    together = [each for part in parts.values() for each in part]
    assert len(together) == len(set(together))
    kinds = {question.id: question for question in form.questions}
    assert not any(isinstance(kinds[each], Text | Note) for each in together)
    assert not any(isinstance(said, Written) for part in parts.values() for said in part.values())


@given(answered(), st.sampled_from(LEVELS))
def test_every_submission_has_the_same_domains_and_none_is_longer_than_its_bound(case, level):
    form, answers = case
    parts = domains.split(form, level, answers)
    assert list(parts) == names(form, level)
    for domain, part in parts.items():
        encoded = encode.encode(part)
        assert encode.decode(encoded) == part
        assert len(encoded) <= longest(form, level, domain)


def test_what_is_off_the_path_is_not_kept(tiny):
    answers = {"c1": Chosen(codes=("never",)), "c2": Chosen(codes=("yes",))}
    assert domains.split(tiny("chain"), "linked", answers)["main"] == {"c1": answers["c1"]}


def test_circumstances_are_kept_like_answers_of_their_own(satisfaction):
    how = {"language": Chosen(codes=("ar",)), "medium": Chosen(codes=("screen",))}
    parts = domains.split(satisfaction.form, "linked", {"w1": Chosen(codes=("5",))}, how)
    assert parts["circumstances"] == how
    assert parts["main"] == {"w1": Chosen(codes=("5",))}
    assert domains.HOW[0].options == tuple(tags.KNOWN)


@given(st.data())
def test_the_longest_answers_fit_the_bound_of_the_short_form(data):
    form = FORMS["satisfaction"]
    answers = {}
    for question in form.questions:
        posted = data.draw(
            st.sampled_from(
                ["5", "6", "not_needed", "did_not_happen", "_declined", "_not_applicable"]
            )
        )
        answer = read.answer(question, form, {question.id: [posted]})
        if isinstance(answer, Chosen | Declined | NotApplicable):
            answers[question.id] = answer
    for domain, part in domains.split(form, "released", answers).items():
        assert len(encode.encode(part)) <= longest(form, "released", domain)


def test_a_text_box_is_measured_in_bytes(tiny):
    assert encode.longest_text(tiny("text")) == 80
    assert encode.longest_text(tiny("rating")) == 0
    for character in ("x", "я", "አ", "😀"):
        whole = {"x1": Written(text=character * 20, quotable=True)}
        assert len(encode.encode(whole)) <= encode.longest(tiny("text").questions, tiny("text"))
