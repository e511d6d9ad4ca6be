"""Rights and passwords are given by two people: one asks, another agrees, each has half."""

import re
from datetime import timedelta

import pytest

from survey import clock
from survey.errors import RuleBroken
from survey.model.approvals import LASTS
from survey.model.roles import ZONE
from survey.staff import accounts
from survey.staff.store import accounts as account_rows
from survey.staff.store import audit
from survey.store import approvals as rows
from survey.store.approvals import Secret
from tests import databases
from tests.web import staff

HALF = re.compile(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>")


@pytest.fixture
def office(tmp_path):
    return staff.build(tmp_path, letters=20)


@pytest.fixture
def gerd(office):
    return office.browser("gerd")


@pytest.fixture
def farah(office):
    return office.browser("farah")


def account(office, login):
    with office.here.database.read() as tx:
        return account_rows.by_login(tx, login)


def place(office, login):
    return f"/accounts/{office.people[login].account_id}"


def noted(office, login):
    with office.here.database.read() as tx:
        return [(each.actor, each.action) for each in audit.list_all(tx) if each.subject == login]


def ask(office, gerd, login="heike", roles="editor"):
    reply = staff.send(gerd, "/accounts/new", {"login": login, "roles": roles, "language": "en"})
    assert reply.status_code == 200
    return HALF.search(reply.text)[1]


def test_of_a_new_accounts_password_each_of_the_two_is_shown_one_half(office, gerd, farah):
    first = ask(office, gerd)
    assert account(office, "heike") is None
    agreed = staff.decide(farah, office, "heike")
    second = HALF.search(agreed.text)[1]
    for part in (first, second, f"{second}-{first}"):
        wrong = office.browser().post("/login", data={"login": "heike", "password": part})
        assert wrong.status_code == 422
    staff.log_in(office.browser(), "heike", f"{first}-{second}")
    assert (account(office, "heike").roles, account(office, "heike").language) == (
        ("editor",),
        "en",
    )
    assert noted(office, "heike")[:2] == [
        ("staff:gerd", "request-made"),
        ("staff:farah", "account-create"),
    ]


def test_neither_half_is_written_into_the_audit_or_kept_after_the_decision(office, gerd, farah):
    first = ask(office, gerd)
    waiting = staff.waiting(office, "heike")
    second = HALF.search(staff.decide(farah, office, "heike").text)[1]
    with office.here.database.read() as tx:
        said = "".join(each.details for each in audit.list_all(tx))
        assert rows.secret(tx, waiting.request_id) == Secret(password="", half="")
    assert first not in said
    assert second not in said


def test_a_role_is_had_when_another_person_has_agreed_and_not_before(office, gerd, farah):
    wanted = {"roles": ["quality_manager", "editor"]}
    reply = staff.send(gerd, f"{place(office, 'dilan')}/roles", wanted)
    assert reply.headers["location"].endswith("?done=asked")
    assert account(office, "dilan").roles == ("quality_manager",)
    assert "andere Aufgaben" in gerd.get(place(office, "dilan")).text
    reply = staff.decide(farah, office, "dilan")
    assert reply.headers["location"].endswith("?done=approved")
    assert account(office, "dilan").roles == ("quality_manager", "editor")


def test_an_old_password_counts_until_somebody_has_agreed_to_a_new_one(office, gerd, farah):
    enno = office.browser("enno")
    asked = staff.send(gerd, f"{place(office, 'enno')}/password", {})
    first = HALF.search(asked.text)[1]
    assert enno.get("/").status_code == 200
    second = HALF.search(staff.decide(farah, office, "enno").text)[1]
    assert enno.get("/").status_code == 303
    staff.log_in(office.browser(), "enno", f"{first}-{second}")


def test_a_shut_account_is_open_again_when_two_want_it(office, gerd, farah):
    staff.send(gerd, f"{place(office, 'enno')}/disabled", {"disabled": "1"})
    staff.send(gerd, f"{place(office, 'enno')}/disabled", {"disabled": "0"})
    assert account(office, "enno").disabled
    staff.decide(farah, office, "enno")
    staff.log_in(office.browser(), "enno")


def test_who_asked_sees_who_can_agree_and_that_it_is_not_him(office, gerd):
    ask(office, gerd)
    page = gerd.get(f"/approvals/{staff.waiting(office, 'heike').request_id}").text
    assert "Zustimmen kann: farah." in page
    assert "Zustimmen muss ein anderer Mensch" in page
    assert staff.decide(gerd, office, "heike").status_code == 403
    assert account(office, "heike") is None


def test_whom_it_is_about_can_refuse_but_not_agree(office, gerd, farah):
    staff.send(gerd, f"{place(office, 'farah')}/password", {})
    assert staff.decide(farah, office, "farah").status_code == 403
    reply = staff.decide(farah, office, "farah", "refuse")
    assert reply.headers["location"].endswith("?done=refused")
    assert ("staff:farah", "request-refused") in noted(office, "farah")


def test_a_house_in_which_nobody_else_could_agree_is_told_how_to_get_somebody(office, gerd):
    staff.send(gerd, f"{place(office, 'farah')}/disabled", {"disabled": "1"})
    reply = staff.send(gerd, "/accounts/new", {"login": "heike", "roles": "editor"})
    assert "survey account add" in reply.text


@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_what_is_decided_stays_decided(office, gerd, farah, act):
    ask(office, gerd)
    there = f"/approvals/{staff.waiting(office, 'heike').request_id}"
    staff.decide(farah, office, "heike", act)
    for again in ("approve", "refuse"):
        reply = staff.send(farah, there, {"act": again})
        assert reply.status_code == 409
        assert "schon entschieden" in reply.text
    assert (account(office, "heike") is not None) == (act == "approve")


def test_a_second_wish_for_the_same_replaces_the_first(office, gerd, farah):
    first = ask(office, gerd)
    again = ask(office, gerd)
    second = HALF.search(staff.decide(farah, office, "heike").text)[1]
    old = office.browser().post("/login", data={"login": "heike", "password": f"{first}-{second}"})
    assert old.status_code == 422
    staff.log_in(office.browser(), "heike", f"{again}-{second}")


def test_what_somebody_asked_who_administers_no_more_is_not_agreed_to(office, gerd, farah):
    accounts.create(
        office.here.database,
        ZONE,
        login="hanna",
        roles=("administrator",),
        password=staff.PASSWORD,
        actor="test",
        at=clock.now(),
    )
    ask(office, gerd)
    staff.send(office.browser("hanna"), f"{place(office, 'gerd')}/disabled", {"disabled": "1"})
    reply = staff.decide(farah, office, "heike")
    assert (reply.status_code, "verwaltet keine Konten mehr" in reply.text) == (409, True)
    assert account(office, "heike") is None


def test_after_thirty_days_nobody_can_agree(office, gerd, farah):
    ask(office, gerd)
    there = f"/approvals/{staff.waiting(office, 'heike').request_id}"
    asked = clock.today() - LASTS - timedelta(days=1)
    with office.here.database.write() as tx:
        tx.run(
            "UPDATE account_request SET asked_on = :asked WHERE tenant = :tenant", {"asked": asked}
        )
    assert "abgelaufen" in farah.get("/approvals").text
    assert staff.send(farah, there, {"act": "approve"}).status_code == 409


def test_the_list_is_searched_and_sorted_and_tells_who_has_work(office, gerd, farah):
    for login in ("heike", "ines", "jonas"):
        ask(office, gerd, login)
    staff.decide(farah, office, "heike", "refuse")

    def shown(address):
        return re.findall(
            r'<th scope="row"><a href="/approvals/[^"]+">([^<]+)', farah.get(address).text
        )

    assert shown("/approvals?sort=-login") == ["jonas", "ines", "heike"]
    assert shown("/approvals")[-1] == "heike"
    assert shown("/approvals?q=INE") == ["ines"]
    assert "2 Änderungen an Konten" in farah.get("/").text
    assert "Änderungen an Konten" not in gerd.get("/").text
    assert office.browser("dilan").get("/approvals").status_code == 403


@pytest.mark.parametrize("engine", databases.ENGINES)
@pytest.mark.parametrize("by", ["gerd", "heike", ""])
def test_the_database_itself_takes_no_consent_of_who_asked_or_whom_it_is_about(
    engine, by, tmp_path
):
    database = databases.made(engine, tmp_path)
    with database.write() as tx:
        tx.run(
            """
            INSERT INTO account_request
                (tenant, request_id, kind, login, roles, language, asked_by, asked_on, state)
            VALUES (:tenant, 'r', 'roles', 'heike', 'editor', 'de', 'gerd', :on, 'waiting')
            """,
            {"on": clock.today()},
        )
    with pytest.raises(RuleBroken), database.write() as tx:
        rows.decide(tx, "r", "approved", by=by, on=clock.today())
    with database.write() as tx:
        assert rows.decide(tx, "r", "approved", by="farah", on=clock.today())
        assert not rows.decide(tx, "r", "refused", by="farah", on=clock.today())
    database.close()
