"""Each thing that can arrive broken has a page of its own, and nothing of it is kept."""

import logging

import pytest
from litestar.testing import TestClient

from survey.actions import wave_close
from survey.errors import DatabaseFull
from survey.http import fields
from survey.http.fields import Malformed
from tests.web.people import answer, chosen, enter, tag
from tests.world import homes
from tests.world.programmes import NOW
from tests.world.world import World

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def entered(amira: TestClient, world: World) -> TestClient:
    enter(amira, world.code())
    return amira


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        (b"k1=" + b"x" * 600_000, FORM, 413, "zu viel auf einmal"),
        (b"&".join(b"k=1" for _ in range(200)), FORM, 400, "nicht vollständig angekommen"),
        (b"k1=%FF%FE", FORM, 400, "nicht vollständig angekommen"),
        (b"k1=\xff", FORM, 400, "nicht vollständig angekommen"),
        (b"k1=%00", FORM, 400, "nicht vollständig angekommen"),
        (b"k1", FORM, 400, "nicht vollständig angekommen"),
        (b"n" * 80 + b"=1", FORM, 400, "nicht vollständig angekommen"),
        (b"{}", {"content-type": "application/json"}, 415, "nicht vollständig angekommen"),
        (b"k1=5", {}, 415, "nicht vollständig angekommen"),
        (b"k1=5", {"content-type": FORM["content-type"] + "; charset=utf-16"}, 415, "nicht voll"),
        (b"k1=5", {**FORM, "content-length": "99"}, 400, "nicht vollständig angekommen"),
        (b"", FORM, 409, "veraltet"),
    ],
)
def test_a_broken_form_is_refused_whole(
    entered: TestClient, body: bytes, headers: dict[str, str], status: int, said: str
) -> None:
    reply = entered.post("/de/question/k1", content=body, headers=headers)
    assert reply.status_code == status
    assert said in reply.text
    assert "nichts gespeichert" in reply.text
    assert "<title>Fehler: " in reply.text
    assert chosen(entered.get("/de/question/k1")) == []


def test_a_form_that_was_cut_off_has_no_tag_and_is_refused(entered: TestClient) -> None:
    page = entered.get("/de/question/k1").text
    assert page.index('name="_tag"') > page.index('name="_go" value="stop"')


@pytest.mark.parametrize("cookie", ["x", "A" * 140, "ä", "=" * 9, "a b"])
def test_a_tampered_cookie_is_told_and_taken_away(entered: TestClient, cookie: str) -> None:
    headers = {"cookie": f"session={cookie}".encode()}
    for reply in (
        entered.get("/de/question/k1", headers=headers),
        entered.post("/de/question/k1", data={"k1": "5", "_tag": "0"}, headers=headers),
    ):
        assert reply.status_code == 403
        assert "Wenn nicht, ist noch da, was gespeichert war" in reply.text
        assert "Max-Age=0" in reply.headers["set-cookie"]


@pytest.mark.parametrize("value", ["7", "", "4 OR 1", "no-such", "４"])
def test_an_option_that_is_not_offered_is_no_answer(entered: TestClient, value: str) -> None:
    reply = answer(entered, "/de/question/k1", k1=value)
    assert reply.status_code == (422 if value else 303)
    assert chosen(entered.get("/de/question/k1")) == []


def test_a_text_that_is_too_long_is_kept_in_its_field(entered: TestClient) -> None:
    reply = answer(entered, "/de/question/g2", g2="ä" * 1001)
    assert reply.status_code == 422
    assert "ä" * 1001 in reply.text
    assert 'aria-invalid="true" autofocus' in reply.text


@pytest.mark.parametrize("address", ["/xx/code", "/../code", "/de/nothing", "/de/question", "/q/q"])
def test_an_unknown_address_is_a_page_with_a_way_on(amira: TestClient, address: str) -> None:
    reply = amira.get(address)
    assert reply.status_code == 404
    assert 'class="go"' in reply.text


def test_an_unknown_question_leads_to_the_open_one(entered: TestClient) -> None:
    assert entered.get("/de/question/zz").headers["location"] == "/de/question/k1"


def test_another_method_is_a_page_too(amira: TestClient) -> None:
    reply = amira.put("/de/code")
    assert reply.status_code == 405
    assert "So lässt sich diese Seite nicht öffnen" in reply.text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "../..", "question/../x"])
def test_the_language_page_leads_nowhere_else(amira: TestClient, to: str) -> None:
    page = amira.get("/de/languages", params={"to": to})
    assert 'href="/en/code"' in page.text
    assert "evil" not in page.text


def test_a_wave_that_closes_meanwhile_says_so(tmp_path) -> None:
    own = homes.build(tmp_path, letters=20)
    with TestClient(own.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, own.code())
        form_tag = tag(browser.get("/de/question/k1"))
        wave_close.close(own.home.services(), "w1", actor="test", at=NOW)
        for reply in (
            browser.get("/de/question/k1"),
            browser.post("/de/question/k1", data={"_tag": form_tag, "k1": "5"}),
            browser.post("/de/check", data={"_tag": form_tag}),
        ):
            assert reply.status_code == 409
            assert "Hier ist nichts mehr offen" in reply.text
        assert "Gerade läuft keine Befragung" in browser.get("/de/notice").text


def test_a_full_disk_is_told_and_logged_without_what_was_said(
    entered: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseFull()

    monkeypatch.setattr("survey.actions.drafts.keep", full)
    with caplog.at_level(logging.ERROR):
        reply = answer(entered, "/de/question/g2", g2="Geheimes Wort")
    assert reply.status_code == 507
    assert "kein Platz zum Speichern" in reply.text
    assert "Geheimes" not in reply.text + caplog.text


@pytest.mark.parametrize("address", ["/exchange/prints", "/exchange/pull"])
def test_a_stranger_cannot_make_the_exchange_hold_much(amira: TestClient, address: str) -> None:
    assert amira.post(address, content=b" " * 8192).status_code == 413


def test_what_nobody_foresaw_is_a_page_and_no_secret_in_the_log(
    entered: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*given: object, **__: object) -> None:
        raise KeyError(given[3])

    monkeypatch.setattr("survey.actions.drafts.keep", broken)
    with caplog.at_level(logging.ERROR):
        reply = answer(entered, "/de/question/g2", g2="Geheimes Wort")
    assert reply.status_code == 500
    assert "etwas schiefgegangen" in reply.text
    assert "Geheimes" not in reply.text + caplog.text
    assert "KeyError" in caplog.text


def test_a_name_given_twice_counts_as_not_given() -> None:
    twice = fields.parsed(b"_tag=1&_tag=2&k1=4")
    assert fields.single(twice, "_tag") == ""
    assert fields.single(twice, "k1") == "4"
    with pytest.raises(Malformed):
        fields.parsed(b"a=%C3%28")
