"""A wording that was taken out of use: every place that names its waves says so."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from msgspec.structs import replace

from survey import clock
from survey.actions import exchange, waves
from survey.cli.main import main
from survey.errors import WaveNotReady
from survey.store import waves as stored
from tests.world import forms, homes
from tests.world.programmes import NOW, PROGRAMME


@pytest.fixture
def world(tmp_path):
    """A house with an open wave and a sampled one that ask the same wording."""
    world = homes.build(tmp_path / "home")
    with world.database.read() as tx:
        first = stored.find(tx, "w1")
    second = replace(first, wave_id="w2", number=2, state="planned", title="Zweite Welle")
    waves.create(world.database, second, forms.satisfaction(), actor="test", at=NOW)
    with world.database.write() as tx:
        assert stored.move(tx, "w2", old="planned", new="sampled")
    run(world, "wave", "withdraw-form", "w1", "--yes")
    yield world
    world.database.close()


def run(world, *words):
    done = CliRunner().invoke(main, ["--home", str(world.home.directory), *map(str, words)])
    return done.output


def test_the_list_of_waves_says_that_nobody_can_answer(world):
    lines = run(world, "wave", "list").splitlines()
    assert len(lines) == 2
    assert all(line.endswith("form withdrawn: nobody can answer") for line in lines)


def test_no_wave_with_this_wording_opens_or_is_planned_any_more(world):
    assert "wording" in run(world, "wave", "open", "w2", "--yes")
    with world.database.read() as tx:
        first = stored.find(tx, "w1")
        assert stored.find(tx, "w2").state == "sampled"
    third = replace(first, wave_id="w3", number=3, state="planned", title="Dritte Welle")
    with pytest.raises(WaveNotReady, match="withdrawn"):
        waves.create(world.database, third, forms.satisfaction(), actor="test", at=NOW)
    with world.database.read() as tx:
        assert {wave.wave_id for wave in stored.list_all(tx)} == {"w1", "w2"}


def test_the_house_is_not_offered_these_waves_for_letters(world):
    evaluator = world.home.evaluator()
    with world.database.read() as tx:
        offers = exchange.offers(tx, evaluator)
    assert [(each.wave_id, each.state) for each in offers] == [("w1", "closed"), ("w2", "closed")]


def test_the_notice_speaks_of_no_wave_that_nobody_can_answer(world):
    with TestClient(world.app) as browser:
        assert PROGRAMME.title not in browser.get("/de/notice").text


def test_devices_are_listed_by_whether_anybody_can_answer_there(world):
    days = ("--opens", clock.today(), "--closes", clock.today() + timedelta(days=9))
    words = ("--programme", "zufriedenheit", "--number", 3, "--form", "kiosk")
    said = run(world, "wave", "create", "k1", *words, *days)
    assert "connector" not in said
    assert "survey wave open k1" in said
    assert "survey kiosk add DEVICE --wave k1 --place PLACE" in said
    run(world, "kiosk", "add", "tablet", "--wave", "k1", "--place", "Eingang")
    assert "wave planned" in run(world, "kiosk", "list")
    run(world, "wave", "open", "k1", "--yes")
    assert "in use" in run(world, "kiosk", "list")
    run(world, "wave", "withdraw-form", "k1", "--yes")
    assert "form withdrawn" in run(world, "kiosk", "list")
    run(world, "kiosk", "revoke", "tablet", "--yes")
    assert "revoked" in run(world, "kiosk", "list")
