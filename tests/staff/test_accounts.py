"""Accounts and sessions of staff: a login is one person's for ever, a session ends at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from survey.errors import RuleBroken
from survey.model.accounts import Account
from survey.model.proofs import Password
from survey.staff.store import accounts, proofs, sessions
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
HERS = Password(digest="digest of hers")
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
SESSION = Session(token_hash=b"t" * 32, account_id="a1", begun_at=AT, seen_at=AT)


@pytest.fixture
def staffed(database):
    with database.write() as tx:
        assert accounts.add(tx, DILAN)
        assert accounts.add(tx, CLARA)
        proofs.keep(tx, "a1", HERS)
    return database


def test_an_account_comes_back_as_it_was(staffed):
    with staffed.read() as tx:
        assert accounts.find(tx, "a1") == DILAN
        assert accounts.by_login(tx, "dilan") == DILAN
        assert accounts.by_login(tx, "amira") is None


def test_a_proof_of_identity_comes_back_and_a_new_one_takes_its_place(staffed):
    with staffed.write() as tx:
        assert proofs.password(tx, "a1") == HERS
        assert proofs.password(tx, "a2") is None
        proofs.keep(tx, "a1", replace(HERS, digest="digest of a new one"))
        assert proofs.password(tx, "a1") == replace(HERS, digest="digest of a new one")


def test_a_proof_of_identity_ends_with_its_account(staffed):
    with staffed.write() as tx:
        tx.run("DELETE FROM account WHERE tenant = :tenant AND account_id = 'a1'")
        assert proofs.password(tx, "a1") is None


def test_nobody_without_an_account_has_a_proof_of_identity(database):
    with pytest.raises(RuleBroken), database.write() as tx:
        proofs.keep(tx, "a9", HERS)


def test_a_list_goes_up_and_down(staffed):
    with staffed.write() as tx:
        accounts.add(
            tx, replace(DILAN, account_id="a3", login="emil", created_on=date(2026, 11, 3))
        )
    lists = {
        "login": ["clara_2", "dilan", "emil"],
        "-login": ["emil", "dilan", "clara_2"],
        "created": ["clara_2", "dilan", "emil"],
        "-created": ["emil", "clara_2", "dilan"],
    }
    with staffed.read() as tx:
        for order, logins in lists.items():
            listed = accounts.listed(tx, Filter(), order=order)
            assert [account.login for account in listed] == logins


def test_a_login_is_given_once_even_after_it_was_disabled(staffed):
    with staffed.write() as tx:
        accounts.keep(tx, replace(DILAN, disabled=True))
        assert not accounts.add(tx, replace(DILAN, account_id="a3"))
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
