"""The log of the house: whoever changes, removes or shortens it is found out."""

from datetime import UTC, datetime, timedelta

import pytest

from connector.roles import ZONE
from connector.state import audit, database
from survey.staff import audit as chain

AT = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def state(tmp_path):
    """A log of six entries."""
    made = database.made(tmp_path / "connector.db", tenant="musterstadt")
    with made.write() as tx:
        for number in range(6):
            at = AT + timedelta(hours=number)
            audit.note(tx, "bernd", "account.login", "bernd", at=at)
    yield made
    made.close()


def broken_at(state):
    with state.read() as tx:
        return chain.verify(tx, ZONE).broken_at


def test_a_log_that_nobody_touched_is_whole(state):
    assert broken_at(state) is None


@pytest.mark.parametrize(
    ("harm", "number"),
    [
        ("UPDATE audit SET subject = 'clara' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 6", 6),
        ("DELETE FROM audit WHERE number < 4", 1),
        ("UPDATE audit SET number = 9 WHERE number = 6", 6),
        ("UPDATE audit_tail SET number = 7", 7),
    ],
)
def test_what_was_changed_or_cut_off_is_found(state, harm, number):
    with state.write() as tx:
        tx.run(harm)
    assert broken_at(state) == number


def test_a_beginning_is_never_forgotten_so_none_that_says_so_is_believed(state):
    """Here no run forgets: a row that stands for those before it has no meaning."""
    with state.write() as tx:
        tx.run("UPDATE audit SET actor = '', action = 'forgotten', subject = '' WHERE number = 4")
        tx.run("DELETE FROM audit WHERE number < 4")
    assert broken_at(state) == 1


def test_every_change_of_an_account_has_a_name_that_the_log_knows():
    assert set(ZONE.changes.values()) < set(audit.ACTIONS)
