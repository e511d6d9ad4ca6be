"""Accounts, sessions and the audit of an older database stay what they were."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from survey.engine import engines, migrate
from survey.home import MIGRATIONS
from survey.linkage import passwords, tokens
from survey.model.roles import ZONE
from survey.staff import audit, logins
from survey.staff.store import accounts, proofs
from tests import databases

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
PASSWORD = "vier Birnen am Bahnhof"  # noqa: S105 - of a person who does not exist
OLDER = 7


@pytest.fixture(params=databases.ENGINES)
def older(request, tmp_path):
    """A database as the version before kept it: Dilan with a password, Clara without one."""
    folder = tmp_path / "older"
    folder.mkdir()
    for path in sorted(MIGRATIONS.glob("*.sql"))[:OLDER]:
        shutil.copy(path, folder)
    place = databases.place(request.param)
    database = engines.open_database(place, home=tmp_path, tenant="musterstadt")
    migrate.migrate(database, folder)
    with database.write() as tx:
        for login, digest in (("dilan", passwords.make(PASSWORD)), ("clara", "")):
            tx.run(
                """
                INSERT INTO account
                    (tenant, account_id, login, password, roles, language, created_on, disabled)
                VALUES
                    (:tenant, :login, :login, :digest, 'quality_manager editor', 'en', :on, FALSE)
                """,
                {"login": login, "digest": digest, "on": AT.date()},
            )
        tx.run(
            """
            INSERT INTO staff_session (tenant, token_hash, account_id, begun_at, seen_at)
            VALUES (:tenant, :token_hash, 'dilan', :at, :at)
            """,
            {"token_hash": tokens.digest("token"), "at": AT},
        )
        for login in ("dilan", "clara"):
            audit.note(tx, "shell:root", "account-create", login, at=AT, roles=("editor",))
    yield database
    database.close()


def test_a_password_from_before_opens_the_account_and_the_chain_goes_on(older):
    assert "008_proofs_of_identity.sql" in migrate.migrate(older, MIGRATIONS)
    later = AT + timedelta(minutes=5)
    assert logins.log_in(older, ZONE, "dilan", "another one", at=later) is None
    entered = logins.log_in(older, ZONE, "dilan", PASSWORD, at=later)
    assert entered is not None
    assert entered.account.roles == ("quality_manager", "editor")
    assert (entered.account.language, entered.account.created_on) == ("en", AT.date())
    with older.read() as tx:
        verdict = audit.verify(tx, ZONE)
    assert (verdict.entries, verdict.broken_at) == (3, None)


def test_a_session_from_before_goes_on(older):
    migrate.migrate(older, MIGRATIONS)
    account = logins.session_of(older, "token", at=AT + timedelta(minutes=5))
    assert account is not None
    assert account.login == "dilan"


def test_an_account_without_a_password_has_no_proof_of_identity(older):
    migrate.migrate(older, MIGRATIONS)
    with older.read() as tx:
        assert proofs.password(tx, "clara") is None
        assert [account.login for account in accounts.list_all(tx)] == ["clara", "dilan"]
    assert logins.log_in(older, ZONE, "clara", "", at=AT) is None
