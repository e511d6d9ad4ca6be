"""Accounts, sessions, visits and the log of an older home stay what they were."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Struct

from connector.roles import ZONE
from connector.state import case_managers, database, visits
from survey.engine import migrate, sqlite
from survey.errors import RuleBroken
from survey.linkage import audit_link, passwords, tokens
from survey.staff import audit, logins
from survey.staff.store import accounts

AT = datetime(2026, 11, 16, 8, tzinfo=UTC)
PASSWORD = "Regen am Rathausplatz 7"  # noqa: S105 - of a person who does not exist
OLDER = 7


class Name(Struct, frozen=True):
    name: str


@pytest.fixture
def older(tmp_path):
    """A database as the version before kept it: Bernd, logged in, who has seen a case."""
    folder = tmp_path / "older"
    folder.mkdir()
    for path in sorted(database.MIGRATIONS.glob("*.sql"))[:OLDER]:
        shutil.copy(path, folder)
    state = sqlite.open_database(tmp_path / "connector.db", tenant="musterstadt")
    migrate.migrate(state, folder)
    values = {
        "password": passwords.make(PASSWORD),
        "token_hash": tokens.digest("token"),
        "case_index": b"c",
        "at": AT,
    }
    with state.write() as tx:
        for sql in (
            """
            INSERT INTO account (tenant, account_id, login, name, password, role, case_manager,
                language, created_on, disabled)
            VALUES (:tenant, 'a1', 'bernd', 'Bernd Ahlers', :password, 'case_manager', 'BA', 'en',
                '2026-01-02', FALSE)
            """,
            """
            INSERT INTO account (tenant, account_id, login, name, password, role, case_manager,
                language, created_on, disabled)
            VALUES (:tenant, 'a2', 'gerd', 'Gerd Ihle', :password, 'administrator', '', 'de',
                '2026-01-02', TRUE)
            """,
            """
            INSERT INTO session (tenant, token_hash, account_id, begun_at, seen_at)
            VALUES (:tenant, :token_hash, 'a1', :at, :at)
            """,
            """
            INSERT INTO visit (tenant, account_id, case_index, visited_on, seen_before, seen)
            VALUES (:tenant, 'a1', :case_index, '2026-11-15', 1, 2)
            """,
        ):
            tx.run(sql, values)
        log(tx, ("shell", "account.add", "bernd"), ("bernd", "account.login", "bernd"))
    yield state
    state.close()


def log(tx, *entries):
    """The log as it was kept, without details."""
    before = audit_link.START
    for number, parts in enumerate(entries, 1):
        text = "\x1f".join([str(number), AT.isoformat(), *parts])
        before = audit_link.link(before, text.encode())
        actor, action, subject = parts
        tx.run(
            """
            INSERT INTO audit (tenant, number, at, actor, action, subject, hash)
            VALUES (:tenant, :number, :at, :actor, :action, :subject, :hash)
            """,
            {
                "number": number,
                "at": AT,
                "actor": actor,
                "action": action,
                "subject": subject,
                "hash": before,
            },
        )
    tx.run(
        "INSERT INTO audit_tail (tenant, number, hash) VALUES (:tenant, :number, :hash)",
        {"number": len(entries), "hash": before},
    )


def broken_at(state):
    with state.read() as tx:
        return audit.verify(tx, ZONE).broken_at


def test_a_password_from_before_opens_the_account_and_the_chain_goes_on(older):
    migrate.migrate(older, database.MIGRATIONS)
    later = AT + timedelta(minutes=5)
    assert logins.log_in(older, ZONE, "bernd", "another one", at=later) is None
    assert logins.log_in(older, ZONE, "gerd", PASSWORD, at=later) is None
    entered = logins.log_in(older, ZONE, "bernd", PASSWORD, at=later)
    assert entered is not None
    assert entered.account.roles == ("case_manager",)
    assert (entered.account.name, entered.account.language) == ("Bernd Ahlers", "en")
    assert broken_at(older) is None
    with older.read() as tx:
        assert audit.verify(tx, ZONE).entries == 3
        assert case_managers.sign_of(tx, "a1") == "BA"
        assert case_managers.sign_of(tx, "a2") == ""


def test_a_session_and_a_visit_from_before_go_on(older):
    migrate.migrate(older, database.MIGRATIONS)
    account = logins.session_of(older, "token", at=AT + timedelta(minutes=5))
    assert account is not None
    assert account.login == "bernd"
    with older.read() as tx:
        visit = visits.find(tx, "a1", b"c")
    assert visit is not None
    assert (visit.seen_before, visit.seen) == (1, 2)


@pytest.mark.parametrize(
    ("harm", "number"),
    [
        ("UPDATE audit SET actor = 'clara' WHERE number = 2", 2),
        ("UPDATE audit SET details = '{}' WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 1", 1),
    ],
)
def test_an_entry_from_before_cannot_be_changed_afterwards(older, harm, number):
    migrate.migrate(older, database.MIGRATIONS)
    with older.write() as tx:
        tx.run(harm)
    assert broken_at(older) == number


def test_what_belongs_to_an_account_still_needs_one(older):
    migrate.migrate(older, database.MIGRATIONS)
    with older.read() as tx:
        links = tx.all(
            """
            SELECT DISTINCT list.name FROM sqlite_master AS list
            JOIN pragma_foreign_key_list(list.name) AS link WHERE link."table" = 'account'
            """,
            into=Name,
        )
        assert [account.login for account in accounts.list_all(tx)] == ["bernd", "gerd"]
    assert {link.name for link in links} == {
        "account_proof",
        "case_manager",
        "staff_session",
        "visit",
    }
    with pytest.raises(RuleBroken), older.write() as tx:
        tx.run("DELETE FROM account WHERE login = 'bernd'")
