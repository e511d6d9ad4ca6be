"""Words of one's own, however many: counted alike in every script, never lost, never in the way."""

import re
import unicodedata
from html import unescape

import pytest
from httpx import Response
from litestar.testing import TestClient

from survey.actions import draft_content
from survey.http.fields import CAPACITY
from survey.language import formats
from survey.language.translator import translator
from survey.store import drafts
from tests.web.people import answer, enter
from tests.world.world import World

LONGEST = 1000
SCRIPTS = {
    "latin": "Ich möchte das alles einmal in Ruhe erzählen. ",
    "arabic": "أريد أن أحكي كل هذا بهدوء، خطوة خطوة. ",
    "cyrillic": "Я хочу спокойно рассказать обо всём этом. ",
    "decomposed": unicodedata.normalize("NFD", "Über Ämter, Öfen und Café. "),
    "lines": "Erstens.\nZweitens.\n\nDrittens & <viertens>.\n",
}
AWAY = {
    "back": {"_go": "back"},
    "language": {"_language": "choose"},
    "german": {"_language": "de"},
    "stop": {"_go": "stop"},
    "notice": {"_go": "notice"},
    "help": {"_go": "help"},
    "accessibility": {"_go": "accessibility"},
    "count": {"_go": "count"},
}
STANDS = re.compile(r"<textarea[^>]*>\n?(.*?)</textarea>", re.DOTALL)
COUNTED = re.compile(r'id="n"[^>]*>([^<]*)<')


def written(script: str, length: int) -> str:
    """So many characters as the pages count them, ending with one that is seen."""
    words = unicodedata.normalize("NFC", SCRIPTS[script] * (length // 10 + 1))
    return words[: length - 1] + "."


def stands(page: Response) -> str:
    """What stands in the field, as a browser shows it."""
    return unescape(STANDS.findall(page.text)[0])


def counted(page: Response) -> str:
    return unescape(COUNTED.findall(page.text)[0])


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("script", SCRIPTS)
def test_no_button_loses_a_text_of_twenty_thousand_characters_or_is_blocked_by_it(
    amira: TestClient, world: World, script: str, away: str
) -> None:
    text = written(script, 20_000)
    enter(amira, world.code(), "ar")
    reply = answer(amira, "/ar/question/g2", g2=text, **AWAY[away])
    assert reply.status_code == 303
    assert amira.get(reply.headers["location"]).status_code == 200
    for tag in ("ar", "de"):
        page = amira.get(f"/{tag}/question/g2")
        assert stands(page) == text
        over = translator(tag).gettext("Zu viel: %(count)s Zeichen")
        assert counted(page) == over % {"count": formats.number(20_000 - LONGEST, tag)}


@pytest.mark.parametrize("script", SCRIPTS)
def test_going_on_says_how_many_are_too_many_and_keeps_them(
    amira: TestClient, world: World, script: str
) -> None:
    text = written(script, 20_000)
    enter(amira, world.code())
    reply = answer(amira, "/de/question/g2", g2=text)
    assert reply.status_code == 422
    assert stands(reply) == text
    assert "Höchstens 1.000 Zeichen. Es sind 20.000." in reply.text
    # Nothing is sent before it is mended, and mending is enough.
    assert answer(amira, "/de/check").headers["location"] == "/de/question/g2?then=check"
    assert answer(amira, "/de/question/g2", g2=text[:LONGEST]).status_code == 303
    assert answer(amira, "/de/check").headers["location"] == "/de/thanks"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_limit_is_as_many_characters_in_every_script(
    amira: TestClient, world: World, script: str
) -> None:
    enter(amira, world.code())
    assert "Höchstens 1.000 Zeichen." in amira.get("/de/question/g2").text
    assert answer(amira, "/de/question/g2", g2=written(script, LONGEST + 1)).status_code == 422
    assert answer(amira, "/de/question/g2", g2=written(script, LONGEST)).status_code == 303
    assert counted(amira.get("/de/question/g2")) == "Noch frei: 0 Zeichen"
    answer(amira, "/de/question/g2", g2=written(script, LONGEST - 12))
    assert counted(amira.get("/de/question/g2")) == "Noch frei: 12 Zeichen"


def test_counting_stays_on_the_page_and_is_there_without_a_script(
    amira: TestClient, world: World
) -> None:
    enter(amira, world.code())
    page = amira.get("/de/question/g2").text
    button = '<noscript><button class="calm" name="_go" value="count">Zeichen zählen</button>'
    assert button in page
    reply = answer(amira, "/de/question/g2", g2="Kurz.", _go="count")
    assert reply.headers["location"] == "/de/question/g2"
    assert counted(amira.get("/de/question/g2")) == "Noch frei: 995 Zeichen"


def test_stopping_and_going_on_after_all_finds_the_text_as_it_was(
    amira: TestClient, world: World
) -> None:
    text = written("arabic", 20_000)
    enter(amira, world.code(), "ar")
    asked = amira.get(
        answer(amira, "/ar/question/g2", g2=text, _go="stop").headers["location"]
    ).text
    on = re.findall(r'<a class="calm" href="([^"]+)"', asked)
    assert on == ["/ar/question/g2"]
    assert stands(amira.get(on[0])) == text


def test_a_field_takes_all_that_is_let_through(amira: TestClient, world: World) -> None:
    """The most that can stand in a field, of the signs that take most room on their way."""
    enter(amira, world.code())
    assert f'maxlength="{CAPACITY}"' in amira.get("/de/question/g2").text
    text = "\u0f40" * CAPACITY
    for question in ("g2", "g3"):
        assert answer(amira, f"/de/question/{question}", **{question: text}).status_code == 422
        assert stands(amira.get(f"/de/question/{question}")) == text


def test_a_draft_tells_that_a_text_is_far_too_long_and_not_how_long(
    amira: TestClient, world: World
) -> None:
    sizes = []
    for length in (20, LONGEST + 1, 5_000, CAPACITY):
        code = world.code()
        enter(amira, code)
        answer(amira, "/de/question/g2", g2="\u0f40" * length)
        services = world.app.dependencies["site"].dependency().services
        session = services.evaluator.unlock(amira.cookies["session"])
        with services.database.read() as tx:
            found = drafts.find(tx, session.draft_key)
        sizes.append(len(found.body))
    assert sizes[0] == sizes[1]
    assert sizes[2] == sizes[3] == sizes[0] + draft_content.GROWTH
