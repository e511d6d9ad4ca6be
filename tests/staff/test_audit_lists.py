"""The audit as those see it who watch: filtered, paged, and followed from its start."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.model.roles import ZONE
from survey.staff import audit as actions
from survey.staff.store import audit
from survey.staff.store.audit import Filter

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def noted(database):
    with database.write() as tx:
        for number in range(10):
            action = "login" if number % 2 else "logout"
            at = AT + timedelta(days=number, microseconds=number % 3)
            actions.note(tx, f"staff:{number % 3}", action, "w1", at=at, number=number)
    return database


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (Filter(action="login"), [10, 8, 6, 4, 2]),
        (Filter(action="login", actor="staff:0"), [10, 4]),
        (Filter(actor="nobody"), []),
        (Filter(since=AT + timedelta(days=8)), [10, 9]),
        (Filter(until=AT + timedelta(days=1)), [1]),
        (Filter(since=AT, until=AT), []),
    ],
)
def test_entries_are_filtered_and_the_newest_comes_first(noted, wanted, numbers):
    with noted.read() as tx:
        found = audit.matching(tx, wanted, skip=0, most=50)
        assert [each.number for each in found] == numbers
        assert audit.count(tx, wanted) == len(numbers)


def test_a_page_begins_where_the_one_before_ended(noted):
    with noted.read() as tx:
        pages = [audit.matching(tx, Filter(), skip=skip, most=4) for skip in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 2, 0]
    assert pages[1][0].number == 6


def test_kinds_and_people_are_named_once(noted):
    with noted.read() as tx:
        assert audit.actions(tx) == ["login", "logout"]
        assert audit.actors(tx) == ["staff:0", "staff:1", "staff:2"]


def test_a_chain_nobody_touched_is_whole(noted):
    with noted.read() as tx:
        verdict = actions.verify(tx, ZONE)
        assert (verdict.entries, verdict.broken_at) == (10, None)
        assert verdict.fingerprint == audit.last(tx).hash


def test_an_empty_chain_is_whole(database):
    with database.read() as tx:
        assert actions.verify(tx, ZONE).broken_at is None


@pytest.mark.parametrize(
    ("harm", "broken_at"),
    [
        ("UPDATE audit SET details = '{}' WHERE number = 7", 7),
        ("DELETE FROM audit WHERE number = 7", 7),
        ("DELETE FROM audit WHERE number = 10", 10),
        ("UPDATE audit_tail SET number = 11", 11),
    ],
)
def test_what_was_changed_or_taken_out_is_found_where_it_was(noted, harm, broken_at):
    with noted.write() as tx:
        tx.run(harm)
    with noted.read() as tx:
        assert actions.verify(tx, ZONE).broken_at == broken_at
