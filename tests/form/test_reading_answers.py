from datetime import date
from typing import get_args

import pytest

from survey import paths
from survey.form import options, read
from survey.model.answers import Chosen, Declined, NotApplicable, OnDay, Quantity, Written
from survey.model.form import Question
from survey.model.problems import Problem


@pytest.fixture
def reading(tiny):
    """What is read from a form's last question, given the values of its fields."""

    def answer(name, *values, **others):
        form = tiny(name)
        question = form.questions[-1]
        extra = {f"{question.id}-{key}": (value,) for key, value in others.items()}
        return read.answer(question, form, {question.id: values, **extra})

    return answer


NAMES = ["rating", "choice-one", "choice-many", "number", "ladder", "day", "text"]


def test_answers_of_every_type_of_question_are_read(tiny):
    read = {type(question) for name in [*NAMES, "note"] for question in tiny(name).questions}
    assert read == set(get_args(Question))


@pytest.mark.parametrize("name", [*NAMES, "note"])
def test_a_question_without_an_answer_is_passed_over(reading, name):
    assert reading(name) is None
    assert reading(name, "") is None
    assert reading(name, "  ") is None


@pytest.mark.parametrize("name", ["rating", "choice-one", "choice-many", "ladder"])
def test_declining_is_an_answer_like_the_others(reading, name):
    assert reading(name, "_declined") == Declined()
    assert reading(name, "_not_applicable") == NotApplicable()


@pytest.mark.parametrize("name", ["number", "day"])
def test_declining_to_type_comes_in_a_field_of_its_own(reading, name):
    assert reading(name, "", way="_declined") == Declined()
    assert reading(name, "3", way="_not_applicable") == NotApplicable()


def test_what_does_not_fit_a_question_cannot_be_declined_that_way(satisfaction):
    grade = next(q for q in satisfaction.form.questions if q.id == "g1")
    read_grade = read.answer(grade, satisfaction.form, {"g1": ["_not_applicable"]})
    assert read_grade == Problem(field="g1", message="unknown-option")
    ways = options.ways_out(grade, satisfaction.form, satisfaction.wordings["de"])
    assert list(ways) == ["_declined"]


@pytest.mark.parametrize(
    ("name", "values", "answer"),
    [
        ("rating", ["2"], Chosen(codes=("2",))),
        ("choice-one", ["bus"], Chosen(codes=("bus",))),
        ("choice-many", ["turkish", "german"], Chosen(codes=("german", "turkish"))),
        ("choice-many", ["german", "german"], Chosen(codes=("german",))),
        ("choice-many", ["none"], Chosen(codes=("none",))),
        ("number", ["24"], Quantity(value=24)),
        ("number", [" 07 "], Quantity(value=7)),
        ("number", ["١٢"], Quantity(value=12)),
        ("number", ["۱۲"], Quantity(value=12)),
        ("ladder", ["10"], Quantity(value=10)),
        ("day", ["2026-11-22"], OnDay(day=date(2026, 11, 22))),
        ("day", ["22.11.2026"], OnDay(day=date(2026, 11, 22))),
        ("number", ["１２"], Quantity(value=12)),
        ("day", ["22. 11. 2026"], OnDay(day=date(2026, 11, 22))),
        ("day", ["29/11/2026"], OnDay(day=date(2026, 11, 29))),
        ("day", ["29-11-2026"], OnDay(day=date(2026, 11, 29))),
        ("day", ["29 11 2026"], OnDay(day=date(2026, 11, 29))),
        ("day", ["29,11,2026"], OnDay(day=date(2026, 11, 29))),
        ("day", ["2026/11/29"], OnDay(day=date(2026, 11, 29))),
        ("day", ["2026-1-9"], OnDay(day=date(2026, 1, 9))),
        # Arabic-Indic and Persian digits, with a mark of direction as phones send it.
        ("day", ["٢٢.١١.٢٠٢٦"], OnDay(day=date(2026, 11, 22))),
        ("day", ["\u200f٢٩/١١/٢٠٢٦"], OnDay(day=date(2026, 11, 29))),
        ("day", ["۲۰۲۶/۱۱/۲۹"], OnDay(day=date(2026, 11, 29))),
        ("day", ["1.1.1900"], OnDay(day=date(1900, 1, 1))),
        ("day", ["31.12.2099"], OnDay(day=date(2099, 12, 31))),
        ("text", [" Danke!\r\nGut. "], Written(text="Danke!\nGut.")),
        ("text", ["a\x00b\x1b\tc"], Written(text="ab c")),
        ("text", ["می\u200cخواهم"], Written(text="می\u200cخواهم")),
        ("text", ["Die \u202eMiete\u202c \u2067stieg\u2069."], Written(text="Die Miete stieg.")),
    ],
)
def test_what_is_meant_is_read(reading, name, values, answer):
    assert reading(name, *values) == answer


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("rating", ["4"], "unknown-option"),
        ("rating", ["1", "2"], "too-many-options"),
        ("rating", ["1", "_declined"], "exclusive-option"),
        ("choice-one", ["<script>"], "unknown-option"),
        ("choice-many", ["german", "arabic", "turkish"], "too-many-options"),
        ("choice-many", ["german", "none"], "exclusive-option"),
        ("choice-many", ["german", "_not_applicable"], "exclusive-option"),
        ("number", ["25"], "out-of-range"),
        ("number", ["-1"], "out-of-range"),
        ("number", ["viele"], "not-a-number"),
        ("number", ["1.5"], "not-a-number"),
        ("number", ["1" * 5000], "not-a-number"),
        ("number", ["߁"], "not-a-number"),
        ("ladder", ["11"], "out-of-range"),
        ("day", ["31.02.2026"], "not-a-day"),
        ("day", ["gestern"], "not-a-day"),
        ("day", ["11/29/2026"], "not-a-day"),
        ("day", ["29.11.26"], "not-a-day"),
        ("day", ["29112026"], "not-a-day"),
        # The same day in Iran, after the Hijra, in Thailand and in Israel.
        ("day", ["1405-09-08"], "another-calendar"),
        ("day", ["۱۴۰۵/۰۹/۰۸"], "another-calendar"),
        ("day", ["١٩/٦/١٤٤٨"], "another-calendar"),
        ("day", ["29.11.2569"], "another-calendar"),
        ("day", ["19.3.5787"], "another-calendar"),
        ("day", ["31.12.1899"], "another-calendar"),
        ("text", ["x" * 21], "too-long"),
        ("text", ["አ" * 21], "too-long"),
        ("text", ["😀" * 21], "too-long"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_at_the_field(reading, tiny, name, values, message):
    assert reading(name, *values) == Problem(field=tiny(name).questions[-1].id, message=message)


def test_every_problem_has_its_sentence_on_the_page():
    about = (paths.TEMPLATES / "question" / "about.html").read_text()
    assert all(f'"{message}"' in about for message in get_args(read.Message))


def test_who_writes_and_declines_has_declined(reading):
    assert reading("text", "Doch nicht", way="_declined") == Declined()


def test_words_are_quoted_only_with_leave(reading):
    assert reading("text", "Danke", quote="1") == Written(text="Danke", quotable=True)
    assert reading("text", "", quote="1") is None


def test_length_counts_characters_and_not_what_a_browser_sends(reading):
    assert reading("text", "x" * 19 + "\r\n") == Written(text="x" * 19)
    for character in ("x", "я", "ع", "አ", "字", "😀"):
        assert reading("text", character * 20) == Written(text=character * 20)
    assert reading("text", "u\u0308" * 20) == Written(text="ü" * 20)


def test_a_field_of_another_question_changes_nothing(satisfaction):
    w1 = next(q for q in satisfaction.form.questions if q.id == "w1")
    assert read.answer(w1, satisfaction.form, {"w2": ["5"]}) is None
