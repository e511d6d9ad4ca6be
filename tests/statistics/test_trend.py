"""Periods in a row: breaks, overlaps, runs."""

from datetime import date

from survey.model.estimates import Estimate, Undefined
from survey.statistics import trend
from survey.statistics.trend import Break, Period, Run

FIGURE = Estimate(value=0.5, low=0.4, high=0.6, n=100)
LAW = Break(on=date(2026, 7, 1), label="Reform")


def half_year(year, half):
    first, last = ((1, 1), (6, 30)) if half == 1 else ((7, 1), (12, 31))
    return Period(first=date(year, *first), last=date(year, *last), estimate=FIGURE)


def test_no_line_crosses_a_break():
    periods = [half_year(2026, 2), half_year(2025, 2), half_year(2026, 1)]
    found = trend.segments(periods, [LAW])
    assert found == ((half_year(2025, 2), half_year(2026, 1)), (half_year(2026, 2),))
    assert len(trend.segments(periods)) == 1


def test_a_period_with_a_break_inside_stands_alone():
    year = Period(first=date(2026, 1, 1), last=date(2026, 12, 31), estimate=FIGURE)
    after = half_year(2027, 1)
    found = trend.segments([half_year(2025, 2), year, after], [LAW])
    assert [len(segment) for segment in found] == [1, 1, 1]


def test_rolling_windows_are_no_series():
    late = Period(first=date(2026, 3, 1), last=date(2026, 8, 31), estimate=FIGURE)
    assert trend.segments([half_year(2026, 1), late]) == Undefined(reason="overlapping")
    assert trend.segments([]) == Undefined(reason="no-answers")


def test_eight_points_on_one_side_are_a_hint():
    assert trend.runs([1] * 8, 0) == (Run(0, 8, True),)
    assert trend.runs([1] * 7 + [-1], 0) == ()
    assert trend.runs([1, 1, 1, 1, 0, 1, 1, 1, 1], 0) == (Run(0, 9, True),)
    assert trend.runs([2, *[-1] * 9, 2], 0) == (Run(1, 10, False),)
    assert trend.runs([], 0) == ()
