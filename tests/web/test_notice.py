"""The sentences follow the settings."""

from datetime import timedelta

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from survey.app import create_app
from survey.home import Home
from survey.language import formats
from survey.model.programmes import Body, Programme
from survey.store import waves
from tests.world import devices, homes
from tests.world.programmes import PROGRAMME

OWN = Body(name="Jobcenter Musterstadt", is_jobcenter=True)
CANNOT = "Das Jobcenter kann Ihre Antworten nicht zuordnen."
COULD = "Technisch wäre es möglich"
WAVES = "Mehrere Befragungen"


@pytest.mark.parametrize(
    ("programme", "said", "unsaid"),
    [
        (PROGRAMME, [CANNOT, WAVES, "Hochschule Musterstadt"], [COULD]),
        (replace(PROGRAMME, operator=OWN), [COULD], [CANNOT]),
        (replace(PROGRAMME, key_holder=OWN), [COULD], [CANNOT]),
        (replace(PROGRAMME, level="anonymous"), [CANNOT], [WAVES]),
    ],
)
def test_who_could_look_is_said_as_it_is(
    tmp_path, programme: Programme, said: list[str], unsaid: list[str]
) -> None:
    world = homes.build(tmp_path, programme=programme, letters=20)
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        text = browser.get("/de/notice").text
    for sentence in [*said, programme.legal_basis, programme.complaint, "mindestens 10 Menschen"]:
        assert sentence in text
    for sentence in unsaid:
        assert sentence not in text


def test_a_newer_wave_at_a_device_changes_no_day_that_letters_name(tmp_path):
    world = homes.build(tmp_path, letters=20, days=(-1, 20))
    devices.opened(world, wave_id="x1", number=2)
    with world.home.database.read() as tx:
        asked, device = waves.find(tx, "w1"), waves.find(tx, "x1")
    assert device.closes_on != asked.closes_on
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        for place in ("notice", "help"):
            text = browser.get(f"/de/{place}").text
            assert formats.day(asked.closes_on, "de") in text
            assert formats.day(device.closes_on, "de") not in text


@pytest.mark.parametrize(("days", "asked"), [(-1, False), (0, True), (5, True), (6, False)])
def test_nothing_is_asked_before_the_first_day_and_after_the_last(
    tmp_path, monkeypatch, days, asked
):
    """Also where nobody has closed the wave yet: a day that is over is no day to answer until."""
    world = homes.build(tmp_path, letters=20, days=(-1, 4))
    with world.home.database.read() as tx:
        day = waves.find(tx, "w1").opens_on + timedelta(days=days)
    monkeypatch.setattr(Home, "today", lambda _: day)
    with TestClient(create_app(world.home), base_url="http://testserver.local") as browser:
        text = browser.get("/de/notice").text
    assert ("Fragen beginnen" in text) is asked
    assert ("Gerade läuft keine Befragung" in text) is not asked
