"""A course is cut where law or wording changed, and a change is one only beyond both intervals."""

from datetime import date

import pytest

from survey.document.chart import trend as picture
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import Break, Point, Series
from survey.report.course import course

HIDDEN = Suppressed(reason="too-few")


def point(number: int, value: float | None) -> Point:
    figure: Figure = HIDDEN
    if value is not None:
        figure = Estimate(value=value, low=value - 0.03, high=value + 0.03, n=300)
    first = date(2024, 1, 1).replace(year=2020 + number)
    return Point(
        wave_id=f"w{number}",
        number=number,
        first=first,
        last=first.replace(month=2),
        figure=figure,
    )


def series(*values: float | None, breaks: tuple[Break, ...] = ()) -> Series:
    points = tuple(point(number, value) for number, value in enumerate(values, 1))
    return Series(kind="topic", subject="contact", points=points, breaks=breaks)


def law(year: int) -> Break:
    return Break(on=date(year, 7, 1), reason="law", text={"de": "Neues Recht."})


def test_no_line_crosses_a_break() -> None:
    found = course(series(0.5, 0.6, 0.7, 0.8, breaks=(law(2022),)))
    assert found.segments == ((0, 1), (2, 3))
    assert list(found.cuts) == [2]


def test_no_line_runs_over_a_wave_that_shows_nothing() -> None:
    assert course(series(0.5, None, 0.7)).segments == ((0,), (2,))


@pytest.mark.parametrize(
    ("before", "now", "change"), [(0.5, 0.6, "up"), (0.6, 0.5, "down"), (0.5, 0.55, "chance")]
)
def test_a_change_needs_intervals_that_part(before: float, now: float, change: str) -> None:
    assert course(series(0.4, before, now)).change == change


def test_nothing_is_said_about_a_change_across_a_break_or_a_hidden_wave() -> None:
    assert course(series(0.4, 0.6, breaks=(law(2021),))).change is None
    assert course(series(0.4, None, 0.6)).change is None
    assert course(series(0.4, 0.6, None)).change is None


def test_the_picture_draws_a_path_for_each_segment_and_a_dash_for_each_cut() -> None:
    points = [picture.Point(at=i, value=0.5, low=0.4, high=0.6) for i in range(4)]
    axis = picture.Axis(
        ticks=((0, "0"), (1, "100")), waves=tuple((f"W{i}", "2026") for i in range(4))
    )
    cuts = [picture.Cut(before=2, words=("Recht neu", "Wortlaut neu"))]
    body = picture.draw([points[:2], points[2:]], axis=axis, cuts=cuts, alt="a").body
    assert body.count("<path") == 2
    assert body.count("stroke-dasharray") == 1
    assert "Recht neu" in body
    assert "Wortlaut neu" in body
