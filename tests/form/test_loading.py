"""What an author writes wrongly is refused with file, path and cure."""

import shutil
from pathlib import Path

import pytest

from survey.errors import FormError
from survey.form import check, load
from tests.form.form_strategies import TINY

SHOWN_IF = "$.questions[d1].shown_if"
SELECTIONS = "\n[selections]\n"


@pytest.fixture
def spoilt(tmp_path):
    """Load a copy of a test form in which one text is replaced in one of its files."""

    def spoil(name, file, old, new):
        shutil.copytree(TINY / name, tmp_path / name)
        target = Path(tmp_path / name / file)
        before = target.read_text()
        assert old in before
        target.write_text(before.replace(old, new, 1))
        with pytest.raises(FormError) as caught:
            load.wordings(name, folder=tmp_path)
        return caught.value.problems

    return spoil


def met(problems, file, path, cure):
    """The problems in this file that begin with this path and say this of the cure."""
    return [
        problem
        for problem in problems
        if problem.file.endswith(file) and problem.path.startswith(path) and cure in problem.cure
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "path", "cure"),
    [
        ("rating", 'id = "r1"', 'id = "r1"\nmandatory = true', "$.questions[r1]", "mandatory"),
        ("rating", 'kind = "agreement"', 'kind = "smiley"', "$.scales.agreement.kind", "smiley"),
        ("rating", 'block = "answers"\n', "", "$.questions[r1]", "add the key block"),
        ("rating", 'id = "r1"', "id = 1", "$.questions[0].id", "Expected `str`"),
        ("rating", 'type = "rating"', 'type = "matrix"', "$.questions[r1].type", "matrix"),
        ("rating", "constructs = [", "constructs = ", "at line 4, column", "correct"),
        ("rating", 'id = "rating"', 'id = "other"', "$.id", 'write id = "rating"'),
        ("rating", 'block = "answers"', 'block = "lost"', "$.questions[r1].block", "no block lost"),
        ("rating", '["topic"]', '["other"]', "$.questions[r1].construct", "no construct topic"),
        ("rating", 'scale = "agreement"', 'scale = "x"', "$.questions[r1].scale", "no scale x"),
        ("rating", '"1", "2", "3"]', '"1", "2", "2"]', "$.scales.agreement.codes", "2 times"),
        ("rating", '"1", "2", "3"]', '"1", "2", "zu 3"]', "$.scales.agreement.codes", "a-z"),
        ("rating", '"1", "2", "3"]', '"1", "2", "_3"]', "$.scales.agreement.codes", "start"),
        ("rating", '"1", "2", "3"]', '"3", "x", "X"]', "$.scales.agreement.codes", "case only"),
        ("rating", 'id = "r1"', 'id = "_r1"', "$.questions[_r1]", "start an id with a letter"),
        ("rating", 'id = "r1"', 'id = "H"', "$.questions[H]", "choose another id"),
        ("chain", 'id = "c2"', 'id = "C1"', "$.questions[c1]", "case only"),
        ("rating", 'middle = ["2"]', 'middle = ["9"]', "$.scales.agreement", "code 9"),
        ("rating", 'middle = ["2"]', 'middle = ["3"]', "$.scales.agreement", "choose one"),
        ("rating", 'id = "r1"', 'id = "R 1"', "$.questions[R 1]", "start an id with a letter"),
        ("rating", 'id = "answers"', 'id = "main"', "$.blocks[main]", "choose another id"),
        (
            "rating",
            "\n[scales.",
            '\n[selections]\nfull = ["r1"]\n[scales.',
            "$.selections.full",
            "by",
        ),
        ("rating", "\n[scales.", '\n[selections]\na = ["r9"]\n[scales.', "$.selections.a", "r9"),
        ("chain", "\n[scales]", '\n[selections]\na = ["c2"]\n[scales]', "$.selections.a", "c1"),
        ("chain", 'id = "c2"', 'id = "c1"', "$.questions[c1]", "used 2 times"),
        ("choice-many", "most = 2", "most = 5", "$.questions[c1].most", "1 to 4"),
        (
            "choice-many",
            'exclusive = ["none"]',
            'exclusive = ["x"]',
            "$.questions[c1].exclusive",
            "x",
        ),
        ("number", "most = 24", "most = 0", "$.questions[n1]", "below"),
        (
            "day",
            'id = "d1"',
            'id = "d1"\nearliest = 2030\nlatest = 2020',
            "$.questions[d1]",
            "order",
        ),
        ("text", "longest = 20", "longest = 0", "$.questions[x1].longest", "at least one"),
        (
            "any-of",
            'question = "c1"',
            'question = "c9"',
            SHOWN_IF,
            "no question c9",
        ),
        (
            "any-of",
            'question = "c1"',
            'question = "c2"',
            SHOWN_IF,
            "not asked before",
        ),
        (
            "any-of",
            'question = "c1"',
            'question = "d1"',
            SHOWN_IF,
            "not asked before",
        ),
        ("any-of", 'question = "c1"', 'question = "t1"', SHOWN_IF, "no codes"),
        (
            "any-of",
            'codes = ["yes"] }',
            'codes = ["ja"] }',
            SHOWN_IF,
            "no code ja",
        ),
        ("between", 'question = "t1"', 'question = "c1"', SHOWN_IF, "no number"),
        ("between", "least = 2", "least = 5", SHOWN_IF, "5 to 4 never happens"),
        (
            "between",
            "most = 4",
            "most = 4, at = 1",
            "$.questions[d1].shown_if",
            "remove the key at",
        ),
    ],
)
def test_a_fault_in_the_structure_is_named_with_its_place_and_cure(
    spoilt, name, old, new, path, cure
):
    problems = spoilt(name, "form.toml", old, new)
    assert len(met(problems, f"{name}/form.toml", path, cure)) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "path", "cure"),
    [
        ("rating", "title =", "titel =", "$", "titel"),
        ("rating", 'title = "Probe"', 'title = " "', "$.title", "missing text"),
        ("rating", 'language = "de"', 'language = "en"', "$.language", 'language = "de"'),
        ("rating", 'status = "source"', 'status = "machine"', "$.status", "source"),
        ("rating", '3 = "ja"\n', "", "$.scales.agreement.3", "missing text"),
        ("rating", '3 = "ja"', '4 = "ja"', "$.scales.agreement.3", "missing text"),
        ("rating", '3 = "ja"', '3 = "nein"', "$.scales.agreement.", "same text"),
        ("rating", 'topic = "Thema"', "", "$.constructs.topic", "missing text"),
        ("domains", 'shown = "Zu zeigen"', "", "$.blocks.shown", "missing text"),
        ("domains", 'first = "Erstes"', "", "$.blocks.first", "missing text"),
        ("domains", 'first = "Erstes"', 'first = "Zweites"', "$.blocks.", "same text"),
        ("rating", "[constructs]", '[blocks]\nmain = "x"\n[constructs]', "$.blocks.", "no such"),
        ("rating", "[questions.r1]", "[questions.r2]", "$.questions.r1", "missing text"),
        (
            "rating",
            'label = "Der Weg war leicht."',
            'label = ""',
            "$.questions.r1.label",
            "missing",
        ),
        ("choice-one", 'bus = "mit dem Bus", ', "", "$.questions.c1.options.bus", "missing"),
        (
            "choice-one",
            'bus = "',
            'taxi = "mit dem Taxi", bus = "',
            "$.questions.c1.options.taxi",
            "no",
        ),
        ("ladder", '10 = "ganz dabei", ', "", "$.questions.t1.options.10", "missing text"),
    ],
)
def test_a_fault_in_the_words_is_named_with_its_place_and_cure(spoilt, name, old, new, path, cure):
    problems = spoilt(name, "de.toml", old, new)
    assert len(met(problems, f"{name}/de.toml", path, cure)) == 1


def test_a_question_to_which_no_answers_lead_is_a_dead_end(spoilt):
    both = '{ type = "any_of", question = "c1", codes = ["yes"] },\n  '
    never = both + '{ type = "any_of", question = "c1", codes = ["never"] },\n  '
    (problem,) = spoilt("all", "form.toml", both, never)
    assert problem.path == SHOWN_IF
    assert "no answers lead here" in problem.cure


def test_a_dead_end_behind_other_conditions_is_found(spoilt):
    impossible = (
        'shown_if = { type = "all", conditions = [{ type = "any_of", question = "c2", '
        'codes = ["yes"] }, { type = "not", condition = { type = "any_of", question = "c1", '
        'codes = ["yes"] } }] }'
    )
    old = 'shown_if = { type = "any_of", question = "c2", codes = ["yes"] }'
    (problem,) = spoilt("chain", "form.toml", old, impossible)
    assert problem.path == "$.questions[c3].shown_if"


def test_a_condition_may_not_look_into_another_domain(spoilt):
    look = 'shown_if = { type = "any_of", question = "first-1", codes = ["1"] }\n'
    crossing = 'id = "sensitive-1"\n' + look
    (problem,) = spoilt("domains", "form.toml", 'id = "sensitive-1"\n', crossing)
    assert "kept apart" in problem.cure


def test_a_missing_form_a_foreign_language_and_another_encoding_are_told(tmp_path):
    with pytest.raises(FormError, match="create the file"):
        load.form("nowhere", folder=tmp_path)
    shutil.copytree(TINY / "rating", tmp_path / "rating")
    shutil.copy(TINY / "rating" / "de.toml", tmp_path / "rating" / "xx.toml")
    with pytest.raises(FormError, match="no known language"):
        load.wordings("rating", folder=tmp_path)
    (tmp_path / "rating" / "xx.toml").unlink()
    latin = (TINY / "rating" / "de.toml").read_text().encode("cp1252")
    (tmp_path / "rating" / "de.toml").write_bytes(latin)
    with pytest.raises(FormError, match="UTF-8"):
        load.wordings("rating", folder=tmp_path)
    (tmp_path / "rating" / "de.toml").unlink()
    with pytest.raises(FormError, match="German original"):
        load.wordings("rating", folder=tmp_path)


def test_every_problem_is_listed_and_can_be_read_as_a_line(tiny):
    form = tiny("rating")
    problems = check.problems(form, {})
    assert [str(problem) for problem in problems] == ["de.toml: $: add the German original"]


def test_a_published_form_is_read_back_as_it_was_frozen(satisfaction):
    again = load.published(satisfaction.text)
    assert again.form == satisfaction.form
    assert again.wordings == satisfaction.wordings
    assert again.version == satisfaction.version
    assert len(again.version) == 64


def test_publishing_twice_gives_the_same_version_and_another_word_another(satisfaction):
    form, words = load.form("satisfaction"), load.wordings("satisfaction")
    assert load.publish(form, words, "default").version == satisfaction.version
    assert load.publish(form, words, "full").version != satisfaction.version
    only_german = {"de": words["de"]}
    assert load.publish(form, only_german, "default").version != satisfaction.version


def test_a_published_form_holds_only_its_selection(satisfaction):
    asked = {question.id for question in satisfaction.form.questions}
    assert len(asked) == 20
    assert satisfaction.form.selections == {}
    assert {block.id for block in satisfaction.form.blocks} == {
        question.block for question in satisfaction.form.questions
    }
    for wording in satisfaction.wordings.values():
        assert set(wording.questions) == asked
        assert set(wording.constructs) == set(satisfaction.form.constructs)


def test_an_unknown_selection_and_a_broken_text_are_refused(satisfaction):
    form, words = load.form("satisfaction"), load.wordings("satisfaction")
    with pytest.raises(FormError, match="choose default, full"):
        load.publish(form, words, "short")
    with pytest.raises(FormError, match="backup"):
        load.published(satisfaction.text[:-1])
