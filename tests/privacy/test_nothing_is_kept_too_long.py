"""Every table that may hold something about a person has an end, and a job that comes for it."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from msgspec import Struct

from survey.actions import retention
from survey.model.roles import ZONE
from survey.staff import audit
from survey.staff.store import audit as stored
from survey.store import retention_rules as rules
from survey.store.retention_rules import LIABLE, RULES, YEAR
from tests import databases
from tests.world.programmes import PROGRAMME

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(params=databases.ENGINES)
def database(request, tmp_path):
    """Everything on both engines."""
    database = databases.made(request.param, tmp_path)
    with database.write() as tx:
        tx.run(
            "INSERT INTO programme (tenant, programme_id, facts) VALUES (:tenant, 'p', :facts)",
            {"facts": msgspec.json.encode(PROGRAMME).decode()},
        )
        tx.run(
            """
            INSERT INTO form_version (tenant, version, form_id, body)
            VALUES (:tenant, 'v', 'f', '')
            """
        )
    yield database
    database.close()


class Count(Struct, frozen=True):
    number: int


class Name(Struct, frozen=True):
    name: str


def put(database, table, **values):
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    with database.write() as tx:
        tx.run(f"INSERT INTO {table} (tenant, {names}) VALUES (:tenant, {marks})", values)


def wave(database, wave_id, *, ago, state="closed", number=1, programme="p"):
    """A wave whose last day was `ago` days before today."""
    last = TODAY - timedelta(days=ago)
    put(
        database, "wave", wave_id=wave_id, programme_id=programme, number=number, form_id="f",
        form_version="v", opens_on=last - timedelta(days=30), closes_on=last, state=state, k=10,
        k_sensitive=20, k_up=20, comments=15,
    )  # fmt: skip


def rows(database, table):
    with database.read() as tx:
        found = tx.one(f"SELECT count(*) AS number FROM {table} WHERE tenant = :tenant", into=Count)
    return found.number


def swept(database, table):
    """How many rows of a table stay."""
    retention.run(database, TODAY, at=AT)
    return rows(database, table)


def test_every_table_has_a_rule_or_a_reason_why_it_needs_none(tmp_path):
    database = databases.made("sqlite", tmp_path)
    with database.read() as tx:
        tables = tx.all(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
            """,
            into=Name,
        )
    database.close()
    ruled = {rule.table for rule in RULES}
    assert {table.name for table in tables} == ruled | set(rules.EXEMPT)
    assert ruled & set(rules.EXEMPT) == set()


def test_every_rule_says_what_why_and_by_which_law():
    assert all(rule.what and rule.why and rule.days >= 0 and rule.sql for rule in RULES)
    assert all("DSGVO" in rule.why or "BDSG" in rule.why or "nothing" in rule.why for rule in RULES)


def of_wave(table, wave_id):
    """A row of a table that belongs to a wave."""
    values = {
        "draft": {"draft_key": b"d", "version": 0, "body": b""},
        "invitation": {"code_hash": b"i", "ticket": b""},
        "response": {"mark": b"m", "domain": "d", "handle": b"h", "body": b""},
        "free_text": {"handle": b"h", "body": b""},
        "comment": {"comment_id": "r", "original": b"", "state": "open"},
        "release": {"handle": b"h", "block": "plan", "slot_on": TODAY, "body": b""},
        "fieldwork": {"week": "2026-W01", "answered": 10},
        "kiosk": {"kiosk_id": "k", "place": "Eingang", "token_hash": b"", "created_on": TODAY},
    }
    return {"wave_id": wave_id, **values[table]}


@pytest.mark.parametrize(
    ("table", "state", "days"),
    [
        ("draft", "open", 0),
        ("invitation", "open", 56),
        ("response", "closed", YEAR),
        ("free_text", "closed", YEAR),
        ("comment", "closed", YEAR),
        ("release", "closed", 180),
        ("release", "open", 180),
        ("fieldwork", "closed", YEAR),
        ("kiosk", "closed", 30),
    ],
)
def test_what_a_wave_left_goes_on_the_day_after_its_time_and_not_before(
    database, table, state, days
):
    wave(database, "w1", ago=days, state=state)
    put(database, table, **of_wave(table, "w1"))
    assert swept(database, table) == 1
    assert retention.run(database, TODAY + timedelta(days=1), at=AT)[table]
    assert rows(database, table) == 0


@pytest.mark.parametrize("table", ["draft", "invitation"])
def test_drafts_and_codes_of_a_closed_wave_go_at_once(database, table):
    wave(database, "w1", ago=-20)
    put(database, table, **of_wave(table, "w1"))
    assert swept(database, table) == 0


def test_answers_stay_while_their_programme_goes_on(database):
    """They are paired with those of the next wave; two years without one, and they go."""
    wave(database, "w1", ago=2 * YEAR)
    put(database, "response", **of_wave("response", "w1"))
    wave(database, "w2", ago=-10, number=2, state="planned")
    assert swept(database, "response") == 1


def test_a_kiosk_goes_a_month_after_it_was_revoked(database):
    wave(database, "w1", ago=-10, state="open")
    gone = {**of_wave("kiosk", "w1"), "revoked_on": TODAY - timedelta(days=31)}
    put(database, "kiosk", **gone)
    stays = {**of_wave("kiosk", "w1"), "kiosk_id": "k2", "token_hash": b"2"}
    put(database, "kiosk", **stays)
    assert swept(database, "kiosk") == 1


def account(database, login, *, disabled=True):
    put(
        database, "account", account_id=login, login=login, roles="editor",
        language="de", created_on=TODAY - timedelta(days=LIABLE + 1), disabled=disabled,
    )  # fmt: skip


def test_sessions_of_staff_are_gone_the_day_after(database):
    account(database, "dilan", disabled=False)
    for number, days in enumerate([0, 2]):
        begun = AT - timedelta(days=days)
        put(
            database, "staff_session", token_hash=bytes([number]), account_id="dilan",
            begun_at=begun, seen_at=begun,
        )  # fmt: skip
    assert swept(database, "staff_session") == 1


def test_work_that_is_over_and_old_papers_go(database):
    wave(database, "w1", ago=10)
    for number, days in enumerate([29, 31]):
        put(
            database, "job", job_id=str(number), kind="report", subject="w1", details="{}",
            state="done", requested_by="dilan", requested_at=AT, due_at=AT,
            finished_at=AT - timedelta(days=days),
        )  # fmt: skip
    for number, days in enumerate([YEAR - 1, YEAR + 1]):
        put(
            database, "document", document_id=str(number), wave_id="w1", name=str(number),
            media_type="application/pdf", body=b"", made_on=TODAY - timedelta(days=days),
        )  # fmt: skip
    assert (swept(database, "job"), rows(database, "document")) == (1, 1)


def entries(database):
    with database.read() as tx:
        return list(stored.list_all(tx))


def noted(database, actor, days):
    with database.write() as tx:
        audit.note(tx, actor, "wave-created", "w1", at=AT - timedelta(days=days))


def test_the_audit_forgets_names_after_three_years_and_its_chain_still_holds(database):
    for actor, days in [("bernd", LIABLE + 9), ("bernd", LIABLE + 2), ("dilan", 5)]:
        noted(database, actor, days)
    retention.run(database, TODAY, at=AT)
    anchor, kept, proof = entries(database)
    assert (anchor.actor, anchor.subject, anchor.action) == ("", "", "forgotten")
    assert (kept.actor, proof.action) == ("dilan", "retention")
    said = msgspec.json.decode(proof.details)
    assert said == {"audit": "1", "forgotten": 2, "digest": anchor.hash.hex()}
    assert verdict(database) == (2, None)
    retention.run(database, TODAY, at=AT)
    assert len(entries(database)) == 3


def test_a_changed_entry_after_the_forgotten_ones_is_found(database):
    for actor, days in [("bernd", LIABLE + 9), ("clara", 6), ("dilan", 5)]:
        noted(database, actor, days)
    retention.run(database, TODAY, at=AT)
    assert verdict(database) == (1, None)
    with database.write() as tx:
        tx.run("UPDATE audit SET actor = 'nobody' WHERE tenant = :tenant AND actor = 'dilan'")
    assert verdict(database) == (1, 3)


def test_the_very_first_entry_alone_is_forgotten_with_proof(database):
    noted(database, "bernd", LIABLE + 1)
    retention.run(database, TODAY, at=AT)
    assert [each.action for each in entries(database)] == ["forgotten", "retention"]
    assert verdict(database) == (1, None)


def test_a_chain_stays_whole_over_years_of_forgetting(database):
    for days in range(LIABLE + 90, -1, -30):
        noted(database, "dilan", days)
    for later in range(0, 2 * LIABLE, 200):
        day = timedelta(days=later)
        retention.run(database, TODAY + day, at=AT + day)
        first, broken = verdict(database)
        assert (first >= 3, broken) == (True, None)


def shorten(database, number):
    """Make an entry look as if retention had come to it, and delete all before it."""
    with database.write() as tx:
        tx.run(
            """
            UPDATE audit SET actor = '', action = 'forgotten', subject = '', details = '{}'
            WHERE tenant = :tenant AND number = :number
            """,
            {"number": number},
        )
        tx.run("DELETE FROM audit WHERE tenant = :tenant AND number < :number", {"number": number})


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_log_that_somebody_cut_short_is_broken_where_it_begins(database, number):
    for days in (4, 3, 2, 1):
        noted(database, "dilan", days)
    shorten(database, number)
    assert verdict(database) == (number, number)


def test_the_proof_of_one_forgetting_covers_no_other(database):
    for days in (LIABLE + 9, 6, 5, 4):
        noted(database, "dilan", days)
    retention.run(database, TODAY, at=AT)
    shorten(database, 3)
    assert verdict(database) == (3, 3)


def test_a_proof_that_somebody_rewrote_breaks_the_chain_itself(database):
    for days in (LIABLE + 9, 6, 5, 4):
        noted(database, "dilan", days)
    retention.run(database, TODAY, at=AT)
    digest = entries(database)[2].hash.hex()
    shorten(database, 3)
    with database.write() as tx:
        tx.run(
            """
            UPDATE audit SET details = :details WHERE tenant = :tenant AND action = 'retention'
            """,
            {"details": msgspec.json.encode({"digest": digest, "forgotten": 3}).decode()},
        )
    assert verdict(database) == (3, 5)


@pytest.mark.parametrize(
    ("actor", "action"), [("staff:gerd", "retention"), ("retention", "wave-created")]
)
def test_only_the_retention_run_can_say_that_it_forgot(database, actor, action):
    for days in (4, 3, 2):
        noted(database, "dilan", days)
    digest = entries(database)[1].hash.hex()
    with database.write() as tx:
        audit.note(tx, actor, action, "w1", at=AT, forgotten=2, digest=digest)
    shorten(database, 2)
    assert verdict(database) == (2, 2)


def verdict(database):
    with database.read() as tx:
        found = audit.verify(tx, ZONE)
    return found.first, found.broken_at


def test_a_disabled_account_goes_with_the_last_entry_that_names_it(database):
    account(database, "bernd")
    account(database, "dilan")
    account(database, "clara", disabled=False)
    noted(database, "staff:bernd", LIABLE + 9)
    noted(database, "staff:dilan", LIABLE + 8)
    noted(database, "staff:dilan", 5)
    retention.run(database, TODAY, at=AT)
    with database.read() as tx:
        left = tx.all(
            "SELECT login AS name FROM account WHERE tenant = :tenant ORDER BY login", into=Name
        )
    assert [account.name for account in left] == ["clara", "dilan"]


def test_the_proof_counts_what_staff_left_and_never_what_recipients_left(database):
    wave(database, "w1", ago=200)
    put(database, "release", **of_wave("release", "w1"))
    put(database, "kiosk", **of_wave("kiosk", "w1"))
    retention.run(database, TODAY, at=AT)
    [proof] = entries(database)
    assert (proof.actor, proof.action, proof.subject) == ("retention", "retention", "2026-11-22")
    assert msgspec.json.decode(proof.details) == {"kiosk": "1", "release": "some"}


def test_a_day_on_which_nothing_went_leaves_no_entry(database):
    assert retention.run(database, TODAY, at=AT) == {}
    assert entries(database) == []
