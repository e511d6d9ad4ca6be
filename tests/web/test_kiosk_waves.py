"""What staff read about a wave at devices: nothing of letters, codes or texts, and its report."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from survey.actions import wave_changes, wave_close, waves
from survey.form import load
from survey.model import snapshots as encoding
from survey.model.waves import Thresholds, Wave
from survey.report_types import SATISFACTION
from survey.store import snapshots
from survey.store.snapshots import Frozen
from tests.report import papers
from tests.world import staff
from tests.world.programmes import NOW, PROGRAMME


@pytest.fixture
def world(tmp_path):
    """The house with a planned wave at devices."""
    world = staff.build(tmp_path, letters=20)
    published = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    wave = Wave(
        wave_id="k1",
        programme_id=PROGRAMME.programme_id,
        number=101,
        form_id="kiosk",
        mode="kiosk",
        form_version=published.version,
        opens_on=(NOW - timedelta(days=1)).date(),
        closes_on=(NOW + timedelta(days=30)).date(),
        state="planned",
        thresholds=Thresholds(),
        title="Am Eingang",
    )
    waves.create(world.database, wave, published, actor="test", at=NOW)
    return world


@pytest.fixture
def dilan(world):
    return world.browser("dilan")


def opened(world):
    waves.open_wave(world.database, "k1", actor="test", at=NOW)


def closed(world):
    opened(world)
    services = world.home.services()
    wave_close.close(services, "k1", actor="test", at=NOW, because="Umzug")


def row(page):
    return page.split("Am Eingang")[1].split("</tr>")[0]


def test_a_planned_one_is_opened_next_and_says_nothing_of_letters(world, dilan):
    step = row(dilan.get("/waves").text)
    assert "Einladen" not in step
    assert '<a href="/waves/k1">Welle öffnen</a>' in step
    page = dilan.get("/waves/k1").text
    assert "Ab dann kann am Gerät geantwortet werden" in page
    assert "Codes aus den Briefen" not in page
    assert (
        "Briefen"
        not in dilan.get("/waves/k1/change")
        .text.split("</form>")[0]
        .split("<form")[-1]
        .split("Der Titel")[0]
    )


def test_an_open_one_says_nothing_of_letters_codes_and_texts(world, dilan):
    opened(world)
    assert "Brief" not in dilan.get("/waves/k1/fieldwork").text
    for place in ("/waves/k1/close", "/waves/k1/prolong"):
        page = dilan.get(place).text.split("<main")[1]
        for word in ("Die Codes", "Kein Code", "Texte", "in den Briefen", "Was Menschen zeigen"):
            assert word not in page, (place, word)
    wave_changes.prolong(
        world.database, "k1", (NOW + timedelta(days=40)).date(), actor="test", at=NOW
    )
    page = dilan.get("/waves/k1").text
    assert "verlängert, zuerst bis" in page
    assert "in den Briefen" not in page


def test_a_closed_one_leads_to_the_report_that_holds_it(world, dilan):
    closed(world)
    for place in ("/", "/waves"):
        assert "im Bericht der nächsten Welle" in row(dilan.get(place).text)
    world.plan("w5", 5)
    shown = papers.snapshot()
    chapters = tuple(replace(each, wave_id="k1") for each in shown.without_code)
    body = encoding.text(replace(shown, without_code=chapters))
    frozen = Frozen(wave_id="w5", report=SATISFACTION.name, body=body, frozen_on=NOW.date())
    with world.database.write() as tx:
        assert snapshots.freeze(tx, frozen)
    for place in ("/", "/waves"):
        step = row(dilan.get(place).text)
        assert '<a href="/reports/w5">im Bericht: Zufriedenheit w5</a>' in step
        assert "nächsten Welle" not in step
    assert 'href="/reports/w5"' in dilan.get("/waves/k1").text


def test_a_programme_without_letters_says_which_wave_brings_the_notice(world, dilan):
    with world.database.write() as tx:
        tx.run("UPDATE wave SET mode = 'kiosk' WHERE tenant = :tenant AND wave_id = 'w1'")
    page = dilan.get("/programmes/zufriedenheit").text
    assert "sobald eine Welle mit Briefen geplant ist" in page
