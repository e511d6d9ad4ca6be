"""Who holds a code, or sits at a device somebody else has used, never reads what was answered."""

import re

import pytest
from litestar.testing import TestClient

from survey.actions import drafts
from survey.linkage import codes
from survey.model.answers import Chosen, Written
from tests.world import answering as people
from tests.world.jobcenter import BASE

CHOSEN = re.compile(r"<input[^>]* checked")
HOST = "testserver.local"
WORDS = "Frau Zyphtrace hat mir sehr geholfen"


@pytest.fixture
def browser(world):
    """As many browsers as a test needs, each with a cookie jar of its own, at one server."""
    made = []

    def new():
        client = TestClient(world.app(), base_url=BASE)
        client.follow_redirects = False
        made.append(client)
        return client.__enter__()

    yield new
    for client in made:
        client.__exit__(None, None, None)


def pages_of(client, code):
    """Everything the pages show to this browser after it has typed the code."""
    client.post("/de/code", data={"code": code})
    shown = [client.get(f"/de/question/{question}").text for question in ("k1", "w1", "g2")]
    return "".join([*shown, client.get("/de/check").text, client.get("/de/notice").text])


def answered_by_amira(client, amira):
    client.post("/de/code", data={"code": amira.code})
    tag = people.form_tag(client, "/de/question/k1")
    client.post("/de/question/k1", data={"_tag": tag, "k1": "5"})
    client.post("/de/question/g2", data={"_tag": tag, "g2": WORDS})
    return tag


def test_who_copied_the_code_sees_that_something_was_answered_and_never_what(world, browser):
    amira = world.amira
    answered_by_amira(browser(), amira)
    jobcenter = pages_of(browser(), amira.code)
    assert WORDS not in jobcenter
    assert not CHOSEN.search(jobcenter)


def test_a_cookie_planted_before_amira_came_shows_nothing_of_hers_afterwards(world, browser):
    """Session fixation: somebody with her code has prepared the computer she uses."""
    amira, attacker, shared = world.amira, browser(), browser()
    attacker.post("/de/code", data={"code": amira.code})
    planted = attacker.cookies["session"]
    shared.cookies.set("session", planted, domain=HOST)
    answered_by_amira(shared, amira)
    assert attacker.cookies["session"] == planted
    seen = "".join(
        attacker.get(f"/de/{page}").text for page in ("question/k1", "question/g2", "check")
    )
    assert WORDS not in seen
    assert not CHOSEN.search(seen)


def test_typing_the_code_again_on_ones_own_device_shows_ones_own_answers(world, browser):
    client = browser()
    answered_by_amira(client, world.amira)
    assert WORDS in pages_of(client, world.amira.code)


def test_an_older_cookie_of_the_device_shows_nothing_after_the_code_was_typed_again(world, browser):
    client, older = browser(), browser()
    answered_by_amira(client, world.amira)
    older.cookies.set("session", client.cookies["session"], domain=HOST)
    assert WORDS in pages_of(client, world.amira.code)
    assert WORDS not in older.get("/de/question/g2").text
    assert WORDS not in older.get("/de/check").text


def test_the_next_person_on_the_same_phone_sees_nothing_of_the_one_before(world, browser):
    client, bernd = browser(), world.invited[1]
    answered_by_amira(client, world.amira)
    assert WORDS not in pages_of(client, bernd.code)


def test_a_form_of_the_person_before_stores_nothing_in_the_session_of_the_next(world, browser):
    client, bernd = browser(), world.invited[1]
    stale = answered_by_amira(client, world.amira)
    client.post("/de/code", data={"code": bernd.code})
    assert client.post("/de/question/k1", data={"_tag": stale, "k1": "1"}).status_code == 409
    assert client.post("/de/check", data={"_tag": stale}).status_code == 409


def test_a_form_sent_again_after_stopping_or_sending_brings_nothing_back(world, browser):
    client = browser()
    tag = answered_by_amira(client, world.amira)
    kept = client.cookies["session"]
    client.post("/de/stop", data={"_tag": tag})
    client.cookies.set("session", kept, domain=HOST)
    assert client.post("/de/question/k1", data={"_tag": tag, "k1": "1"}).status_code == 409
    with world.services.database.read() as tx:
        assert tx._connection.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_answers_cannot_be_read_back_once_they_are_sent(world, browser):
    client = browser()
    tag = answered_by_amira(client, world.amira)
    client.post("/de/check", data={"_tag": tag})
    pages = ("question/k1", "question/g2", "check", "thanks", "notice")
    assert WORDS not in "".join(client.get(f"/de/{page}").text for page in pages)
    assert WORDS not in pages_of(browser(), world.amira.code)


def test_the_code_stands_in_no_address_cookie_or_link(world, browser):
    client, amira = browser(), world.amira
    replies = [
        client.post("/q", data={"language": "ar", "code": amira.code}),
        client.post("/de/code", data={"code": amira.code}),
        client.get("/de/notice"),
        client.get("/de/question/k1"),
    ]
    plain = amira.code.replace("-", "")
    for reply in replies:
        told = "\n".join(f"{name}: {value}" for name, value in reply.headers.items()) + reply.text
        assert amira.code not in told
        assert plain not in told


def test_cookies_of_all_people_look_alike(world, browser):
    lengths = set()
    for one in world.invited[:5]:
        client = browser()
        client.post("/de/code", data={"code": one.code})
        lengths.add(len(client.cookies["session"]))
    assert len(lengths) == 1


def test_an_answer_from_another_device_is_told_apart_by_the_actions(world):
    digest = codes.digest(world.amira.code)
    mine = drafts.enter(world.services, digest, before=None, language="de")
    drafts.keep(world.services, mine.session, "k1", Chosen(codes=("5",)), language="de")
    drafts.keep(world.services, mine.session, "g2", Written(text=WORDS), language="de")
    other = drafts.enter(world.services, digest, before=None, language="de")
    sheet = drafts.open_draft(world.services, other.session)
    assert sheet.answers == {}
    upto_g2 = [each.id for each in sheet.context.published.form.questions][:-1]
    assert sheet.elsewhere == set(upto_g2)
