"""The Monday on which what people show is handed over: a whole week at once, after one at least."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.waves import RELEASE_DAYS, released_until, slot


@pytest.mark.parametrize(
    ("sent", "handed_over"),
    [
        (date(2026, 11, 16), date(2026, 11, 30)),  # a Monday
        (date(2026, 11, 22), date(2026, 11, 30)),  # the Sunday of the same week
        (date(2026, 11, 23), date(2026, 12, 7)),  # the Monday after
        (date(2026, 12, 27), date(2027, 1, 4)),  # a Sunday, over the end of the year
        (date(2026, 12, 31), date(2027, 1, 11)),  # week 53
        (date(2027, 1, 3), date(2027, 1, 11)),  # still week 53
        (date(2028, 2, 27), date(2028, 3, 6)),  # a leap year
    ],
)
def test_what_is_sent_in_a_week_is_handed_over_on_the_monday_of_the_second_week_after(
    sent, handed_over
):
    assert slot(sent) == handed_over


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_slot_is_a_monday_and_more_than_a_week_and_at_most_two_away(sent):
    found = slot(sent)
    assert found.weekday() == 0
    assert timedelta(days=7) < found - sent <= timedelta(days=14)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_everybody_of_one_week_has_one_slot(sent):
    monday = sent - timedelta(days=sent.weekday())
    assert len({slot(monday + timedelta(days=each)) for each in range(7)}) == 1


def test_what_is_shown_ends_180_days_after_the_last_day_of_the_wave():
    assert released_until(date(2026, 11, 30)) == date(2027, 5, 29)
    assert RELEASE_DAYS == 180
