"""Answering at a device in the building: no letter, a receipt, and nothing left behind."""

import base64
import hashlib
import re

import pytest
from litestar.testing import TestClient

from survey.actions import kiosks, retention, wave_close, waves
from survey.app import create_app
from survey.engine.inspection import inspect
from survey.errors import Refused
from survey.form import domains
from survey.home import Home
from survey.report.measure import open_waves
from survey.store import responses
from survey.store import waves as stored_waves
from tests.web.people import answer, chosen, enter, tag
from tests.world import homes
from tests.world.devices import QUESTIONS, Device
from tests.world.devices import opened as open_kiosk
from tests.world.programmes import NOW
from tests.world.world import World

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture
def world(tmp_path) -> World:
    return homes.build(tmp_path)


@pytest.fixture
def device(world) -> Device:
    return open_kiosk(world)


@pytest.fixture
def kiosk(world, device):
    """A browser on a device of the house."""
    with TestClient(world.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        assert client.post("/kiosk/device", data={"code": device.token}).status_code == 303
        yield client


def begin(kiosk: TestClient, language: str = "de") -> None:
    reply = kiosk.post("/kiosk/begin", data={"language": language})
    assert reply.headers["location"] == f"/kiosk/{language}/question/first"


def whole(kiosk: TestClient, language: str = "de") -> str:
    """Answer everything and send; gives the code on the receipt."""
    begin(kiosk, language)
    for question in QUESTIONS:
        answer(kiosk, f"/kiosk/{language}/question/{question}", **{question: "4"})
    assert answer(kiosk, f"/kiosk/{language}/send").headers["location"].endswith("/thanks")
    found = CODE.search(kiosk.get(f"/kiosk/{language}/thanks").text)
    assert found
    return found[0]


def answers(world: World, wave_id: str = "k1") -> int:
    with world.database.read() as tx:
        name = f"recipient.{domains.MAIN}"
        return sum(1 for row in responses.sealed(tx, wave_id, name) if row.body)


def test_a_browser_without_a_token_is_asked_for_one(world, device):
    with TestClient(world.app, base_url="http://testserver.local") as client:
        page = client.get("/kiosk")
        assert "Kennwort des Geräts" in page.text
        assert "Wie war es heute" not in page.text


def test_a_wrong_token_is_told_at_the_field(world, device, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    with TestClient(world.app, base_url="http://testserver.local") as client:
        page = client.post("/kiosk/device", data={"code": "0000-0000-0000-0000-0000"})
        assert page.status_code == 422
        assert 'aria-invalid="true"' in page.text


def test_a_questionnaire_at_a_device_is_stored_once_and_gives_a_receipt(world, kiosk):
    whole(kiosk)
    assert answers(world) == 1
    assert answers(world, "w1") == 0


def test_the_code_on_the_receipt_deletes_the_answers(world, kiosk, monkeypatch):
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    code = whole(kiosk)
    with TestClient(world.app, base_url="http://testserver.local") as phone:
        assert enter(phone, code).status_code == 409  # used
        phone.post("/de/erase", data={"code": code, "_go": "erase"})
    assert answers(world) == 0


def test_two_questionnaires_of_one_device_are_two_answers(world, kiosk):
    first = whole(kiosk)
    kiosk.get("/kiosk/end")
    assert whole(kiosk, "ar") != first
    assert answers(world) == 2


def test_the_next_person_finds_the_start_page_and_nothing_of_the_one_before(world, kiosk):
    begin(kiosk)
    answer(kiosk, "/kiosk/de/question/t1", t1="1")
    assert kiosk.get("/kiosk/end").headers["location"] == "/kiosk"
    assert "session" not in kiosk.cookies
    assert "receipt" not in kiosk.cookies
    assert kiosk.get("/kiosk/de/question/t1").headers["location"] == "/kiosk"
    assert "Wie war es heute bei uns?" in kiosk.get("/kiosk").text


def test_a_page_nobody_touches_asks_and_then_empties_itself(kiosk):
    begin(kiosk)
    assert kiosk.get("/kiosk/de/question/t2").headers["refresh"] == "100;url=/kiosk/de/here?to=t2"
    page = kiosk.get("/kiosk/de/here?to=t2")
    assert page.headers["refresh"] == "20;url=/kiosk/end"
    assert 'href="/kiosk/de/question/t2"' in page.text


DEADLINE = re.compile(r"(\d+)\s+(?:Sekunden|seconds|ثانية)")


@pytest.mark.parametrize("language", ["de", "de-simple", "en", "ar"])
def test_a_device_says_one_deadline_and_keeps_it(kiosk, language):
    """The seconds that a page names are those after which it is empty, with every step between."""
    begin(kiosk, language)
    base = f"/kiosk/{language}"
    for place in ("question/t1", "languages", "send"):
        page = kiosk.get(f"{base}/{place}")
        wait, onward = page.headers["refresh"].split(";url=")
        left = 0
        if onward != "/kiosk/end":
            asking = kiosk.get(onward)
            [left] = map(int, DEADLINE.findall(asking.text))
            assert asking.headers["refresh"] == f"{left};url=/kiosk/end"
        assert DEADLINE.findall(page.text) == [str(int(wait) + left)] == ["120"]
    answer(kiosk, f"{base}/send")
    receipt = kiosk.get(f"{base}/thanks")
    assert DEADLINE.findall(receipt.text) == ["120"]
    assert receipt.headers["refresh"] == "120;url=/kiosk/end"


def test_a_device_that_asks_nobody_looks_again_by_itself(world, kiosk):
    wave_close.close(world.home.services(), "k1", actor="test", at=NOW)
    page = kiosk.get("/kiosk")
    assert page.headers["refresh"] == "300;url=/kiosk"
    assert "Wenn eine beginnt, steht sie hier von selbst." in page.text
    assert "Sekunden" not in page.text


def test_a_place_from_outside_leads_nowhere_else(kiosk):
    begin(kiosk)
    page = kiosk.get("/kiosk/de/here?to=//example.org/x")
    assert "example.org" not in page.text


def test_what_was_answered_stays_when_the_language_changes(kiosk):
    begin(kiosk)
    answer(kiosk, "/kiosk/de/question/t1", t1="2", _language="choose")
    assert re.search(r'value="2 +" checked', kiosk.get("/kiosk/ar/question/t1").text)


def test_a_form_of_the_person_before_stores_nothing(world, kiosk):
    begin(kiosk)
    old = tag(kiosk.get("/kiosk/de/question/t1"))
    kiosk.get("/kiosk/end")
    begin(kiosk)
    reply = kiosk.post("/kiosk/de/question/t1", data={"_tag": old, "t1": "1"})
    assert reply.headers["location"] == "/kiosk/end"
    assert chosen(kiosk.get("/kiosk/de/question/t1")) == []


@pytest.mark.parametrize("sent_by", ["none", "same-origin", None])
def test_a_link_to_the_end_of_a_kiosk_takes_no_letters_answers_away(world, device, sent_by):
    headers = {"sec-fetch-site": sent_by} if sent_by else {}
    with TestClient(world.app, base_url="http://testserver.local") as phone:
        phone.follow_redirects = False
        enter(phone, world.letters[0])
        answer(phone, "/de/question/k1", k1="5")
        phone.get("/kiosk/end", headers=headers)
        assert chosen(phone.get("/de/question/k1")) == ["5"]


def test_a_kiosks_page_for_a_letters_text_leads_to_the_start(world, device):
    with TestClient(world.app, base_url="http://testserver.local") as phone:
        phone.follow_redirects = False
        enter(phone, world.letters[1])
        assert phone.get("/kiosk/de/question/g2").status_code == 303


def test_a_revoked_token_begins_nothing_any_more(world, device, kiosk):
    kiosks.revoke(world.database, device.kiosk_id, actor="test", at=NOW)
    assert kiosk.post("/kiosk/begin", data={"language": "de"}).headers["location"] == "/kiosk"
    assert "Kennwort des Geräts" in kiosk.get("/kiosk").text
    assert "session" not in kiosk.cookies


def test_a_questionnaire_begun_before_the_revocation_can_be_sent(world, device, kiosk):
    begin(kiosk)
    answer(kiosk, "/kiosk/de/question/t1", t1="3")
    kiosks.revoke(world.database, device.kiosk_id, actor="test", at=NOW)
    answer(kiosk, "/kiosk/de/send")
    assert answers(world) == 1


def test_a_closed_wave_says_so_on_the_device(world, kiosk):
    wave_close.close(world.home.services(), "k1", actor="test", at=NOW)
    assert "Heute ist keine Befragung" in kiosk.get("/kiosk").text
    assert kiosk.post("/kiosk/begin", data={"language": "de"}).headers["location"] == "/kiosk"


def test_a_withdrawn_wording_asks_nobody_at_the_device(world, kiosk):
    database = world.database
    with database.read() as tx:
        version = stored_waves.find(tx, "k1").form_version
    waves.withdraw_form(database, version, actor="test", at=NOW)
    assert "Heute ist keine Befragung" in kiosk.get("/kiosk").text
    assert kiosk.post("/kiosk/begin", data={"language": "de"}).headers["location"] == "/kiosk"
    assert "session" not in kiosk.cookies


def test_another_site_begins_nothing(world, kiosk):
    reply = kiosk.post(
        "/kiosk/begin", data={"language": "de"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert reply.headers["location"] == "/kiosk/end"
    assert "session" not in kiosk.cookies


def test_people_with_letters_are_not_asked_at_a_device(world):
    with pytest.raises(Refused):
        kiosks.add(world.database, "falsch", "w1", "Flur", actor="test", at=NOW)


def test_answers_of_a_device_say_kiosk_and_no_unit(world, kiosk):
    for _ in range(10):
        whole(kiosk)
    wave_close.close(world.home.services(), "k1", actor="test", at=NOW)
    found = open_waves.open_wave(world.home.services(), "k1", lambda _: None)
    rows = [(sheet.unit_id, sheet.answers) for sheet in found.sheets("main")]
    assert len(rows) == 10
    how = [(sheet.unit_id, sheet.answers) for sheet in found.sheets(domains.CIRCUMSTANCES)]
    assert "kiosk" in repr(how)
    assert "screen" not in repr(how)


def drafts(world: World) -> int:
    return inspect(world.database)["draft"].count


def test_beginning_again_and_again_leaves_one_draft(world, kiosk):
    for _ in range(40):
        begin(kiosk)
    assert drafts(world) == 1


def test_a_browser_that_loses_its_sessions_leaves_one_draft_as_well(world, kiosk):
    for _ in range(40):
        begin(kiosk)
        kiosk.cookies.delete("session")
        kiosk.cookies.delete("receipt")
    assert drafts(world) == 1
    kiosk.get("/kiosk/end")
    begin(kiosk)
    assert drafts(world) == 1


def test_a_server_that_was_started_anew_finds_the_draft_by_the_browsers_session(world, device):
    with TestClient(world.app, base_url="http://testserver.local") as first:
        first.follow_redirects = False
        first.post("/kiosk/device", data={"code": device.token})
        begin(first)
        kept = dict(first.cookies)
    again = create_app(Home.enter(world.home.directory))
    with TestClient(again, base_url="http://testserver.local", cookies=kept) as second:
        second.follow_redirects = False
        begin(second)
    assert drafts(world) == 1


def test_two_devices_have_a_draft_each(world, device, kiosk):
    begin(kiosk)
    with TestClient(world.app, base_url="http://testserver.local") as other:
        other.follow_redirects = False
        other.post("/kiosk/device", data={"code": device.token})
        begin(other)
    assert drafts(world) == 2


def test_beginning_at_a_device_takes_no_letters_answers_away(world, kiosk):
    enter(kiosk, world.letters[0])
    answer(kiosk, "/de/question/k1", k1="5")
    begin(kiosk)
    assert drafts(world) == 2


def test_what_lies_at_devices_overnight_is_gone_in_the_morning(world, kiosk):
    begin(kiosk)
    with TestClient(world.app, base_url="http://testserver.local") as phone:
        enter(phone, world.letters[0])
    assert drafts(world) == 2
    retention.run(world.database, NOW.date(), at=NOW)
    assert drafts(world) == 1
    assert kiosk.get("/kiosk/de/question/t1").headers["location"] == "/kiosk"


def test_the_cookie_of_a_device_does_not_give_its_token_away(world, device, kiosk):
    symbols = device.token.replace("-", "")
    hashed = hashlib.sha256(device.token.encode()).digest()
    kept = kiosk.cookies["kiosk"]
    raw = base64.urlsafe_b64decode(kept)
    assert symbols not in kept.replace("-", "").upper()
    assert hashed not in raw
    for part in (symbols.encode(), device.token.encode()):
        assert part not in raw
    with TestClient(world.app, base_url="http://testserver.local") as other:
        assert other.post("/kiosk/device", data={"code": kept}).status_code == 422


@pytest.mark.parametrize("planted", ["token", "changed", "session"])
def test_no_other_cookie_makes_a_device_of_a_browser(world, device, kiosk, planted):
    begin(kiosk)
    kept = kiosk.cookies["kiosk"]
    last = "A" if kept[20] != "A" else "B"
    cookie = {
        "token": device.token,
        "changed": kept[:20] + last + kept[21:],
        "session": kiosk.cookies["session"],
    }[planted]
    with TestClient(world.app, base_url="http://testserver.local") as other:
        other.cookies.set("kiosk", cookie, domain="testserver.local")
        assert "Kennwort des Geräts" in other.get("/kiosk").text


def test_every_browser_that_joins_keeps_another_cookie(world, device, kiosk):
    with TestClient(world.app, base_url="http://testserver.local") as other:
        other.follow_redirects = False
        other.post("/kiosk/device", data={"code": device.token})
        assert other.cookies["kiosk"] != kiosk.cookies["kiosk"]
        assert len(other.cookies["kiosk"]) == len(kiosk.cookies["kiosk"])


def test_no_token_lies_in_the_database(world, device):
    raw = (world.home.directory / "survey.db").read_bytes()
    wal = (world.home.directory / "survey.db-wal").read_bytes()
    for part in (device.token, device.token.replace("-", "")):
        assert part.encode() not in raw + wal
