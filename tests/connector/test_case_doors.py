"""Who gets in, for how long, and to what: login, sessions, roles, forms."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from msgspec.structs import replace

from connector.app import create_app
from connector.cases import accounts
from connector.cli.main import main
from connector.roles import ZONE
from connector.web.login import PLACE
from survey.http import fields
from survey.staff import logins
from survey.staff.store import audit
from survey.staff.store.audit import Filter
from tests.connector.case_houses import AMIRA, PASSWORD, log_in, send, tag_of

ANOTHER = "Fahrrad im Innenhof 12"


def command(house, *words, password=None):
    return CliRunner().invoke(
        main, ["--home", str(house.home.directory), "account", *words], input=password
    )


def noted(house, action=""):
    with house.state.read() as tx:
        return audit.matching(tx, Filter(action=action), skip=0, most=100)


def test_a_login_leads_to_ones_own_pages_and_sets_a_strict_cookie(house):
    with house.browser() as client:
        entered = log_in(client, "bernd")
        assert entered.headers["location"] == "/cases"
        cookie = entered.headers["set-cookie"]
        assert cookie.startswith("cases=")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Secure" not in cookie
        assert client.get("/cases").status_code == 200
    assert noted(house, "account.login")[0].actor == "bernd"


def test_a_password_taken_away_while_it_is_looked_at_opens_nothing(house, monkeypatch):
    fits = logins.passwords.fits

    def slowly(stored, plain):
        said = fits(stored, plain)
        accounts.set_password(house.state, "bernd", ANOTHER, at=datetime.now(UTC))
        return said

    monkeypatch.setattr(logins.passwords, "fits", slowly)
    assert logins.log_in(house.state, ZONE, "bernd", PASSWORD, at=datetime.now(UTC)) is None


def test_whatever_is_wrong_gets_one_and_the_same_reply(house):
    command(house, "disable", "clara", "--yes")
    replies = {}
    with house.browser() as client:
        for login, password in (
            ("bernd", "ganz falsch geraten"),
            ("clara", PASSWORD),
            ("nobody", PASSWORD),
            ("bernd", ""),
        ):
            reply = log_in(client, login, password)
            replies[login, password] = (
                reply.status_code,
                reply.text.replace(f'value="{login}"', ""),
                {name: value for name, value in reply.headers.items() if name != "content-length"},
            )
    assert len({repr(each) for each in replies.values()}) == 1
    assert next(iter(replies.values()))[0] == 422


def test_every_failure_slows_the_next_try_and_locks_nobody_out(house):
    with house.browser() as client:
        log_in(client, "bernd", "falsch")
        delay = next(iter(house.app.dependencies.values())).dependency().login.delay
        assert delay.seconds("bernd") > 0
        assert log_in(client, "bernd").status_code == 303
        assert delay.seconds("bernd") == 0


def test_a_login_is_typed_in_any_case_and_with_blanks(house):
    with house.browser() as client:
        assert log_in(client, " Bernd ").status_code == 303


def test_without_a_session_every_page_leads_to_the_login_and_back(house):
    with house.browser() as client:
        for place in ("/", "/cases", house.address(AMIRA), "/team", "/audit", "/accounts"):
            reply = client.get(place, follow_redirects=False)
            assert reply.status_code == 303
            assert reply.headers["location"].startswith("/login?")
        entered = log_in(client, "bernd", place="/cases?state=all")
        assert entered.headers["location"] == "/cases?state=all"


@pytest.mark.parametrize(
    "place",
    [
        "https://anderswo.example/",
        "//anderswo.example",
        "/\\anderswo.example",
        "/logout",
        "/cases\n",
        "/cases?q=\u00e4",
    ],
)
def test_nobody_is_led_elsewhere_after_login(place):
    assert PLACE.fullmatch(place) is None


def test_a_session_ends_after_half_an_hour_without_a_page(house):
    with house.browser("bernd") as client:
        for _ in range(3):
            house.now += timedelta(minutes=29)
            assert client.get("/cases").status_code == 200
        house.now += timedelta(minutes=31)
        reply = client.get("/cases", follow_redirects=False)
        assert reply.headers["location"].startswith("/login?ended=1&next=")
        assert "Max-Age=0" in reply.headers["set-cookie"]
        assert "abgemeldet" in client.get(reply.headers["location"]).text


def test_a_session_ends_after_ten_hours_whatever_is_opened(house):
    with house.browser("bernd") as client:
        for _ in range(25):
            house.now += timedelta(minutes=24)
            assert client.get("/cases", follow_redirects=False).status_code == 200
        house.now += timedelta(minutes=1)
        assert client.get("/cases", follow_redirects=False).status_code == 303


def test_two_browsers_have_sessions_of_their_own(house):
    with house.browser("bernd") as first, house.browser("bernd") as second:
        assert tag_of(first) != tag_of(second)
        assert send(first, "/logout").headers["location"] == "/login"
        assert first.get("/cases", follow_redirects=False).status_code == 303
        assert second.get("/cases", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "words", [("disable", "bernd", "--yes"), ("password", "bernd", "--generate")]
)
def test_a_shut_account_and_a_new_password_end_every_session_at_once(house, words):
    with house.browser("bernd") as first, house.browser("bernd") as second:
        assert command(house, *words).exit_code == 0
        for client in (first, second):
            assert client.get("/cases", follow_redirects=False).status_code == 303


def test_a_copy_of_the_database_opens_no_session(house):
    token = house.session("bernd")
    house.state.truncate_wal()
    assert token.encode() not in house.home.database.read_bytes()


@pytest.mark.parametrize(
    ("login", "allowed"),
    [
        ("bernd", {"/cases", "/team"}),
        ("farah", {"/audit"}),
        ("gerd", {"/accounts"}),
    ],
)
def test_every_role_opens_its_own_pages_and_no_other(house, login, allowed):
    house.pull(house.release())
    with house.browser(login) as client:
        for place in ("/cases", "/team", "/audit", "/accounts", house.address(AMIRA)):
            mine = place in allowed or (place == house.address(AMIRA) and login == "bernd")
            assert client.get(place).status_code == (200 if mine else 403), place


def test_a_page_for_another_role_says_nothing_about_whether_a_case_exists(house):
    with house.browser("gerd") as client:
        there, nowhere = client.get(house.address(AMIRA)), client.get("/cases/" + "0" * 64)
        assert _plain(there, house.address(AMIRA)) == _plain(nowhere, "/cases/" + "0" * 64)


def _plain(reply, place):
    return reply.status_code, reply.text.replace(place, "")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("it@musterstadt.example", 'href="mailto:it@musterstadt.example"'),
        ("https://haus.example/barriere", 'href="https://haus.example/barriere"'),
        ("", "eine Adresse ist noch nicht angegeben"),
    ],
)
def test_the_case_pages_say_where_a_barrier_is_reported_in_writing(house, address, said):
    home = replace(house.home, settings=replace(house.home.settings, barrier_address=address))
    with TestClient(create_app(home), base_url=home.settings.base_url) as client:
        assert said in client.get("/about").text


def test_only_these_pages_are_open_to_everybody(house):
    with house.browser() as client:
        open_now = {
            route.path
            for route in house.app.routes
            if "GET" in route.methods
            and client.get(route.path, follow_redirects=False).status_code == 200
        }
    assert open_now == {"/login", "/about", "/health"}


@pytest.mark.parametrize("place", ["/logout", "/language"])
def test_a_form_of_another_session_changes_nothing(house, place):
    with house.browser("bernd") as client, house.browser("bernd") as other:
        reply = client.post(
            place, data={"_tag": tag_of(other), "language": "en"}, follow_redirects=False
        )
        assert reply.status_code == 409
        assert "Meine Fälle" in client.get("/cases").text


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://anderswo.example"}]
)
def test_a_form_from_another_site_changes_nothing(house, headers):
    with house.browser("bernd") as client:
        sent = {"_tag": tag_of(client)}
        reply = client.post("/logout", data=sent, headers=headers, follow_redirects=False)
        assert reply.status_code == 403
        assert client.get("/cases").status_code == 200
    with house.browser() as client:
        entered = client.post(
            "/login", data={"login": "bernd", "password": PASSWORD}, headers=headers
        )
        assert entered.status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"login=%00&password=x", "application/x-www-form-urlencoded", 400),
        (b"login=%FF&password=x", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"login=" + b"x" * fields.MOST_BYTES, "application/x-www-form-urlencoded", 413),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"login=bernd&login=clara&password=x", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_broken_form_at_the_door_is_told_and_lets_nobody_in(house, body, kind, status):
    with house.browser() as client:
        reply = client.post("/login", content=body, headers={"content-type": kind})
        assert reply.status_code == status
        assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "ä" * 20, "x" * 5000])
def test_a_cookie_nobody_gave_opens_nothing(house, cookie):
    with house.browser() as client:
        reply = client.get(
            "/cases", headers={"cookie": f"cases={cookie}".encode()}, follow_redirects=False
        )
        assert reply.status_code == 303


def test_the_language_is_kept_with_the_account(house):
    with house.browser("bernd") as client:
        reply = send(client, "/language", language="en", place="/team")
        assert reply.headers["location"] == "/team"
        assert '<html lang="en"' in client.get("/team").text
    with house.browser("bernd") as client:
        assert "My cases" in client.get("/cases").text
        send(client, "/language", language="xx", place="https://anderswo.example")
        assert "My cases" in client.get("/cases").text
    with house.browser() as client:
        assert "Log in" in client.get("/login?language=en").text


def test_pages_are_kept_by_no_cache_and_frame_and_load_nothing_foreign(house):
    with house.browser("bernd") as client:
        headers = client.get("/cases").headers
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"


def test_accounts_are_made_listed_and_shut_from_the_shell(house):
    said = command(
        house, "add", "dora", "--name", "Dora M", "--role", "case_manager",
        "--case-manager", "DM", "--since", "2025-01-01", "--generate",
    ).output  # fmt: skip
    assert "Cases with the sign DM in the last imports: 12" in said
    password = said.partition("shown only now: ")[2].splitlines()[0]
    with house.browser() as client:
        assert log_in(client, "dora", password).status_code == 303
    assert "dora  case_manager  DM  open" in command(house, "list").output
    assert command(house, "disable", "dora").exit_code == 1
    assert "dora  case_manager  DM  open" in command(house, "list").output
    assert "is shut" in command(house, "disable", "dora", "--yes").output
    assert "was shut before" in command(house, "disable", "dora", "--yes").output
    assert [one.action for one in noted(house)][:2] == ["account.disable", "account.login"]


def test_a_password_comes_from_standard_input(house):
    said = command(house, "password", "bernd", password=f"{ANOTHER}\n")
    assert said.exit_code == 0
    assert ANOTHER not in said.output
    with house.browser() as client:
        assert log_in(client, "bernd", ANOTHER).status_code == 303


@pytest.mark.parametrize(
    ("words", "password", "reason"),
    [
        (("bernd", "--role", "administrator"), PASSWORD, "of this login already"),
        (("Dora!", "--role", "administrator"), PASSWORD, "a letter first"),
        (("dora", "--role", "administrator"), "kurz", "password-short"),
        (("dora", "--role", "administrator"), "", "password-short"),
        (("dora", "--role", "case_manager"), PASSWORD, "the sign of imported cases"),
        (("dora", "--role", "administrator", "--case-manager", "DM"), PASSWORD, "the sign"),
        (("dora", "--role", "case_manager", "--case-manager", "BA"), PASSWORD, "for one person"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_reason(house, words, password, reason):
    said = command(house, "add", *words, "--name", "Dora", password=password + "\n")
    assert said.exit_code == 1
    assert reason in said.output
    assert len(command(house, "list").output.splitlines()) == 4


def test_a_sign_no_case_has_is_pointed_out(house):
    said = command(
        house, "add", "dora", "--name", "D", "--role", "case_manager", "--case-manager", "b",
        "--generate",
    ).output  # fmt: skip
    assert "is it the sign of the export?" in said


def test_an_account_that_is_not_there_is_told(house):
    assert "connector account list" in command(house, "disable", "nobody", "--yes").output
