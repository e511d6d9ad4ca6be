"""Forms are whole in every language, and every question type has its page and its example."""

import tomllib
from typing import get_args

import pytest

from survey import paths
from survey.form import load
from survey.language import tags
from survey.model.form import Question

FORMS = sorted(path.parent.name for path in paths.FORMS.glob("*/form.toml"))
EXAMPLES = sorted((paths.ROOT / "tests" / "forms").glob("*/form.toml"))
TYPES = sorted(each.__struct_config__.tag for each in get_args(Question))


@pytest.mark.parametrize("kind", TYPES)
def test_every_question_type_has_a_template(kind):
    assert (paths.TEMPLATES / "question" / f"{kind}.html").is_file()


@pytest.mark.parametrize("kind", TYPES)
def test_every_question_type_has_a_test_form(kind):
    asked = {
        question["type"]
        for path in EXAMPLES
        for question in tomllib.loads(path.read_text("utf-8"))["questions"]
    }
    assert kind in asked


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_test_form_can_be_loaded(path):
    folder = path.parent.parent
    form = load.form(path.parent.name, folder=folder)
    assert load.wordings(form.id, folder=folder)


@pytest.mark.parametrize("form_id", FORMS)
def test_every_form_is_complete_in_every_language_it_has(form_id):
    form, wordings = load.form(form_id), load.wordings(form_id)
    assert tags.SOURCE in wordings
    for selection in (*form.selections, "full"):
        published = load.publish(form, wordings, selection)
        assert set(published.wordings) == set(wordings)


@pytest.mark.parametrize("form_id", FORMS)
def test_no_translation_is_called_checked_unless_somebody_checked_it(form_id):
    """`checked` on a page would be a promise; who checked what is not kept yet."""
    for tag, words in load.wordings(form_id).items():
        expected = "source" if tag == tags.SOURCE else "machine"
        assert {words.status_of(question) for question in words.questions} == {expected}
