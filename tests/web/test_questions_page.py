"""Before a wave freezes its questions, whoever plans can read them as people will."""

import html
import re

import pytest

from survey.form import load, options, sentences
from survey.language import tags
from survey.model.form import Note
from tests.world import staff

LANGUAGES = tags.available()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = staff.build(tmp_path_factory.mktemp("world"), letters=20)
    world.plan("w2", 2)
    return world


@pytest.fixture(scope="module")
def dilan(world):
    return world.browser("dilan")


def words(page):
    return html.unescape(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("selection", ["default", "full"])
def test_every_question_stands_there_with_all_its_answers(dilan, language, selection):
    place = "/programmes/zufriedenheit/questions?form=satisfaction"
    page = words(dilan.get(f"{place}&selection={selection}&told={language}").text)
    wordings = load.wordings("satisfaction")
    published = load.publish(load.form("satisfaction"), wordings, selection)
    said = published.wordings[language]
    for question in published.form.questions:
        assert said.questions[question.id].label in page
        for label in sentences.labels(question, published.form, said).values():
            assert f"<li>{label}</li>" in page
        for label in options.ways_out(question, published.form, said).values():
            assert f"<li>{label}</li>" in page
    answered = [each for each in published.form.questions if not isinstance(each, Note)]
    assert page.count("<section") == len(published.form.questions)
    assert f"{len(answered)} Fragen" in page


@pytest.mark.parametrize("place", ["/waves/w1/questions", "/waves/w2/questions?told=ar"])
def test_the_preview_says_that_it_is_one_and_nothing_can_be_sent(world, dilan, place):
    page = dilan.get(place).text
    assert "Vorschau." in page
    content = page.split("<main")[1].split("</main>")[0]
    assert not re.findall(r"<(?:form|input|button|textarea|select)", content)
    posted = staff.send(dilan, place, {"k1": "4"})
    assert posted.status_code == 405


def test_arabic_is_read_from_the_right_and_its_captions_are_the_pages(dilan):
    page = dilan.get("/waves/w1/questions?told=ar").text
    assert '<div class="asked" lang="ar" dir="rtl">' in page
    assert 'lang="de" dir="ltr">Frage 1' in page


def test_the_steps_of_a_new_wave_and_the_wave_lead_there(dilan):
    step = dilan.get("/waves/new?step=form&programme=zufriedenheit").text
    assert "questions?form=satisfaction&amp;selection=full" in step
    assert 'href="/waves/w2/questions"' in dilan.get("/waves/w2").text


def test_a_form_or_choice_that_does_not_exist_is_not_there(dilan):
    for asked in ("", "?form=nothing&selection=full", "?form=satisfaction&selection=../x"):
        assert dilan.get(f"/programmes/zufriedenheit/questions{asked}").status_code == 404


def test_whoever_administers_accounts_has_no_business_there(world):
    assert world.browser("gerd").get("/waves/w1/questions").status_code == 403
