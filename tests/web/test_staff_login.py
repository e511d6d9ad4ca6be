"""Who gets in, who does not, and what ends a session."""

from datetime import timedelta

import pytest
from litestar.routes import HTTPRoute
from msgspec.structs import replace

from survey import clock
from survey.http.session import SessionCookie
from survey.linkage import tokens
from survey.model.roles import ZONE
from survey.staff import accounts, logins
from survey.staff.store import audit, sessions
from survey.staff.store.sessions import Session
from survey.staff_app import create_staff_app
from survey.web.staff import login as login_pages
from tests.web.staff_pages import MACHINES
from tests.world import staff


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return staff.build(tmp_path_factory.mktemp("world"), letters=20)


def aged(world, login, *, begun=timedelta(), seen=timedelta()):
    """A browser whose session began and was last seen so long ago."""
    token = tokens.fresh()
    now = clock.now()
    with world.database.write() as tx:
        sessions.begin(
            tx,
            Session(
                token_hash=tokens.digest(token),
                account_id=world.staff[login].account_id,
                begun_at=now - begun,
                seen_at=now - seen,
            ),
        )
    client = world.browser()
    client.cookies.set("staff", token)
    return client


def test_a_password_taken_away_while_it_is_looked_at_opens_nothing(tmp_path, monkeypatch):
    """Whoever has stolen it tries without pause, also in the moment in which a new one is given."""
    made = staff.build(tmp_path, letters=20)
    database, fits = made.home.database, logins.passwords.fits

    def slowly(stored, plain):
        said = fits(stored, plain)
        accounts.give_password(
            database,
            ZONE,
            made.staff["enno"].account_id,
            "given meanwhile by phone",
            actor="test",
            at=clock.now(),
        )
        return said

    monkeypatch.setattr(logins.passwords, "fits", slowly)
    assert logins.log_in(database, ZONE, "enno", staff.PASSWORD, at=clock.now()) is None
    database.close()


def test_nobody_sees_a_page_without_logging_in(world):
    reply = world.browser().get("/")
    assert (reply.status_code, reply.headers["location"]) == (303, "/login?next=%2F")


def test_every_route_but_login_files_and_health_wants_a_login(world):
    stranger = world.browser()
    open_routes = set()
    for route in world.staff_app.routes:
        assert isinstance(route, HTTPRoute)
        place = route.path.replace("{account_id:str}", "x").replace("{wave_id:str}", "w1")
        for method in route.methods & {"GET", "POST"}:
            reply = stranger.request(method, place.replace("{name:str}", "x"), data={"a": "b"})
            if reply.status_code not in (303, 401) or route.path == "/login":
                open_routes.add(route.path)
    assert open_routes == {"/login", *MACHINES}


def test_after_login_it_goes_on_where_somebody_wanted_to_go(world):
    reply = world.browser().post(
        "/login",
        data={"login": "gerd", "password": staff.PASSWORD, "next": "/accounts?q=a&sort=-login"},
    )
    assert reply.headers["location"] == "/accounts?q=a&sort=-login"


@pytest.mark.parametrize(
    "place",
    [
        "",
        "accounts",
        "/login",
        "/logout",
        "//evil.example",
        "/.//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:x",
        "/a\r\nb",
    ],
)
def test_nobody_is_sent_elsewhere_after_login(place):
    assert login_pages.local(place) == "/"


def test_a_login_is_found_however_it_is_written(world):
    reply = world.browser().post("/login", data={"login": " DILAN ", "password": staff.PASSWORD})
    assert reply.status_code == 303


def test_an_unknown_login_and_a_wrong_password_get_the_same_page(world):
    browser = world.browser()
    browser.headers["Accept-Encoding"] = "identity"
    wrong = browser.post("/login", data={"login": "enno", "password": "falsch"})
    unknown = browser.post("/login", data={"login": "ennu", "password": "falsch"})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("enno", "ennu") == unknown.text
    assert dict(wrong.headers) == dict(unknown.headers)
    assert "set-cookie" not in wrong.headers


def test_a_disabled_account_gets_that_page_too(world):
    made = accounts.create(
        world.database,
        ZONE,
        login="ehemals",
        roles=("editor",),
        password=staff.PASSWORD,
        actor="test",
        at=clock.now(),
    )
    browser = world.browser("ehemals")
    assert browser.get("/").status_code == 200
    accounts.disable(world.database, ZONE, made.account_id, actor="test", at=clock.now())
    assert browser.get("/").status_code == 303
    again = browser.post("/login", data={"login": "ehemals", "password": staff.PASSWORD})
    assert (again.status_code, "passen nicht zusammen" in again.text) == (422, True)


@pytest.mark.parametrize("login", ["", "x" * 5000, "\u0000", "' OR 1=1 --", "%", "ＤＩＬＡＮ"])
def test_strange_logins_are_wrong_logins(world, login):
    reply = world.browser().post("/login", data={"login": login, "password": "x"})
    assert reply.status_code in ((422,) if "\0" not in login else (400,))


def test_a_login_gives_a_new_token_and_ends_the_session_it_came_with(world):
    browser = world.browser("dilan")
    before = browser.cookies["staff"]
    staff.log_in(browser, "dilan")
    assert browser.cookies["staff"] != before
    other = world.browser()
    other.cookies.set("staff", before)
    assert other.get("/").status_code == 303


def test_a_token_that_somebody_planted_never_becomes_a_session(world):
    planted = tokens.fresh()
    browser = world.browser()
    browser.cookies.set("staff", planted)
    staff.log_in(browser, "dilan")
    other = world.browser()
    other.cookies.set("staff", planted)
    assert other.get("/").status_code == 303


def test_the_database_holds_no_token(world):
    browser = world.browser("dilan")
    token = browser.cookies["staff"]
    with world.database.read() as tx:
        assert sessions.find(tx, tokens.digest(token))
    kept = (world.home.directory / "survey.db").read_bytes()
    assert token.encode() not in kept


@pytest.mark.parametrize(
    ("begun", "seen", "status"),
    [
        (timedelta(minutes=29), timedelta(minutes=29), 200),
        (timedelta(minutes=31), timedelta(minutes=31), 303),
        (timedelta(hours=9, minutes=59), timedelta(minutes=2), 200),
        (timedelta(hours=10, minutes=1), timedelta(minutes=0), 303),
    ],
)
def test_a_session_ends_after_half_an_hour_of_silence_or_ten_hours(world, begun, seen, status):
    assert aged(world, "dilan", begun=begun, seen=seen).get("/").status_code == status


def test_who_is_seen_stays_and_is_written_down_once_a_minute(world):
    browser = aged(world, "dilan", begun=timedelta(hours=1), seen=timedelta(minutes=20))
    browser.get("/")
    with world.database.read() as tx:
        session = sessions.find(tx, tokens.digest(browser.cookies["staff"]))
    assert clock.now() - session.seen_at < timedelta(seconds=30)


def test_an_ended_session_is_said_and_leads_back(world):
    browser = aged(world, "gerd", seen=timedelta(hours=1), begun=timedelta(hours=1))
    reply = browser.get("/accounts?q=x")
    assert reply.headers["location"] == "/login?next=%2Faccounts%3Fq%3Dx&ended=1"
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert "abgelaufen" in browser.get(reply.headers["location"]).text


def test_a_form_that_comes_too_late_is_not_kept_and_not_lost_without_a_word(world):
    browser = aged(world, "gerd", seen=timedelta(hours=1), begun=timedelta(hours=1))
    sent = {"login": "spaet", "roles": "editor", "_tag": "0" * 64, "password": "geheim-123"}
    reply = browser.post("/accounts/new", data=sent)
    assert reply.status_code == 401
    assert "nicht gespeichert" in reply.text
    assert 'value="spaet"' in reply.text
    assert "geheim-123" not in reply.text
    assert "0" * 64 not in reply.text


def test_what_another_site_sent_too_late_is_not_repeated(world):
    reply = world.browser().post(
        "/accounts/new", data={"login": "fremd"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert reply.status_code == 401
    assert "fremd" not in reply.text


def test_a_script_that_asks_too_late_sends_the_whole_page_to_the_login(world):
    reply = world.browser().get("/accounts", headers={"HX-Request": "true"})
    assert (reply.status_code, reply.text) == (200, "")
    assert reply.headers["hx-redirect"] == "/login?next=%2Faccounts"


def test_logging_out_ends_the_session_here_and_in_the_database(world):
    browser = world.browser("dilan")
    token = browser.cookies["staff"]
    reply = staff.send(browser, "/logout", {})
    assert reply.headers["location"] == "/login?out=1"
    assert "Max-Age=0" in reply.headers["set-cookie"]
    with world.database.read() as tx:
        assert sessions.find(tx, tokens.digest(token)) is None


def test_a_new_password_ends_every_session(world):
    made = accounts.create(
        world.database,
        ZONE,
        login="wechsel",
        roles=("editor",),
        password=staff.PASSWORD,
        actor="test",
        at=clock.now(),
    )
    home, there = world.browser("wechsel"), world.browser("wechsel")
    plain = "vier Pflaumen am Markt"
    reply = staff.send(
        home, "/own", {"old-password": staff.PASSWORD, "password": plain}, page="/own"
    )
    assert reply.headers["location"] == "/login?out=password"
    assert there.get("/").status_code == 303
    staff.log_in(there, "wechsel", plain)
    assert made.login == "wechsel"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("falsch", "vier Pflaumen am Markt", "nicht Ihr jetziges Kennwort"),
        (staff.PASSWORD, "kurz", "mindestens 12 Zeichen"),
        (staff.PASSWORD, "Passwort-2026", "beim Raten zuerst probiert"),
        ("", "", "nicht Ihr jetziges Kennwort"),
    ],
)
def test_a_new_password_that_will_not_do_is_said_at_its_field(world, old, new, said):
    browser = world.browser("enno")
    reply = staff.send(browser, "/own", {"old-password": old, "password": new}, page="/own")
    assert reply.status_code == 422
    assert said in reply.text
    assert 'aria-invalid="true"' in reply.text
    staff.log_in(world.browser(), "enno")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world):
    reply = world.browser().post("/login", data={"login": "dilan", "password": staff.PASSWORD})
    kept = reply.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept
    assert "Max-Age" not in kept


def test_behind_tls_the_cookie_is_bound_to_its_host(world):
    cookie = SessionCookie("https://intern.example", name="staff", same_site="Strict")
    _, kept = cookie.keep("x")
    assert kept == b"__Host-staff=x; Path=/; HttpOnly; SameSite=Strict; Secure"
    secure = replace(world.home.settings, staff_url="https://intern.example")
    app = create_staff_app(replace(world.home, settings=secure))
    with staff.TestClient(app, base_url="https://intern.example") as client:
        client.follow_redirects = False
        reply = client.post("/login", data={"login": "dilan", "password": staff.PASSWORD})
    assert reply.headers["set-cookie"].startswith("__Host-staff=")
    assert "Secure" in reply.headers["set-cookie"]


def test_logins_are_in_the_audit_and_failures_are_nowhere(world):
    browser = world.browser()
    with world.database.read() as tx:
        before = audit.last(tx).number
    browser.post("/login", data={"login": "farah", "password": "falsch"})
    with world.database.read() as tx:
        assert audit.last(tx).number == before
    staff.log_in(browser, "farah")
    with world.database.read() as tx:
        entry = list(audit.list_all(tx))[-1]
    assert (entry.actor, entry.action) == ("staff:farah", "login")


def test_ended_sessions_are_swept_at_the_next_login(world):
    old = aged(world, "dilan", begun=timedelta(hours=11), seen=timedelta(hours=11))
    staff.log_in(world.browser(), "dilan")
    with world.database.read() as tx:
        assert sessions.find(tx, tokens.digest(old.cookies["staff"])) is None


def test_nobody_can_lock_out_somebody_else(world):
    attacker = world.browser()
    for _ in range(3):
        attacker.post("/login", data={"login": "farah", "password": "falsch"})
    staff.log_in(world.browser(), "farah")


def test_whoever_chose_a_language_before_the_login_keeps_it_through_mistakes(world):
    browser = world.browser()
    page = browser.get("/login?language=en&next=%2Fown").text
    assert "Log in" in page
    assert "/login?next=%2Fown&amp;language=de" in page.replace("/own", "%2Fown")
    reply = browser.post("/login?language=en", data={"login": "dilan", "password": "wrong"})
    assert "do not match" in reply.text
