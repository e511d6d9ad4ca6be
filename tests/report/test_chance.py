"""Units are placed by printed numbers alone, and drawn from eight on."""

from scipy import stats

from survey.document import svg
from survey.document.chart import funnel
from survey.model.estimates import Estimate
from survey.report import chance
from tests.report import papers


def test_eight_units_make_a_funnel_and_seven_do_not() -> None:
    eight = chance.compared(papers.snapshot(units=10, small=2))
    seven = chance.compared(papers.snapshot(units=9, small=2))
    assert all(each.drawn and each.hidden == 2 for each in eight)
    assert all(not each.drawn and len(each.placed) == 7 for each in seven)


def test_where_a_unit_lies_follows_from_its_printed_share_and_n() -> None:
    """Against the binomial distribution itself: inside what is common, outside what is rare."""
    for each in chance.compared(papers.snapshot(selection="full")):
        for placed in each.placed:
            n, hits = placed.limits.n, round(placed.figure.value * placed.limits.n)
            below = float(stats.binom.cdf(hits, n, each.target))
            above = float(stats.binom.sf(hits - 1, n, each.target))
            if min(below, above) > 0.15:
                assert placed.where == "inside"
            if min(below, above) < 0.002:
                assert placed.where != "inside"
            assert placed.far <= (placed.where != "inside")


def test_nothing_is_compared_where_the_whole_is_hidden() -> None:
    assert chance.compared(papers.nobody()) == ()


def test_equal_dots_stand_side_by_side_and_no_text_is_too_small() -> None:
    ranges = [funnel.Range(n=n, outer=(0.4, 0.95), inner=(0.5, 0.9)) for n in (10, 40, 80)]
    dots = [funnel.Dot(n=40, value=0.7), funnel.Dot(n=40, value=0.7)]
    dots.append(funnel.Dot(n=75, value=0.45, note="45 % [36 bis 61]"))
    words = funnel.Words(
        across="n",
        target="70 %",
        inner="95",
        outer="99,8",
        hidden="unter 10",
        percent={n: f"{n} %" for n in range(0, 101, 20)},
    )
    body = funnel.draw(dots, ranges, target=0.7, words=words, alt="a").body
    spots = [piece.split('"')[1] for piece in body.split("<circle cx=")[1:] if 'r="4.2"' in piece]
    assert len(spots) == len(set(spots)) == 2
    assert svg.colour("ochre-text") in body
    assert 'font-size="7' not in body


def test_an_estimate_of_the_whole_is_the_target() -> None:
    given = papers.snapshot()
    for each, table in zip(
        chance.compared(given), (t for t in given.by_unit if t.kind != "topic"), strict=True
    ):
        assert isinstance(table.whole, Estimate)
        assert each.target == table.whole.value
