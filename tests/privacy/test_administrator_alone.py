"""Whoever hands out accounts reads no text and becomes nobody else without a second person."""

import pytest

from survey.staff.store import accounts
from tests.privacy.administrator_attack import OWN, WORDS, Alone, building, read, run
from tests.world import staff


@pytest.fixture
def world(tmp_path):
    return building(tmp_path)


def standing(world):
    with world.database.read() as tx:
        every = accounts.listed(tx, accounts.Filter(), most=500)
    return {each.login: (each.roles, each.disabled) for each in every}


def test_an_administrator_alone_reads_nothing_and_becomes_nobody_else(world):
    before = standing(world)
    alone = run(world)
    assert set(alone.browsers) == set(OWN)
    assert standing(world) == before
    assert sum(map(len, alone.halves.values())) > 10
    assert len(alone.shown) > 500
    assert read(alone.shown) == []


def test_the_same_attack_reads_the_texts_once_somebody_else_agrees(world):
    """So that the search above can find what it looks for."""
    alone = Alone(world, "gerd")
    own = f"/accounts/{world.staff['gerd'].account_id}/roles"
    alone.send("gerd", own, {"roles": ["administrator", "editor"]})
    staff.decide(world.browser("farah"), world, "gerd")
    alone.look_everywhere()
    assert read(alone.shown) == list(WORDS)


def test_a_second_person_who_agrees_in_good_faith_does_not_let_him_in(world):
    """Farah agrees to a colleague who does not exist, and keeps her half for who comes for it."""
    alone = Alone(world, "gerd")
    farah = world.browser("farah")
    wanted = {"login": "heike", "roles": "editor", "language": "de"}
    alone.send("gerd", "/accounts/new", wanted, "heike")
    alone.send("gerd", f"/accounts/{world.staff['enno'].account_id}/password", {}, "enno")
    assert all(alone.halves[login] for login in ("heike", "enno"))
    for login in ("heike", "enno"):
        assert staff.decide(farah, world, login).status_code == 200
    alone.come_in_as_others()
    assert set(alone.browsers) == {"gerd"}
