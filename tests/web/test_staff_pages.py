"""What holds on every staff page, and the accounts, the audit and oversight in particular."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from msgspec.structs import replace

from survey import clock
from survey.linkage import audit_link
from survey.model.accounts import Account
from survey.model.roles import ROLES, ZONE
from survey.settings import Listed, Settings
from survey.staff import accounts
from survey.staff.store import accounts as account_rows
from survey.staff.store import audit
from survey.staff.store.audit import Entry
from survey.web.staff import adversaries, oversight
from tests.web.staff_pages import missing, samples
from tests.world import staff

HEAVY = {"weasyprint", "scipy", "numpy", "pandas", "sqlite_utils", "statsmodels", "pikepdf"}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return staff.build(tmp_path_factory.mktemp("world"), letters=20)


@pytest.fixture(scope="module")
def browsers(world):
    """A browser for everybody, logged in once."""
    return {login: world.browser(login) for login in world.staff}


def add(world, login, *roles):
    made = accounts.create(
        world.database,
        ZONE,
        login=login,
        roles=roles or ("editor",),
        password=staff.PASSWORD,
        actor="test",
        at=clock.now(),
    )
    assert isinstance(made, Account)
    return made


def entries(world):
    with world.database.read() as tx:
        return list(audit.list_all(tx))


def test_the_staff_process_loads_nothing_that_only_reports_need():
    code = f"import sys, survey.staff_app; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_route_of_the_foundation_has_a_page_to_visit(world):
    known = (
        "/accounts",
        "/approvals",
        "/audit",
        "/oversight",
        "/login",
        "/own",
        "/language",
        "/logout",
    )
    left = {route for route in missing(world.staff_app, samples(world)) if route.startswith(known)}
    assert left == set()


def test_pages_load_nothing_from_elsewhere_are_not_kept_and_not_framed(browsers):
    headers = browsers["gerd"].get("/accounts").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_style_and_script_are_named_by_their_content_and_kept_for_ever(browsers):
    page = browsers["gerd"].get("/accounts").text
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(found) == 3
    for each in found:
        reply = browsers["gerd"].get(each)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]


def test_a_form_without_a_tag_or_with_the_tag_of_another_session_changes_nothing(world, browsers):
    before = len(entries(world))
    own = browsers["gerd"]
    theirs = staff.tag(browsers["dilan"].get("/").text)
    for sent in ({}, {"_tag": ""}, {"_tag": theirs}, {"_tag": "ä"}):
        reply = own.post("/accounts/new", data={"login": "neu", "roles": "editor", **sent})
        assert reply.status_code == 409
        assert "anderen Anmeldung" in reply.text
    assert len(entries(world)) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver.local"}, 303),
    ],
)
def test_a_write_that_another_site_sent_changes_nothing(browsers, headers, status):
    tag = staff.tag(browsers["dilan"].get("/").text)
    reply = browsers["dilan"].post(
        "/language", data={"_tag": tag, "language": "de"}, headers=headers
    )
    assert reply.status_code == status


def test_a_login_that_another_site_sent_is_refused(world):
    reply = world.browser().post(
        "/login",
        data={"login": "dilan", "password": staff.PASSWORD},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert reply.status_code == 403
    assert "set-cookie" not in reply.headers


def test_a_body_that_is_no_form_is_refused(browsers):
    reply = browsers["gerd"].post("/accounts/new", json={"login": "neu"})
    assert reply.status_code == 415


@pytest.mark.parametrize("login", ["dilan", "enno", "farah"])
def test_a_page_for_other_roles_says_which(browsers, login):
    reply = browsers[login].get("/accounts")
    assert reply.status_code == 403
    assert "Verwaltung der Konten" in reply.text


@pytest.mark.parametrize("place", ["/audit", "/oversight", "/oversight/settings"])
def test_oversight_is_for_those_who_watch(browsers, place):
    assert browsers["farah"].get(place).status_code == 200
    assert browsers["gerd"].get(place).status_code == 200
    assert browsers["dilan"].get(place).status_code == 403
    assert browsers["enno"].get(place).status_code == 403


def test_the_top_bar_offers_what_somebody_may_open(browsers):
    assert 'href="/accounts"' in browsers["gerd"].get("/").text
    assert 'href="/accounts"' not in browsers["dilan"].get("/").text


def test_an_address_that_does_not_exist_is_said_in_the_frame_of_who_asks(browsers):
    reply = browsers["gerd"].get("/nirgends")
    assert reply.status_code == 404
    assert 'href="/accounts"' in reply.text


def test_the_language_stays_with_the_account(world):
    add(world, "anglo")
    here = world.browser("anglo")
    reply = staff.send(here, "/language", {"language": "en", "back": "/own"}, page="/own")
    assert reply.headers["location"] == "/own"
    there = world.browser("anglo").get("/own").text
    assert '<html lang="en"' in there
    assert "My account" in there
    assert "Nobody has checked this translation" in there


@pytest.mark.parametrize("language", ["ar", "xx", "", "../de"])
def test_a_language_that_staff_pages_do_not_speak_changes_nothing(world, language):
    browser = world.browser("enno")
    staff.send(browser, "/language", {"language": language, "back": "/"})
    assert '<html lang="de"' in browser.get("/").text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"login": "", "roles": "editor"}, "login"),
        ({"login": "x", "roles": "editor"}, "login"),
        ({"login": "Dilan Aksoy", "roles": "editor"}, "login"),
        ({"login": "dilan", "roles": "editor"}, "login"),
        ({"login": "<b>", "roles": "editor"}, "login"),
        ({"login": "neu"}, "roles"),
        ({"login": "neu", "roles": "boss"}, "roles"),
        ({"login": "neu", "roles": ["administrator", "privacy_officer"]}, "roles"),
        ({"login": "neu", "roles": ["quality_manager", "privacy_officer"]}, "roles"),
        ({"login": "neu", "roles": ROLES}, "roles"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_at_its_field(browsers, sent, field):
    reply = staff.send(browsers["gerd"], "/accounts/new", sent)
    assert reply.status_code == 422
    assert f'id="{field}-problem"' in reply.text
    assert f'{field}-problem"' in "".join(re.findall(r'aria-describedby="[^"]+"', reply.text))
    assert "<b>" not in reply.text.split("<main")[1]


def test_roles_that_are_taken_away_are_gone_from_the_next_page_on(world, browsers):
    made = add(world, "wandel", "quality_manager", "editor")
    theirs = world.browser("wandel")
    assert theirs.get("/waves/new").status_code == 200
    reply = staff.send(browsers["gerd"], f"/accounts/{made.account_id}/roles", {"roles": "editor"})
    assert reply.headers["location"].endswith("?done=roles")
    assert theirs.get("/waves/new").status_code == 403


def test_two_rights_that_exclude_each_other_are_refused_and_nothing_changes(world, browsers):
    place = f"/accounts/{world.staff['farah'].account_id}"
    reply = staff.send(
        browsers["gerd"], f"{place}/roles", {"roles": ["privacy_officer", "quality_manager"]}
    )
    assert reply.status_code == 422
    assert "worauf er aufpasst" in reply.text
    with world.database.read() as tx:
        account = account_rows.find(tx, world.staff["farah"].account_id)
    assert account.roles == ("privacy_officer",)


def test_a_disabled_account_loses_its_sessions_at_once(world, browsers):
    made = add(world, "fort")
    theirs = world.browser("fort")
    place = f"/accounts/{made.account_id}"
    staff.send(browsers["gerd"], f"{place}/disabled", {"disabled": "1"})
    assert theirs.get("/").status_code == 303
    assert "gesperrt" in browsers["gerd"].get(place).text


def test_the_last_administrator_cannot_shut_out_everybody(world, browsers):
    place = f"/accounts/{world.staff['gerd'].account_id}"
    reply = staff.send(browsers["gerd"], f"{place}/disabled", {"disabled": "1"})
    assert reply.status_code == 422
    reply = staff.send(browsers["gerd"], f"{place}/roles", {"roles": "editor"})
    assert (reply.status_code, "letzte Konto" in reply.text) == (422, True)


def test_an_account_that_does_not_exist_is_not_there(browsers):
    assert browsers["gerd"].get("/accounts/nobody").status_code == 404
    for act in ("roles", "password", "disabled"):
        sent = {"roles": "editor", "disabled": "1"}
        assert staff.send(browsers["gerd"], f"/accounts/nobody/{act}", sent).status_code == 404


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A world of ten thousand."""
    made = staff.build(tmp_path_factory.mktemp("crowd"), letters=20)
    pattern = made.staff["enno"]
    with made.home.database.write() as tx:
        for number in range(10_000):
            each = replace(pattern, account_id=f"a{number:05}", login=f"kraft{number:05}")
            account_rows.add(tx, each)
    return made


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        ("", "dilan", 50),
        ("?page=2", "kraft00046", 50),
        ("?sort=-login", "kraft09999", 50),
        ("?q=kraft0999", "kraft09990", 10),
        ("?q=%25", None, 0),
        ("?q=_", None, 0),
        ("?role=privacy_officer", "farah", 1),
        ("?role=editor&q=099&page=3", "kraft09980", 20),
        ("?role=boss", "dilan", 50),
        ("?page=999999", "kraft09996", 4),
        ("?page=0", "dilan", 50),
        ("?page=-1&sort=password", "dilan", 50),
        ("?page=²", "dilan", 50),
        ("?sort='; DROP TABLE account", "dilan", 50),
    ],
)
def test_ten_thousand_accounts_are_searched_sorted_and_paged(crowd, asked, first, count):
    page = crowd.browser("gerd").get(f"/accounts{asked}").text
    rows = re.findall(r'<th scope="row"><a href="/accounts/[^"]+">([^<]+)', page)
    assert (len(rows), (rows or [None])[0]) == (count, first)


def test_a_page_of_ten_thousand_accounts_takes_less_than_50_ms(crowd):
    browser = crowd.browser("gerd")
    times = []
    for _ in range(5):
        # What the page costs, not what else the machine does meanwhile.
        began = process_time()
        browser.get("/accounts?page=100&sort=-created")
        times.append(process_time() - began)
    assert min(times) < 0.05


def test_what_was_searched_for_stands_in_the_page_as_text(browsers):
    page = browsers["gerd"].get("/accounts", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_script_may_ask_for_the_part_of_a_page_that_changes(browsers):
    part = browsers["gerd"].get("/accounts", headers={"HX-Request-Type": "partial"}).text
    assert "<html" not in part
    assert "<title>" in part
    assert 'id="status"' in part


def test_the_audit_is_filtered_by_what_who_and_when(world, browsers):
    for login in ("dilan", "gerd"):
        staff.log_in(world.browser(), login)
    page = browsers["farah"].get("/audit", params={"action": "login", "actor": "staff:dilan"}).text
    rows = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "dilan, auf diesen Seiten" in rows
    assert "gerd, auf diesen Seiten" not in rows
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    assert "Kein Eintrag" in browsers["farah"].get("/audit", params={"first": tomorrow}).text
    today = clock.today().isoformat()
    both = browsers["farah"].get("/audit", params={"first": today, "last": today}).text
    assert f"{len(entries(world))} Einträge" in both


@pytest.mark.parametrize("day", ["gestern", "2026-13-01", "31.12.2026", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said_at_its_field(browsers, day):
    reply = browsers["farah"].get("/audit", params={"last": day})
    assert reply.status_code == 422
    assert 'id="last-problem"' in reply.text


def test_a_whole_chain_is_said_to_be_whole(world, browsers):
    page = browsers["farah"].get("/audit?check=1").text
    assert f"Geprüft: {len(entries(world))} Einträge. Keiner fehlt" in page
    with world.database.read() as tx:
        assert audit.last(tx).hash.hex() in page


@pytest.mark.parametrize(
    ("harm", "at"),
    [
        ("UPDATE audit SET subject = 'anderes' WHERE number = 3", 3),
        ("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 4", 4),
        ("UPDATE audit SET number = 4000 WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", None),
        ("DELETE FROM audit", 1),
    ],
)
def test_a_chain_that_was_tampered_with_is_said_to_be_broken(tmp_path, harm, at):
    made = staff.build(tmp_path, letters=20)
    browser = made.browser("farah")
    before = len(entries(made))
    with made.home.database.write() as tx:
        tx.run(harm)
    page = browser.get("/audit?check=1").text
    assert f"Eintrag {before if at is None else at} passt nicht" in page


def test_an_entry_that_was_rewritten_with_a_digest_of_its_own_breaks_the_next(tmp_path):
    made = staff.build(tmp_path, letters=20)
    old = entries(made)
    forged = replace(old[2], subject="anderes")
    link = audit_link.link(old[1].hash, audit.digestible(forged, 3))
    with made.home.database.write() as tx:
        tx.run(
            "UPDATE audit SET subject = 'anderes', hash = :hash WHERE number = 3", {"hash": link}
        )
    page = made.browser("farah").get("/audit?check=1").text
    assert "Eintrag 4 passt nicht" in page


def test_every_setting_is_shown_with_its_meaning(browsers):
    page = browsers["farah"].get("/oversight/settings").text
    for name in Settings.__struct_fields__:
        assert f"<code>{name}</code>" in page
    # What has no German sentence of its own stands there in English.
    assert '<span lang="en">' not in page


def test_the_password_of_a_database_is_never_shown():
    shown = oversight._open(
        Listed(
            name="database",
            value="postgresql://resonanz:geheim@db.intern:5432/umfrage?password=geheim",
            source="SURVEY_DATABASE",
            meaning="",
        )
    )
    assert shown.value == "postgresql://db.intern:5432/umfrage"


def test_no_key_is_shown(world, browsers):
    page = browsers["farah"].get("/oversight").text
    for path in world.home.directory.glob("keys/**/*"):
        if path.is_file():
            assert path.read_text("utf-8").strip() not in page


def test_it_is_said_which_keys_this_machine_can_read(tmp_path):
    made = staff.build(tmp_path, letters=20)
    browser = made.browser("farah")
    assert ">nein</td>" not in browser.get("/oversight").text
    (made.home.evaluator_keys / "zufriedenheit" / "link").unlink()
    assert browser.get("/oversight").text.count(">nein</td>") == 1


def test_what_people_are_told_follows_the_programme_in_every_language(browsers):
    german = browsers["farah"].get("/oversight/told/w1").text
    assert "Das Jobcenter kann Ihre Antworten nicht zuordnen." in german
    arabic = browsers["farah"].get("/oversight/told/w1?in=ar").text
    assert '<div class="told" lang="ar" dir="rtl">' in arabic
    assert browsers["farah"].get("/oversight/told/w1?in=xx").status_code == 200
    assert browsers["farah"].get("/oversight/told/w9").status_code == 404


def test_the_table_of_attackers_has_words_for_everybody(browsers):
    page = browsers["farah"].get("/oversight").text
    assert len(adversaries.list_all()) > 8
    assert '<span lang="en">' not in page


def test_every_kind_of_entry_has_words(world):
    told = (staff.TEMPLATES / "audit_parts.html").read_text("utf-8")
    said = set(re.findall(r'key == "([a-z-]+)"', told))
    assert staff.noted() - said == set()


def test_details_of_entries_have_german_names_and_who_did_it_a_place(tmp_path):
    world = staff.build(tmp_path, letters=20)
    details = {
        "because": "Umzug",
        "planned": "2026-12-01",
        "closes_on": "2026-12-01 > 2026-12-09",
        "title": "Herbst",
        "nonce": "7",
    }
    with world.database.write() as tx:
        for actor in ("shell:erik", "staff:erik"):
            entry = Entry(
                at=clock.now(),
                actor=actor,
                action="wave-corrected",
                subject="w9",
                details=json.dumps(details),
            )
            audit.append(tx, entry)
    page = world.browser("farah").get("/audit").text
    for name, words in zip(
        details,
        ("Grund", "geplant bis", "letzter Tag", "Titel", "Nummer der Abholung"),
        strict=True,
    ):
        assert f"{name}:" not in page
        assert f"{words}: {details[name]}".replace(">", "&gt;") in page
    options = re.findall(r"<option value=\"([a-z:]*erik)\">([^<]+)</option>", page)
    assert options == [
        ("shell:erik", "erik, am Server"),
        ("staff:erik", "erik, auf diesen Seiten"),
    ]


def test_details_of_an_entry_are_ids_and_counts(world):
    for each in entries(world):
        for value in json.loads(each.details).values():
            assert staff.PASSWORD not in str(value)


def test_the_audit_tells_the_time_of_the_house_and_cuts_days_at_its_midnight(world, browsers):
    late = datetime(2026, 11, 22, 23, 54, tzinfo=UTC)
    with world.database.write() as tx:
        audit.append(tx, Entry(at=late, actor="staff:dilan", action="wave-opened", subject="w9"))
    page = browsers["farah"].get("/audit", params={"action": "wave-opened", "sort": "-number"})
    assert "23.11.2026, 00:54" in page.text
    found = {
        day: "w9" in browsers["farah"].get("/audit", params={"first": day, "last": day}).text
        for day in ("2026-11-22", "2026-11-23")
    }
    assert found == {"2026-11-22": False, "2026-11-23": True}
