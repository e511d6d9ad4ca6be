"""A course is cut where law or wording changed; changes are judged together."""

from datetime import date

import msgspec
import pytest

from survey.document.chart import trend as picture
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.series import Break, Point, Series
from survey.report.render.context import Context
from survey.report.render.parts import trend_words
from survey.report.render.series import DividedSeries, divide
from survey.statistics import difference

HIDDEN = Suppressed(reason="too-few")


def point(number: int, value: float | None, n: int = 300) -> Point:
    figure: Figure = HIDDEN
    known = None
    if value is not None:
        figure = Estimate(value=value, low=value - 0.03, high=value + 0.03, n=n)
        known = difference.of_shares([value], n)
    first = date(2024, 1, 1).replace(year=2020 + number)
    return Point(
        wave_id=f"w{number}",
        number=number,
        first=first,
        last=first.replace(month=2),
        figure=figure,
        known=known,
    )


def series(*values: float | None, breaks: tuple[Break, ...] = (), n: int = 300) -> Series:
    points = tuple(point(number, value, n) for number, value in enumerate(values, 1))
    return Series(kind="topic", subject="contact", points=points, breaks=breaks)


def course(one: Series) -> DividedSeries:
    return divide([one])[0]


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
def test_a_change_is_one_where_its_own_interval_leaves_out_none(
    before: float, now: float, change: str
) -> None:
    found = course(series(0.4, before, now))
    assert found.change == change
    assert found.difference is not None
    assert found.difference.value == pytest.approx(now - before)
    assert (found.difference.low < 0 < found.difference.high) == (change == "chance")


def test_waves_whose_intervals_overlap_may_differ_all_the_same() -> None:
    """300 people each, 70 and 79 per cent: intervals of 65 to 75 and 74 to 83, p about .01."""
    found = course(series(0.70, 0.79))
    assert found.change == "up"
    one, other = (difference.of_shares([share], 300) for share in (0.70, 0.79))
    assert one is not None
    assert other is not None
    assert 0.70 + 1.96 * one.error > 0.79 - 1.96 * other.error


def test_all_comparisons_of_a_report_are_judged_together() -> None:
    """One of ten with p about .02 is what chance brings; alone it is a change."""
    rare = series(0.60, 0.68, n=430)
    others = [series(0.6, 0.6) for _ in range(9)]
    assert course(rare).change == "up"
    found = divide([rare, *others])
    assert [each.change for each in found] == ["chance"] * 10
    assert found[0].detectable is not None
    assert course(rare).detectable < found[0].detectable  # type: ignore[operator]
    # Where nearly all changed, one more is easily believed.
    assert {each.change for each in divide([rare] * 10)} == {"up"}


def test_that_nothing_changed_is_said_only_with_the_smallest_change_that_would_have_been_seen(
    context: Context,
) -> None:
    found = divide([series(0.5, 0.52), series(0.6, 0.58, n=150)])
    assert [each.change for each in found] == ["chance", "chance"]
    least = max(each.detectable or 0 for each in found)
    assert trend_words.sentences(context, found) == [
        "Seit Welle 1 ist kein Thema nachweisbar anders.",
        f"Eine Änderung ab {100 * least:.0f} Punkten wäre aufgefallen.",
    ]
    some = trend_words.sentences(context, divide([series(0.5, 0.7), series(0.6, 0.58)]))
    assert not any("kein Thema" in each for each in some)


def test_nothing_is_said_about_a_change_across_a_break_or_a_hidden_wave() -> None:
    assert course(series(0.4, 0.6, breaks=(law(2021),))).change is None
    assert course(series(0.4, None, 0.6)).change is None
    assert course(series(0.4, 0.6, None)).change is None


def test_of_a_wave_reported_by_an_older_version_the_interval_is_enough() -> None:
    old = series(0.5, 0.6)
    points = tuple(msgspec.structs.replace(each, known=None) for each in old.points)
    assert course(msgspec.structs.replace(old, points=points)).change == "up"


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
