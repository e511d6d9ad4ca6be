"""Every type of question is shown by its template alone, without the recipients' frame."""

import re
from typing import get_args

import pytest

from survey.document import templates
from survey.form import content
from survey.form.content import Content
from survey.form.question_state import State
from survey.model.answers import Chosen, Declined, Written
from survey.model.form import Note, Question
from tests.world import forms

MIXED = forms.of_every_type()
QUESTIONS = {question.id: question for question in MIXED.form.questions}


def made(question_id: str, state: State = State()) -> Content:  # noqa: B008 - frozen
    words = MIXED.wordings["de"]
    question = QUESTIONS[question_id]
    return content.content(question, MIXED.form, words, state, tag="de", capacity=999)


def shown(said: Content) -> str:
    return templates.environment().get_template(said.template).render(question=said)


def test_there_is_a_question_of_every_type():
    assert {type(question) for question in QUESTIONS.values()} == set(get_args(Question))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_stands_in_no_page_and_in_no_form(name):
    page = shown(made(name))
    assert MIXED.wordings["de"].questions[name].label in page
    assert not re.search(r"<(html|body|main|header|footer|nav|form|button)|_go|_tag", page)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_offers_its_codes_and_the_ways_to_decline(name):
    said = made(name)
    boxes = re.findall(r'type="(?:radio|checkbox)"[^>]* value="([^"]+)"', shown(said))
    values = [value.strip() for value in boxes]
    question = QUESTIONS[name]
    fits = ["_not_applicable"] if question.applicable else []
    ways = [] if isinstance(question, Note) else [*fits, "_declined"]
    quote = ["yes"] if name == "text" else []
    assert values == [*[option.code for option in said.options], *quote, *ways]


def test_what_was_said_is_shown_again():
    state = State(answer=Chosen(codes=("3",)))
    assert re.findall(r'value="(.) *" checked', shown(made("rating", state))) == ["3"]
    declined = shown(made("day", State(answer=Declined())))
    assert re.findall(r'name="([^"]+)"[^>]* value="_declined *" checked', declined) == ["day-way"]
    written = made("text", State(answer=Written(text="Ein <Wort>", quotable=True)))
    assert "Ein &lt;Wort&gt;</textarea>" in shown(written)


def test_what_could_not_be_read_is_named_at_the_question():
    unread = State(fault="out-of-range", typed="99")
    page = shown(made("number", unread))
    assert "Die Zahl muss zwischen 0 und 24 liegen." in page
    assert 'value="99"' in page
