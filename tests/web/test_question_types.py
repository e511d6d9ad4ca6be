"""Every question type: shown, kept, refused at the field, and shown again."""

import pytest
from litestar.testing import TestClient

from tests.web.people import answer, chosen, enter
from tests.world import forms, homes
from tests.world.world import World


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A house that asks one question of every type."""
    return homes.build(tmp_path_factory.mktemp("mixed"), published=forms.of_every_type())


@pytest.fixture
def clara(mixed: World):
    with TestClient(mixed.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, mixed.code())
        yield browser


def test_every_type_has_a_page_and_a_row_to_check(clara: TestClient) -> None:
    address, seen = "/de/question/rating", []
    while "/question/" in address:
        seen.append(address.rpartition("/")[2])
        page = clara.get(address)
        assert page.status_code == 200
        address = answer(clara, address).headers["location"]
    assert seen == [*forms.TYPES, "note1"]
    assert clara.get("/de/check").text.count("nicht beantwortet") == 8


@pytest.mark.parametrize(
    ("question", "given", "shown", "in_words"),
    [
        ("rating", {"rating": "3"}, ["3"], "ja"),
        ("rating", {"rating": "_declined"}, ["_declined"], "möchte ich nicht sagen"),
        ("rating", {"rating": "_not_applicable"}, ["_not_applicable"], "trifft auf mich nicht zu"),
        ("choice-one", {"choice-one": "bus"}, ["bus"], "mit dem Bus"),
        ("choice-many", {"choice-many": ["german", "turkish"]}, ["german", "turkish"], ", "),
        ("ladder", {"ladder": "10"}, ["10"], "10 – ganz dabei"),
        ("ladder", {"ladder": "7"}, ["7"], "7"),
        ("number", {"number": "٧"}, [], "7"),
        (
            "number",
            {"number": "", "number-way": "_declined"},
            ["_declined"],
            "möchte ich nicht sagen",
        ),
        ("day", {"day": "24.12.2026"}, [], "24. Dezember 2026"),
        ("text", {"text": "Ein Wort"}, [], "Ein Wort"),
        ("text", {"text": "", "text-way": "_declined"}, ["_declined"], "möchte ich nicht sagen"),
    ],
)
def test_an_answer_is_kept_and_shown_again(
    clara: TestClient, question: str, given: dict, shown: list[str], in_words: str
) -> None:
    assert answer(clara, f"/de/question/{question}", **given).status_code == 303
    assert chosen(clara.get(f"/de/question/{question}")) == shown
    assert in_words in clara.get("/de/check").text


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("choice-many", {"choice-many": ["german", "none"]}, "passen nicht zusammen"),
        ("choice-many", {"choice-many": ["german", "arabic", "turkish"]}, "zu viele Antworten"),
        ("ladder", {"ladder": "11"}, "zwischen 1 und 10"),
        ("number", {"number": "viele"}, "ganze Zahl"),
        ("number", {"number": "25"}, "zwischen 0 und 24"),
        ("day", {"day": "31.2.2026"}, "Diesen Tag gibt es nicht"),
        ("day", {"day": "1405-09-08"}, "Kalender, der in Deutschland gilt"),
        ("text", {"text": "x" * 21}, "Höchstens 20 Zeichen. Es sind 21."),
        ("rating", {"rating": "9"}, "gibt es hier nicht"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_field(
    clara: TestClient, question: str, given: dict, said: str
) -> None:
    reply = answer(clara, f"/de/question/{question}", **given)
    assert reply.status_code == 422
    assert said in reply.text
    assert "<title>Fehler: " in reply.text
    assert 'id="e"' in reply.text
    # Nothing of what was sent is lost: ticks stay ticked, words stay written.
    sent = given[question]
    if isinstance(sent, list):
        assert chosen(reply) == sent
    elif question != "rating" and question != "ladder":
        assert sent in reply.text
    assert 'aria-describedby="e' in reply.text
