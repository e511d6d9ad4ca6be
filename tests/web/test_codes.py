"""Codes: told apart when mistyped, and never otherwise."""

from datetime import UTC, datetime
from time import monotonic

import pytest
from litestar.testing import TestClient

from survey import wrong_codes
from survey.actions import wave_close
from survey.language import formats
from survey.language.translator import translator
from survey.store import waves as wave_rows
from tests.web.pages import WRONG
from tests.web.people import answer, enter, send
from tests.world import homes
from tests.world.world import World


def told(world: World, code: str) -> tuple[int, str, list[tuple[str, str]]]:
    """What a browser gets for a code that is not open; the code itself is the only difference."""
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        reply = enter(browser, code)
        assert "set-cookie" not in reply.headers
        plain = browser.post(
            "/de/code", data={"code": code}, headers={"accept-encoding": "identity"}
        )
        headers = list(plain.headers.items())
        return plain.status_code, plain.text.replace(code, "CODE"), headers


def used(world: World) -> str:
    code = world.code()
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, code)
        send(browser)
    return code


def test_wrong_used_early_expired_and_withdrawn_codes_get_one_page(world: World, tmp_path) -> None:
    expected = told(world, WRONG)
    assert expected[0] == 409
    assert told(world, used(world)) == expected
    for name, days, opened in (("early", (2, 9), True), ("sampled", (-1, 9), False)):
        folder = tmp_path / name
        folder.mkdir()
        other = homes.build(folder, letters=20, days=days, opened=opened)
        assert told(other, other.code()) == expected, name
    folder = tmp_path / "late"
    folder.mkdir()
    late = homes.build(folder, letters=20)
    code = late.code()
    wave_close.close(late.home.services(), "w1", actor="test", at=datetime.now(UTC))
    assert told(late, code) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7KQM-2R8T-XA5U", "Hier stimmt ein Zeichen nicht."),
        ("7KQM", "Der Code hat 12 Zeichen."),
        ("", "Bitte geben Sie den Code aus Ihrem Brief ein."),
    ],
)
def test_a_mistyped_code_stays_in_its_field_with_the_cause(
    amira: TestClient, typed: str, said: str
) -> None:
    reply = enter(amira, typed)
    assert reply.status_code == 422
    assert said in reply.text
    assert f'value="{typed}" aria-invalid="true" autofocus' in reply.text
    assert "<title>Fehler: " in reply.text


def test_a_code_may_be_typed_in_any_fashion(amira: TestClient, world: World) -> None:
    typed = world.code().lower().replace("-", " ").replace("0", "o")
    assert enter(amira, f" {typed} ").status_code == 303


def test_a_code_typed_in_cyrillic_opens_and_deletes(amira: TestClient, world: World) -> None:
    alike = str.maketrans("ABCEHKMPTXY3", "АВСЕНКМРТХУЗ")
    code = next(letter for letter in world.letters if set("ABCEHKMPTXY3") & set(letter))
    world.letters.remove(code)
    assert enter(amira, code.translate(alike)).status_code == 303
    asked = amira.post("/de/erase", data={"code": code.translate(alike)})
    assert f'name="code" value="{code}"' in asked.text


def test_a_scanned_code_goes_straight_to_the_notice(amira: TestClient, world: World) -> None:
    page = amira.get("/q")
    assert 'name="language" value="ar"' in page.text
    entered = amira.post("/q", data={"code": world.code(), "language": "ar"})
    assert entered.headers["location"] == "/ar/notice"


def test_without_a_script_the_scanned_code_is_typed(amira: TestClient) -> None:
    reply = amira.post("/q", data={"code": "", "language": "ar"})
    assert reply.status_code == 200
    assert 'action="/ar/code"' in reply.text
    assert "aria-invalid" not in reply.text


def test_deleting_says_the_same_whether_anything_was_there(world: World) -> None:
    said = []
    for code in (used(world), world.code(), WRONG):
        with TestClient(world.app, base_url="http://testserver.local") as browser:
            browser.follow_redirects = False
            ask = browser.post("/de/erase", data={"code": code})
            done = browser.post("/de/erase", data={"code": code, "_go": "erase"})
            said.append((ask.status_code, ask.text.replace(code, ""), done.headers))
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("tag", ["de", "de-simple", "en", "ar"])
def test_deleting_says_that_texts_stay_behind_their_last_day(world: World, tag: str) -> None:
    """With the day that the notice names; without one where nothing is asked at the moment."""
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        with world.database.read() as tx:
            day = formats.day(wave_rows.find(tx, "w1").closes_on, tag)
        say = translator(tag).gettext
        until = say("In der Befragung, die jetzt läuft: bis zum %(day)s.") % {"day": day}
        exception = say(
            "Ausnahme: Ihre Texte löscht der Code nur bis zum letzten Tag der Befragung."
        )
        asked = browser.post(f"/{tag}/erase", data={"code": WRONG}).text
        for page in (asked, browser.get(f"/{tag}/erased").text, browser.get(f"/{tag}/unseen").text):
            assert f"{exception} {until}" in page
        assert day in browser.get(f"/{tag}/notice").text


def test_deleting_names_no_day_of_a_wave_that_is_not_open(tmp_path) -> None:
    shut = homes.build(tmp_path, letters=20, opened=False)
    with TestClient(shut.app, base_url="http://testserver.local") as browser:
        asked = browser.post("/de/erase", data={"code": WRONG}).text
    assert "nur bis zum letzten Tag der Befragung.</p>" in asked


def test_deleted_answers_are_gone(amira: TestClient, world: World) -> None:
    code = world.code()
    enter(amira, code)
    answer(amira, "/de/question/k1", k1="2")
    send(amira)
    assert amira.get("/de/thanks").status_code == 200
    cookie = amira.cookies["session"]
    amira.post("/de/erase", data={"code": code, "_go": "erase"})
    gone = amira.get("/de/thanks", headers={"cookie": f"session={cookie}"})
    assert gone.status_code == 409


def test_wrong_codes_are_slowed_and_right_ones_are_not(
    amira: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_codes, "USUAL", 0.3)
    started = monotonic()
    enter(amira, WRONG)
    assert monotonic() - started >= 0.3
    monkeypatch.setattr(wrong_codes, "USUAL", 20)
    started = monotonic()
    enter(amira, world.code())
    assert monotonic() - started < 20
