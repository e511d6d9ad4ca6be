"""A form with many mistakes is refused once, with all of them and nothing that follows."""

import pytest

from survey.command import Stopped
from survey.errors import FormError
from survey.form import load

FORM = """
id = "broken"
perspective = "recipient"
constructs = ["topic"]

[selections]
default = ["r1", "c1", "n1", "n2", "l1"]

[scales.agreement]
kind = "agreement"
codes = ["1", "2", "3"]
favourable = ["3"]
middle = ["9"]

[[blocks]]
id = "answers"

[[questions]]
type = "rating"
id = "r1"
block = "answers"
construct = "topic"
scale = "agreement"
mandatory = true

[[questions]]
type = "choice"
id = "c1"
block = "answers"
construct = "topic"

[[questions]]
type = "number"
id = "n1"
block = "answers"
construct = "topic"
least = 0
most = "24"

[[questions]]
type = "matrix"
id = "m1"
block = "answers"

[[questions]]
type = "rating"
id = "r2"
block = "elsewhere"
construct = "topic"
scale = "agreement"
shown_if = { type = "any_of", question = "c1", codes = ["yes"] }

[[questions]]
type = "ladder"
id = "l1"
block = "answers"
construct = "topic"
shown_if = { type = "between", question = "n2", least = 1, most = 3 }

[[questions]]
type = "number"
id = "n2"
block = "answers"
construct = "topic"
least = 0
most = 9
"""
GERMAN = """
language = "de"
status = "source"
title = "Probe"
invitation = "Wir probieren etwas aus."
refused = "möchte ich nicht sagen"
not_applicable = "trifft auf mich nicht zu"

[constructs]
topic = "Thema"

[scales.agreement]
1 = "nein"
2 = "teils"

[questions]
r1 = { label = "Der Weg war leicht." }
c1 = { label = "Wie sind Sie gekommen?", options = { bus = "mit dem Bus" } }
n1 = { label = "Wie oft waren Sie hier?" }
m1 = { label = "Was gilt?" }
r2 = { label = " " }
l1 = { label = "Wo stehen Sie?", options = { 10 = "oben", 1 = "unten" } }
n2 = { label = "Wie viele Kinder haben Sie?" }
"""
ENGLISH = GERMAN.replace('"de"', '"en"').replace('"source"', '"machine"').replace("title", "titel")
PLANTED = {
    ("form.toml", "$.questions[r1]"): "remove the key mandatory",
    ("form.toml", "$.questions[c1]"): "add the key options",
    ("form.toml", "$.questions[n1].most"): "Expected `int`, got `str`",
    ("form.toml", "$.questions[m1].type"): "correct the type matrix",
    ("form.toml", "$.scales.agreement"): "the code 9 is not among the codes",
    ("form.toml", "$.questions[r2].block"): "there is no block elsewhere",
    ("form.toml", "$.questions[l1].shown_if"): "n2 is not asked before",
    ("de.toml", "$.scales.agreement.3"): "write the missing text",
    ("de.toml", "$.questions.r2.label"): "write the missing text",
    ("ar.toml", "at line 3, column 1"): "correct the file",
}


@pytest.fixture
def folder(tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "form.toml").write_text(FORM)
    (broken / "de.toml").write_text(GERMAN)
    (broken / "ar.toml").write_text('language = "ar"\nstatus = "machine"\n= "?"\n')
    return broken


@pytest.mark.parametrize("loading", [load.form, load.wordings])
def test_ten_planted_mistakes_are_met_and_nothing_else(folder, loading):
    with pytest.raises(FormError) as caught:
        loading("broken", folder=folder.parent)
    met = {(problem.file, problem.path): problem.cure for problem in caught.value.problems}
    wanted = {(str(folder / file), path): cure for (file, path), cure in PLANTED.items()}
    assert len(caught.value.problems) == len(met) == 10
    assert met.keys() == wanted.keys()
    assert all(cure in met[place] for place, cure in wanted.items())


def test_a_command_prints_a_line_for_each_of_them(folder):
    with pytest.raises(FormError) as caught:
        load.form("broken", folder=folder.parent)
    lines = Stopped(caught.value).message.splitlines()
    assert len(lines) == 11
    assert f"{folder / 'form.toml'}: $.questions[c1]: add the key options" in lines[2]


def test_every_mistake_within_one_question_is_met(folder):
    question = 'type = "rating"\nid = "r1"\nblock = "answers"\nconstruct = "topic"\nscale = '
    spoilt = 'type = "rating"\nid = "r1"\nblock = 7\nconstruct = 8\ncore = "yes"\nscale = '
    assert question in FORM
    (folder / "form.toml").write_text(FORM.replace(question, spoilt))
    with pytest.raises(FormError) as caught:
        load.form("broken", folder=folder.parent)
    paths = {problem.path for problem in caught.value.problems}
    assert {f"$.questions[r1].{name}" for name in ("block", "construct", "core")} <= paths


def test_words_are_looked_at_although_the_structure_cannot_be_read(folder):
    (folder / "form.toml").write_text("[scales")
    (folder / "en.toml").write_text(ENGLISH)
    with pytest.raises(FormError) as caught:
        load.form("broken", folder=folder.parent)
    places = {
        (problem.file.removeprefix(f"{folder}/"), problem.path) for problem in caught.value.problems
    }
    assert places == {
        ("form.toml", "at end of document"),
        ("de.toml", "$.questions.r2.label"),
        ("en.toml", "$"),
        ("en.toml", "$.questions.r2.label"),
        ("ar.toml", "at line 3, column 1"),
    }


def test_a_question_without_a_name_may_be_the_one_that_is_named(folder):
    (folder / "form.toml").write_text(FORM.replace('id = "n2"', "id = 2"))
    with pytest.raises(FormError) as caught:
        load.form("broken", folder=folder.parent)
    paths = [problem.path for problem in caught.value.problems]
    assert "$.questions[6].id" in paths
    assert not {"$.questions[l1].shown_if", "$.questions.n2"}.intersection(paths)
