"""Choosing a language, and being told when nobody has checked the words."""

import re

import pytest
from litestar.testing import TestClient

from survey.language import tags
from survey.language.translator import translator
from tests.web.people import enter
from tests.world.world import World

NOTE = "Automatische Übersetzung, ungeprüft"
UNCHECKED = tuple(tag for tag in tags.available() if tag != tags.SOURCE)


def tiles(page: str) -> list[str]:
    return re.findall(r'<li><a href="/([a-z-]+)/code"', page)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("", []),
        ("ar-SY,ar;q=0.9,en;q=0.8", ["ar", "en"]),
        ("xx, *;q=0.1", []),
        ("," * 5000 + "ar", []),
    ],
)
def test_the_browser_sorts_the_languages_and_decides_nothing(
    amira: TestClient, world: World, asked: str, first: list[str]
) -> None:
    page = amira.get("/", headers={"accept-language": asked})
    offered = world.home.settings.languages
    assert tiles(page.text) == [*first, *(tag for tag in offered if tag not in first)]
    assert 'lang="de"' in page.text


@pytest.mark.parametrize("tag", UNCHECKED)
def test_unchecked_words_say_so_and_lead_to_the_german_page(
    amira: TestClient, world: World, tag: str
) -> None:
    note = translator(tag).gettext(NOTE)
    for place in ("notice", "help", "code"):
        page = amira.get(f"/{tag}/{place}").text
        assert note in page
        assert f'href="/de/{place}"' in page
        assert NOTE not in amira.get(f"/de/{place}").text
    enter(amira, world.code(), tag)
    question = amira.get(f"/{tag}/question/k1").text
    assert note in question
    # A button, so that what is ticked goes along.
    assert 'name="_language" value="de"' in question


def test_nothing_is_offered_that_was_not_recorded(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    page = amira.get("/de/question/k1").text + amira.get("/de/notice").text
    assert "<audio" not in page
    assert "<video" not in page
    assert "Vorlesen" not in page


def test_an_example_house_says_so_on_every_page(amira: TestClient) -> None:
    for address in ("/", "/q", "/de/code", "/de/help", "/xx/code"):
        assert "Beispiel, keine echte Befragung" in amira.get(address).text
