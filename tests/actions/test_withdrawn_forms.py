"""A wording that was taken out of use: every place that names its waves says so."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from msgspec.structs import replace

from survey import clock
from survey.actions import exchange, house, waves
from survey.cli.main import main
from survey.errors import WaveNotReady
from survey.store import waves as stored
from tests.web import houses


@pytest.fixture
def street(tmp_path):
    """A house with an open wave and a sampled one that ask the same wording."""
    street = houses.build(tmp_path / "home")
    with street.here.database.read() as tx:
        first = stored.find(tx, "w1")
    second = replace(first, wave_id="w2", number=2, state="planned", title="Zweite Welle")
    waves.create(street.here.database, second, houses.satisfaction(), actor="test", at=houses.NOW)
    with street.here.database.write() as tx:
        assert stored.move(tx, "w2", old="planned", new="sampled")
    run(street, "wave", "withdraw-form", "w1", "--yes")
    yield street
    street.here.database.close()


def run(street, *words):
    done = CliRunner().invoke(main, ["--home", str(street.here.home), *map(str, words)])
    return done.output


def test_the_list_of_waves_says_that_nobody_can_answer(street):
    lines = run(street, "wave", "list").splitlines()
    assert len(lines) == 2
    assert all(line.endswith("form withdrawn: nobody can answer") for line in lines)


def test_no_wave_with_this_wording_opens_or_is_planned_any_more(street):
    assert "wording" in run(street, "wave", "open", "w2", "--yes")
    with street.here.database.read() as tx:
        first = stored.find(tx, "w1")
        assert stored.find(tx, "w2").state == "sampled"
    third = replace(first, wave_id="w3", number=3, state="planned", title="Dritte Welle")
    with pytest.raises(WaveNotReady, match="withdrawn"):
        waves.create(
            street.here.database, third, houses.satisfaction(), actor="test", at=houses.NOW
        )
    with street.here.database.read() as tx:
        assert {wave.wave_id for wave in stored.every(tx)} == {"w1", "w2"}


def test_the_house_is_not_offered_these_waves_for_letters(street):
    evaluator = house.evaluator(street.here)
    with street.here.database.read() as tx:
        offers = exchange.offers(tx, evaluator)
    assert [(each.wave_id, each.state) for each in offers] == [("w1", "closed"), ("w2", "closed")]


def test_the_notice_speaks_of_no_wave_that_nobody_can_answer(street):
    with TestClient(street.app) as browser:
        assert houses.PROGRAMME.title not in browser.get("/de/notice").text


def test_devices_are_listed_by_whether_anybody_can_answer_there(street):
    days = ("--opens", clock.today(), "--closes", clock.today() + timedelta(days=9))
    words = ("--programme", "zufriedenheit", "--number", 3, "--form", "kiosk")
    said = run(street, "wave", "create", "k1", *words, *days)
    assert "connector" not in said
    assert "survey wave open k1" in said
    assert "survey kiosk add DEVICE --wave k1 --place PLACE" in said
    run(street, "kiosk", "add", "tablet", "--wave", "k1", "--place", "Eingang")
    assert "wave planned" in run(street, "kiosk", "list")
    run(street, "wave", "open", "k1", "--yes")
    assert "in use" in run(street, "kiosk", "list")
    run(street, "wave", "withdraw-form", "k1", "--yes")
    assert "form withdrawn" in run(street, "kiosk", "list")
    run(street, "kiosk", "revoke", "tablet", "--yes")
    assert "revoked" in run(street, "kiosk", "list")
