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
from tests.world import staff

HALF = re.compile(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>")


@pytest.fixture
def world(tmp_path):
    return staff.build(tmp_path, letters=20)


@pytest.fixture
def gerd(world):
    return world.browser("gerd")


@pytest.fixture
def farah(world):
    return world.browser("farah")


def account(world, login):
    with world.database.read() as tx:
        return account_rows.by_login(tx, login)


def place(world, login):
    return f"/accounts/{world.staff[login].account_id}"


def noted(world, login):
    with world.database.read() as tx:
        return [(each.actor, each.action) for each in audit.list_all(tx) if each.subject == login]


def ask(world, gerd, login="heike", roles="editor"):
    reply = staff.send(gerd, "/accounts/new", {"login": login, "roles": roles, "language": "en"})
    assert reply.status_code == 200
    return HALF.search(reply.text)[1]


def test_of_a_new_accounts_password_each_of_the_two_is_shown_one_half(world, gerd, farah):
    first = ask(world, gerd)
    assert account(world, "heike") is None
    agreed = staff.decide(farah, world, "heike")
    second = HALF.search(agreed.text)[1]
    for part in (first, second, f"{second}-{first}"):
        wrong = world.browser().post("/login", data={"login": "heike", "password": part})
        assert wrong.status_code == 422
    staff.log_in(world.browser(), "heike", f"{first}-{second}")
    assert (account(world, "heike").roles, account(world, "heike").language) == (
        ("editor",),
        "en",
    )
    assert noted(world, "heike")[:2] == [
        ("staff:gerd", "request-made"),
        ("staff:farah", "account-create"),
    ]


def test_neither_half_is_written_into_the_audit_or_kept_after_the_decision(world, gerd, farah):
    first = ask(world, gerd)
    waiting = staff.waiting(world, "heike")
    second = HALF.search(staff.decide(farah, world, "heike").text)[1]
    with world.database.read() as tx:
        said = "".join(each.details for each in audit.list_all(tx))
        assert rows.secret(tx, waiting.request_id) == Secret(password="", half="")
    assert first not in said
    assert second not in said


def test_a_role_is_had_when_another_person_has_agreed_and_not_before(world, gerd, farah):
    wanted = {"roles": ["quality_manager", "editor"]}
    reply = staff.send(gerd, f"{place(world, 'dilan')}/roles", wanted)
    assert reply.headers["location"].endswith("?done=asked")
    assert account(world, "dilan").roles == ("quality_manager",)
    assert "andere Aufgaben" in gerd.get(place(world, "dilan")).text
    reply = staff.decide(farah, world, "dilan")
    assert reply.headers["location"].endswith("?done=approved")
    assert account(world, "dilan").roles == ("quality_manager", "editor")


def test_an_old_password_counts_until_somebody_has_agreed_to_a_new_one(world, gerd, farah):
    enno = world.browser("enno")
    asked = staff.send(gerd, f"{place(world, 'enno')}/password", {})
    first = HALF.search(asked.text)[1]
    assert enno.get("/").status_code == 200
    second = HALF.search(staff.decide(farah, world, "enno").text)[1]
    assert enno.get("/").status_code == 303
    staff.log_in(world.browser(), "enno", f"{first}-{second}")


def test_a_shut_account_is_open_again_when_two_want_it(world, gerd, farah):
    staff.send(gerd, f"{place(world, 'enno')}/disabled", {"disabled": "1"})
    staff.send(gerd, f"{place(world, 'enno')}/disabled", {"disabled": "0"})
    assert account(world, "enno").disabled
    staff.decide(farah, world, "enno")
    staff.log_in(world.browser(), "enno")


def test_who_asked_sees_who_can_agree_and_that_it_is_not_him(world, gerd):
    ask(world, gerd)
    page = gerd.get(f"/approvals/{staff.waiting(world, 'heike').request_id}").text
    assert "Zustimmen kann: farah." in page
    assert "Zustimmen muss ein anderer Mensch" in page
    assert staff.decide(gerd, world, "heike").status_code == 403
    assert account(world, "heike") is None


def test_whom_it_is_about_can_refuse_but_not_agree(world, gerd, farah):
    staff.send(gerd, f"{place(world, 'farah')}/password", {})
    assert staff.decide(farah, world, "farah").status_code == 403
    reply = staff.decide(farah, world, "farah", "refuse")
    assert reply.headers["location"].endswith("?done=refused")
    assert ("staff:farah", "request-refused") in noted(world, "farah")


def test_a_house_in_which_nobody_else_could_agree_is_told_how_to_get_somebody(world, gerd):
    staff.send(gerd, f"{place(world, 'farah')}/disabled", {"disabled": "1"})
    reply = staff.send(gerd, "/accounts/new", {"login": "heike", "roles": "editor"})
    assert "survey account add" in reply.text


@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_what_is_decided_stays_decided(world, gerd, farah, act):
    ask(world, gerd)
    there = f"/approvals/{staff.waiting(world, 'heike').request_id}"
    staff.decide(farah, world, "heike", act)
    for again in ("approve", "refuse"):
        reply = staff.send(farah, there, {"act": again})
        assert reply.status_code == 409
        assert "schon entschieden" in reply.text
    assert (account(world, "heike") is not None) == (act == "approve")


def test_a_second_wish_for_the_same_replaces_the_first(world, gerd, farah):
    first = ask(world, gerd)
    again = ask(world, gerd)
    second = HALF.search(staff.decide(farah, world, "heike").text)[1]
    old = world.browser().post("/login", data={"login": "heike", "password": f"{first}-{second}"})
    assert old.status_code == 422
    staff.log_in(world.browser(), "heike", f"{again}-{second}")


def test_what_somebody_asked_who_administers_no_more_is_not_agreed_to(world, gerd, farah):
    accounts.create(
        world.database,
        ZONE,
        login="hanna",
        roles=("administrator",),
        password=staff.PASSWORD,
        actor="test",
        at=clock.now(),
    )
    ask(world, gerd)
    staff.send(world.browser("hanna"), f"{place(world, 'gerd')}/disabled", {"disabled": "1"})
    reply = staff.decide(farah, world, "heike")
    assert (reply.status_code, "verwaltet keine Konten mehr" in reply.text) == (409, True)
    assert account(world, "heike") is None


def test_after_thirty_days_nobody_can_agree(world, gerd, farah):
    ask(world, gerd)
    there = f"/approvals/{staff.waiting(world, 'heike').request_id}"
    asked = clock.today() - LASTS - timedelta(days=1)
    with world.database.write() as tx:
        tx.run(
            "UPDATE account_request SET asked_on = :asked WHERE tenant = :tenant", {"asked": asked}
        )
    assert "abgelaufen" in farah.get("/approvals").text
    assert staff.send(farah, there, {"act": "approve"}).status_code == 409


def test_the_list_is_searched_and_sorted_and_tells_who_has_work(world, gerd, farah):
    for login in ("heike", "ines", "jonas"):
        ask(world, gerd, login)
    staff.decide(farah, world, "heike", "refuse")

    def shown(address):
        return re.findall(
            r'<th scope="row"><a href="/approvals/[^"]+">([^<]+)', farah.get(address).text
        )

    assert shown("/approvals?sort=-login") == ["jonas", "ines", "heike"]
    assert shown("/approvals")[-1] == "heike"
    assert shown("/approvals?q=INE") == ["ines"]
    assert "2 Änderungen an Konten" in farah.get("/").text
    assert "Änderungen an Konten" not in gerd.get("/").text
    assert world.browser("dilan").get("/approvals").status_code == 403


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
