"""Changing, prolonging, withdrawing and copying waves on the pages of staff."""

from datetime import timedelta

import pytest
from litestar.testing import TestClient

from survey.language import formats
from survey.store import forms
from survey.store import waves as wave_rows
from tests.web.people import enter
from tests.web.test_work_pages import draft, light_passwords
from tests.world import staff
from tests.world.programmes import NOW
from tests.world.waves import TITLE

__all__ = ["light_passwords"]

OPENS, CLOSES = (NOW + timedelta(days=40)).date(), (NOW + timedelta(days=60)).date()


@pytest.fixture
def world(tmp_path):
    world = staff.build(tmp_path, letters=60)
    world.plan("w2", 2)
    return world


@pytest.fixture
def dilan(world):
    return world.browser("dilan")


def found(world, wave_id):
    with world.database.read() as tx:
        return wave_rows.find(tx, wave_id)


def changed(client, wave_id="w2", **fields):
    whole = {
        "title": "Herbst im ganzen Haus",
        "opens": OPENS.isoformat(),
        "closes": CLOSES.isoformat(),
        "chosen": "satisfaction/full",
        "k": "15",
    }
    return staff.send(client, f"/waves/{wave_id}/change", {**whole, **fields})


def test_a_planned_wave_is_changed_as_a_whole(world, dilan):
    assert changed(dilan).headers["location"] == "/waves/w2?done=changed"
    wave = found(world, "w2")
    assert (wave.title, wave.opens_on, wave.closes_on) == ("Herbst im ganzen Haus", OPENS, CLOSES)
    assert (wave.thresholds.k, wave.thresholds.k_sensitive) == (15, 20)
    with world.database.read() as tx:
        assert '"selection":"full"' in forms.find(tx, wave.form_version).body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Geben Sie der Welle einen Titel."),
        ({"title": TITLE.upper()}, "So heißt schon eine andere Welle."),
        ({"closes": "gestern"}, "Tragen Sie den letzten Tag ein"),
        ({"closes": (OPENS - timedelta(days=1)).isoformat()}, "liegt vor dem ersten"),
        ({"chosen": "kiosk/default"}, "Wählen Sie einen Fragebogen."),
        ({"k": "3"}, "eine der drei Schwellen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_plan_stays(world, dilan, fields, said):
    before = found(world, "w2")
    reply = changed(dilan, **fields)
    assert reply.status_code == 422
    assert said in reply.text
    assert found(world, "w2") == before


def test_saving_without_a_change_is_no_error(world, dilan):
    changed(dilan)
    assert changed(dilan).status_code == 303


def test_once_people_are_invited_only_the_title_changes_whatever_is_sent(world, dilan):
    page = dilan.get("/waves/w1/change").text
    assert 'name="closes"' not in page
    before = found(world, "w1")
    assert changed(dilan, "w1").status_code == 303
    after = found(world, "w1")
    assert after.title == "Herbst im ganzen Haus"
    assert (after.closes_on, after.thresholds, after.form_version) == (
        before.closes_on,
        before.thresholds,
        before.form_version,
    )


def test_a_prolonged_wave_tells_its_new_day_to_people_and_keeps_that_of_the_letters(world, dilan):
    first = found(world, "w1").closes_on
    later = first + timedelta(days=14)
    sent = staff.send(dilan, "/waves/w1/prolong", {"closes": f"{later:%d.%m.%Y}"})
    assert sent.headers["location"] == "/waves/w1?done=prolonged"
    assert f"in den Briefen bis {first:%d.%m.%Y}" in dilan.get("/waves/w1").text
    with TestClient(world.app, base_url="http://testserver.local") as phone:
        enter(phone, world.code())
        notice = phone.get("/de/notice").text
    assert formats.day(later, "de") in notice
    assert formats.day(first, "de") not in notice


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "nach dem bisherigen"), (-3, "nach dem bisherigen"), (85, "höchstens zwölf Wochen")],
)
def test_a_day_that_cannot_be_the_last_one_is_refused(world, dilan, days, said):
    first = found(world, "w1").closes_on
    reply = staff.send(
        dilan, "/waves/w1/prolong", {"closes": (first + timedelta(days=days)).isoformat()}
    )
    assert reply.status_code == 422
    assert said in reply.text
    assert found(world, "w1").closes_on == first


def test_a_withdrawn_wave_says_why_wherever_it_stands(world, dilan):
    refused = staff.send(dilan, "/waves/w2/withdraw", {"because": " "})
    assert refused.status_code == 422
    assert "Schreiben Sie den Grund" in refused.text
    staff.send(dilan, "/waves/w2/withdraw", {"because": "Umzug <des> Hauses"})
    assert "Umzug &lt;des&gt; Hauses" in dilan.get("/waves/w2").text
    assert "zurückgezogen" in dilan.get("/waves").text
    assert dilan.get("/waves/w2/withdraw").status_code == 409


@pytest.mark.parametrize("page", ["prolong", "withdraw"])
def test_pages_for_another_state_are_refused(world, dilan, page):
    wave_id = {"prolong": "w2", "withdraw": "w1"}[page]
    assert dilan.get(f"/waves/{wave_id}/{page}").status_code == 409


@pytest.mark.parametrize("login", ["enno", "farah", "gerd"])
@pytest.mark.parametrize("page", ["change", "prolong", "withdraw"])
def test_only_who_plans_changes(world, login, page):
    assert world.browser(login).get(f"/waves/w1/{page}").status_code == 403


def test_a_new_wave_with_the_same_details_has_its_questions_and_units(world, dilan):
    page = dilan.get("/waves/w1").text
    address = page.split('href="/waves/new?')[1].split('"')[0].replace("&amp;", "&")
    shown = dilan.get(f"/waves/new?{address}").text
    assert 'name="form" value="satisfaction"' in shown
    assert 'name="invited" value="' in shown
    assert 'name="opens" value=""' in shown
    assert 'name="title" value=""' in shown


def test_title_and_short_name_are_proposed_from_programme_and_season(world, dilan):
    sent = staff.send(dilan, "/waves/new", draft(wave="", number="3"), page="/waves")
    assert sent.headers["location"] == "/waves/fruehjahr-2031?done=created"
    wave = found(world, "fruehjahr-2031")
    assert wave.title == "Wie ist das Jobcenter für Sie, Frühjahr 2031"


def test_an_attempt_at_a_short_name_is_turned_into_one(world, dilan):
    sent = staff.send(dilan, "/waves/new", draft(wave="Frühjahr 2031", number="3"), page="/waves")
    assert sent.status_code == 422
    assert 'value="fruehjahr-2031"' in sent.text
    assert "Im Feld steht jetzt einer, der geht." in sent.text
