"""Whoever has copied Amira's code goes on with her half-done draft, and tries to be shown it."""

import re

import msgspec
import pytest
from litestar.testing import TestClient

from survey.actions import releases
from survey.linkage import keys
from survey.linkage import releases as sealing
from survey.model.exchange import ReleasedBlock
from survey.model.waves import slot
from survey.store import releases as rows
from tests.privacy import season as seasons
from tests.world import answering, jobcenter
from tests.world.jobcenter import BASE

SEEN = re.compile(r'name="_seen" value="([0-9a-f]+)"')
SHOW = re.compile(r'name="show-(\w+)" value="1"')
# Amira's own answers; no label of the pages themselves says this.
HERS = {"l1": "1", "p1": "4", "h1": "2", "h5-money": "late", "h5-health": "not_got"}
WORDS = ("trifft gar nicht zu", "trifft eher zu", "zu spät bekommen", "nicht bekommen")


@pytest.fixture(scope="module")
def open_world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thief")
    yield jobcenter.build(folder / "world", count=320, seed=17, level="released")
    seasons.forget([folder])


@pytest.fixture
def world(open_world, tmp_path):
    return jobcenter.again(open_world, tmp_path / "world")


@pytest.fixture
def browser(world):
    made = []

    def new():
        client = TestClient(world.app(), base_url=BASE)
        client.follow_redirects = False
        made.append(client)
        return client.__enter__()

    yield new
    for client in made:
        client.__exit__(None, None, None)


def enter(client, code):
    client.post("/de/code", data={"code": code})
    return answering.form_tag(client, "/de/question/k1")


def say(client, tag, said):
    for question_id, code in said.items():
        client.post(f"/de/question/{question_id}", data={"_tag": tag, question_id: code})


def handed_over(world):
    """Everything the connector reads after the slot, as text."""
    on = slot(world.services.today())
    services = msgspec.structs.replace(world.services, today=lambda: on)
    releases.hand_over_due(services, on)
    private = keys.sealing_pair(world.office / "keys").private
    with services.database.read() as tx:
        listed = rows.sealed(tx, on)
    opened = [sealing.open_addressed(private, row.sealed) for row in listed]
    return [(one.block, msgspec.json.decode(words, type=ReleasedBlock)) for one, words in opened]


@pytest.fixture
def half_done(world, browser):
    """Amira has answered everything that could be shown, and has not sent it."""
    client = browser()
    tag = enter(client, world.amira.code)
    say(client, tag, HERS)
    client.tag = tag
    return client


def test_the_thief_finds_nothing_to_show_and_reads_nothing(world, browser, half_done):
    thief = browser()
    enter(thief, world.amira.code)
    pages = ("share", "note", "note?show-plan=1&show-help=1&show-health=1&show-benefits=1", "check")
    replies = [thief.get(f"/de/{page}") for page in pages]
    assert [reply.status_code for reply in replies] == [303, 303, 303, 200]
    said = "".join(reply.text for reply in replies)
    assert not [words for words in WORDS if f"<b>{words}</b>" in said]


def test_what_the_thief_answers_brings_nothing_of_hers_along(world, browser, half_done):
    thief = browser()
    tag = enter(thief, world.amira.code)
    say(thief, tag, {"p2": "5"})
    page = thief.get("/de/share").text
    assert SHOW.findall(page) == ["plan"]
    assert "Meine eigenen Wünsche" not in page
    note = thief.get("/de/note?show-plan=1&show-help=1&show-benefits=1").text
    assert "Meine eigenen Wünsche" not in note
    form = {"_tag": tag, "_seen": SEEN.findall(page)[0], "show-plan": "1"}
    assert thief.post("/de/share", data=form).headers["location"] == "/de/thanks"
    [(block, words)] = handed_over(world)
    assert block == "plan"
    assert [(line.question, line.answer) for line in words.lines] == [
        ("Ich konnte beim Plan mitentscheiden.", "trifft voll zu")
    ]


def test_the_form_of_her_page_releases_nothing_on_another_device(world, browser, half_done):
    """The thief has her page's word for what was seen, and ticks everything she could have."""
    seen = SEEN.findall(half_done.get("/de/share").text)[0]
    thief = browser()
    tag = enter(thief, world.amira.code)
    form = {"_tag": tag, "_seen": seen}
    form |= {f"show-{block}": "1" for block in ("benefits", "plan", "help", "health")}
    assert thief.post("/de/share", data=form).headers["location"] == "/de/check"
    say(thief, tag, {"p2": "5"})
    assert thief.post("/de/share", data=form).status_code == 422
    assert half_done.get("/de/share").status_code == 200
    assert handed_over(world) == []


def test_the_thief_who_sends_everything_releases_nothing(world, browser, half_done):
    thief = browser()
    tag = enter(thief, world.amira.code)
    assert thief.post("/de/check", data={"_tag": tag}).headers["location"] == "/de/thanks"
    assert handed_over(world) == []


def test_the_stolen_cookie_of_before_shows_nothing_after_she_typed_her_code_again(
    world, browser, half_done
):
    thief = browser()
    thief.cookies.set("session", half_done.cookies["session"], domain="testserver.local")
    enter(half_done, world.amira.code)
    assert thief.get("/de/share").status_code == 303
    assert half_done.get("/de/share").status_code == 200


def test_she_herself_shows_it_and_takes_it_back_after_the_slot(world, half_done):
    page = half_done.get("/de/share").text
    form = {"_tag": half_done.tag, "_seen": SEEN.findall(page)[0]}
    form |= {"show-plan": "1", "show-health": "1"}
    half_done.post("/de/share", data=form)
    assert {block for block, _ in handed_over(world)} == {"plan", "health"}
    half_done.post("/de/erase", data={"code": world.amira.code, "_go": "erase"})
    assert handed_over(world) == []
