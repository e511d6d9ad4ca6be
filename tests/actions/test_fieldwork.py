"""The weekly count: in steps of k, once a week, and blind to what one person does."""

from datetime import date, timedelta

import pytest

from survey.actions import drafts, erasure, fieldwork, responses, wave_close
from survey.linkage import codes
from tests.actions.conftest import AT
from tests.actions.test_answering import NO, enter

MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)


def answer(services, code):
    session = enter(services, code)
    drafts.keep(services, session, "w1", NO, language="de")
    assert responses.submit(services, session) == "sent"


def told(services):
    with services.database.read() as tx:
        return [(each.week, each.answered) for each in fieldwork.weeks(tx, "w1")]


@pytest.fixture
def eleven(opened, printed):
    for code in printed[:11]:
        answer(opened, code)
    return opened


def test_a_week_that_has_ended_is_rounded_down_to_a_step_of_k(eleven):
    assert fieldwork.note(eleven.database, MONDAY) == 1
    assert told(eleven) == [("2026-W46", 10)]


def test_nine_answers_are_none(opened, printed):
    for code in printed[:9]:
        answer(opened, code)
    fieldwork.note(opened.database, MONDAY)
    assert told(opened) == [("2026-W46", 0)]


def test_a_week_is_written_once_whatever_is_answered_after_it(eleven, printed):
    fieldwork.note(eleven.database, MONDAY)
    for code in printed[11:21]:
        answer(eleven, code)
    assert fieldwork.note(eleven.database, MONDAY + timedelta(days=3)) == 0
    assert told(eleven) == [("2026-W46", 10)]
    fieldwork.note(eleven.database, MONDAY + WEEK)
    assert told(eleven) == [("2026-W46", 10), ("2026-W47", 20)]


@pytest.mark.parametrize("more", range(1, 9))
def test_worlds_that_differ_within_a_step_look_alike(eleven, printed, more):
    for code in printed[11 : 11 + more]:
        answer(eleven, code)
    fieldwork.note(eleven.database, MONDAY)
    assert told(eleven) == [("2026-W46", 10)]


def test_whoever_deletes_with_a_code_and_watches_learns_nothing(opened, printed):
    for code in printed[:10]:
        answer(opened, code)
    fieldwork.note(opened.database, MONDAY)
    # Ten is the very edge: one row less would be seen, if deletions counted.
    for code in (printed[0], printed[30]):
        erasure.erase(opened, codes.digest(code))
    fieldwork.note(opened.database, MONDAY + WEEK)
    assert told(opened) == [("2026-W46", 10), ("2026-W47", 10)]


def test_whoever_answers_twice_counts_once(opened, printed):
    for code in printed[:10]:
        answer(opened, code)
    assert drafts.enter(opened, codes.digest(printed[0]), before=None, language="de") is None
    fieldwork.note(opened.database, MONDAY)
    assert told(opened) == [("2026-W46", 10)]


@pytest.mark.parametrize(("days", "monday"), [(28, date(2026, 12, 7)), (14, date(2026, 11, 23))])
def test_the_week_of_the_close_is_still_written_and_no_later_one(eleven, days, monday):
    """On the last day that was planned, and two weeks before it."""
    wave_close.close(eleven, "w1", actor="test", at=AT + timedelta(days=days))
    assert fieldwork.note(eleven.database, monday) == 1
    assert fieldwork.note(eleven.database, monday + timedelta(days=7)) == 0


def test_a_wave_that_is_not_open_yet_has_no_weeks(services):
    assert fieldwork.note(services.database, MONDAY) == 0


def test_the_next_numbers_come_on_the_next_monday():
    assert fieldwork.next_numbers(date(2026, 11, 22)) == date(2026, 11, 23)
    assert fieldwork.next_numbers(date(2026, 11, 23)) == date(2026, 11, 30)


def test_weeks_at_the_turn_of_a_year_are_those_of_the_calendar():
    assert fieldwork.monday("2026-W53") == date(2026, 12, 28)
