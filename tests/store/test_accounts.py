"""Accounts and sessions of staff: a login is one person's for ever, a session ends at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from survey.errors import RuleBroken
from survey.model.accounts import Account
from survey.staff.store import accounts, sessions
from survey.staff.store.accounts import Filter
from survey.staff.store.sessions import Session

DILAN = Account(
    account_id="a1",
    login="dilan",
    roles=("quality_manager", "editor"),
    language="de",
    created_on=date(2026, 11, 2),
)
CLARA = replace(DILAN, account_id="a2", login="clara_2", roles=("editor",))
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
SESSION = Session(token_hash=b"t" * 32, account_id="a1", begun_at=AT, seen_at=AT)


@pytest.fixture
def staffed(database):
    with database.write() as tx:
        assert accounts.add(tx, DILAN, "digest of hers")
        assert accounts.add(tx, CLARA, "digest of hers too")
    return database


def test_an_account_comes_back_as_it_was(staffed):
    with staffed.read() as tx:
        assert accounts.find(tx, "a1") == DILAN
        known = accounts.known(tx, "dilan")
        assert accounts.known(tx, "amira") is None
    assert known is not None
    assert (known.account, known.password) == (DILAN, "digest of hers")


def test_a_login_is_given_once_even_after_it_was_disabled(staffed):
    with staffed.write() as tx:
        accounts.keep(tx, replace(DILAN, disabled=True))
        assert not accounts.add(tx, replace(DILAN, account_id="a3"), "other")
        found = accounts.find(tx, "a1")
    assert found is not None
    assert found.disabled is True


def test_only_those_who_may_log_in_count_as_working(staffed):
    with staffed.write() as tx:
        assert accounts.working(tx, "editor") == 2
        accounts.keep(tx, replace(CLARA, disabled=True))
        assert accounts.working(tx, "editor") == 1


@pytest.mark.parametrize(
    ("wanted", "logins"),
    [
        (Filter(), ["clara_2", "dilan"]),
        (Filter(search="DIL"), ["dilan"]),
        (Filter(search="%"), []),
        (Filter(search="_"), ["clara_2"]),
        (Filter(role="quality_manager"), ["dilan"]),
    ],
)
def test_a_search_takes_signs_as_they_are(staffed, wanted, logins):
    with staffed.read() as tx:
        found = [each.login for each in accounts.listed(tx, wanted)]
        assert accounts.count(tx, wanted) == len(found)
    assert found == logins


def test_a_session_comes_back_with_its_times_and_ends(staffed):
    later = AT + timedelta(minutes=5, microseconds=1)
    with staffed.write() as tx:
        sessions.begin(tx, SESSION)
        sessions.touch(tx, SESSION.token_hash, at=later)
        assert sessions.find(tx, SESSION.token_hash) == replace(SESSION, seen_at=later)
        sessions.end(tx, SESSION.token_hash)
        assert sessions.find(tx, SESSION.token_hash) is None


def test_sessions_of_one_account_end_together(staffed):
    with staffed.write() as tx:
        sessions.begin(tx, SESSION)
        sessions.begin(tx, replace(SESSION, token_hash=b"u" * 32))
        sessions.begin(tx, replace(SESSION, token_hash=b"v" * 32, account_id="a2"))
        assert sessions.end_all(tx, "a1") == 2
        assert sessions.find(tx, b"v" * 32) is not None


def test_what_is_over_is_swept(staffed):
    old = replace(SESSION, token_hash=b"o" * 32, seen_at=AT - timedelta(hours=1))
    with staffed.write() as tx:
        sessions.begin(tx, SESSION)
        sessions.begin(tx, old)
        swept = sessions.sweep(
            tx, begun_before=AT - timedelta(hours=10), seen_before=AT - timedelta(minutes=30)
        )
        assert sessions.find(tx, SESSION.token_hash) == SESSION
    assert swept == 1


def test_nobody_without_an_account_has_a_session(database):
    with pytest.raises(RuleBroken), database.write() as tx:
        sessions.begin(tx, SESSION)
