"""Promise 5 where people may show something: taking part is seen nowhere, showing only where told.

The same two worlds as elsewhere, at level released, also on the Monday of the slot and after.
"""

import time

import msgspec
import pytest

from survey import clock
from survey.home import Home
from survey.model.exchange import Pull
from survey.model.waves import slot
from tests.privacy import season as seasons
from tests.privacy.test_two_worlds import (
    ROLES,
    answers,
    answers_and_deletes,
    as_connector,
    asked_for,
    begins,
    browser,
    reply_of,
)
from tests.world import answering, jobcenter


@pytest.fixture(scope="module")
def opened_to_show(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened-to-show")
    yield jobcenter.build(folder / "world", count=320, seed=13, level="released")
    seasons.forget([folder])


@pytest.fixture
def worlds(opened_to_show, tmp_path):
    return (
        jobcenter.again(opened_to_show, tmp_path / "one"),
        jobcenter.again(opened_to_show, tmp_path / "other"),
    )


@pytest.fixture
def monday(monkeypatch):
    """The slot of this week has come, in every part of the house."""
    on = slot(clock.today())

    def come():
        monkeypatch.setattr(Home, "today", lambda _: on)

    return come


def shows(world):
    _, client = browser(world)
    with client:
        answering.through_the_pages(client, world.amira, show=["plan"])


def takes_back(world):
    _, client = browser(world)
    with client:
        client.post("/de/erase", data={"code": world.amira.code, "_go": "erase"})


def takes_back_only(world):
    """She withdraws what she shows, and leaves her answers."""
    shows(world)
    _, client = browser(world)
    with client:
        client.post("/de/erase", data={"code": world.amira.code, "_go": "shown"})


def pull(world):
    _, client = browser(world)
    with client:
        reply = reply_of(client, "POST", "/exchange/pull", content=asked_for(world))
    assert reply[0] == 200
    return msgspec.json.decode(reply[2], type=Pull)


def handed_over(worlds):
    return [world.survey("release", "deliver") for world in worlds]


@pytest.mark.parametrize("deed", [answers, begins, answers_and_deletes, shows, takes_back_only])
@pytest.mark.parametrize("role", ROLES)
def test_before_the_slot_nobody_sees_a_difference_on_any_route(worlds, deed, role, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    deed(one)
    assert ROLES[role](one) == ROLES[role](other)


@pytest.mark.parametrize("deed", [answers, begins, answers_and_deletes, takes_back_only])
@pytest.mark.parametrize("role", ROLES)
def test_after_the_slot_who_shows_nothing_is_seen_nowhere(worlds, deed, role, monday, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    deed(one)
    monday()
    first, second = handed_over(worlds)
    assert first == second
    assert ROLES[role](one) == ROLES[role](other)


def test_a_pull_differs_by_what_was_shown_and_by_nothing_else(worlds, monday, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    for world in worlds:
        _, client = browser(world)
        with client:
            answering.through_the_pages(client, world.invited[3], show=["plan"])
    shows(one)
    monday()
    handed_over(worlds)
    home, there = pull(one), pull(other)
    assert (len(home.releases), len(there.releases)) == (2, 1)
    assert home.reports == there.reports
    for role in ("visitor", "clara", "operator"):
        assert ROLES[role](one) == ROLES[role](other)


def test_what_is_taken_back_leaves_a_pull_as_if_it_had_never_been(worlds, monday, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    shows(one)
    monday()
    handed_over(worlds)
    assert len(pull(one).releases) == 1
    takes_back(one)
    assert as_connector(one) == as_connector(other)


def test_taking_back_alone_leaves_a_pull_as_if_she_had_shown_nothing(worlds, monday, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    one, other = worlds
    shows(one)
    answers(other)
    monday()
    handed_over(worlds)
    assert len(pull(one).releases) == 1
    _, client = browser(one)
    with client:
        client.post("/de/erase", data={"code": one.amira.code, "_go": "shown"})
    assert as_connector(one) == as_connector(other)


def nothing(world):
    """She has not even begun."""


DEEDS = [nothing, begins, answers, shows, answers_and_deletes, takes_back_only]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_holds_the_code_gets_one_choice_and_one_reply_whatever_was_done_with_it(
    worlds, deed, monkeypatch
):
    """Both worlds have her code; only in one of them something was answered, shown or deleted."""
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    deed(worlds[0])
    seen = []
    for world in worlds:
        _, client = browser(world)
        with client:
            asked = [{}, {"_go": "unheard-of"}, {"_go": "shown"}, {"_go": "erase"}]
            replies = [
                reply_of(client, "POST", "/de/erase", data={"code": world.amira.code, **form})
                for form in asked
            ]
            replies += [
                reply_of(client, "GET", f"/de/{place}")
                for place in ("erase", "unseen", "erased", "unchanged")
            ]
        seen.append(replies)
    assert seen[0] == seen[1]
    assert [reply[0] for reply in seen[0]] == [200, 200, 303, 303, 200, 200, 200, 200]


@pytest.mark.parametrize("go", ["shown", "erase"])
@pytest.mark.parametrize("deed", [nothing, shows])
def test_both_choices_take_the_same_time_whether_there_was_anything(worlds, deed, go):
    world = worlds[0]
    deed(world)
    _, client = browser(world)
    with client:
        started = time.monotonic()
        client.post("/de/erase", data={"code": world.amira.code, "_go": go})
        assert 0.4 <= time.monotonic() - started < 2.5
