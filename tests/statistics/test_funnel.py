"""Units against the whole, from printed numbers: binomial tails, and nothing that rounding adds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.model.estimates import Estimate
from survey.statistics import funnel
from survey.statistics.disclosure import rounding
from survey.statistics.funnel import Points, Spread


def printed(hits, n):
    """The share in whole per cent and n to the nearest five, as a report prints them."""
    share = rounding.share(Estimate(value=hits / n, low=0.0, high=1.0, n=n)).value
    return share, rounding.base(n)


def p_of(hits, n, target):
    share, answers = printed(hits, n)
    points = Points(shares=(share,), answers=(answers,), target=round(target, 2))
    return funnel.p_values(points)[0]


counts = st.integers(10, 400).flatmap(
    lambda n: st.tuples(st.integers(3, n - 3), st.just(n), st.floats(0.05, 0.95))
)


@settings(max_examples=200, deadline=None)
@given(counts)
def test_a_printed_p_is_never_smaller_than_that_of_the_counts_behind_it(found):
    hits, n, target = found
    below, above = stats.binom.cdf(hits, n, target), stats.binom.sf(hits - 1, n, target)
    assert p_of(hits, n, target) >= min(1.0, 2 * min(below, above)) - 1e-12


def test_twelve_of_twelve_where_85_percent_are_expected_accuse_nobody():
    """One case in seven: an upper limit interpolated between counts would call that outside."""
    assert pytest.approx(0.142, abs=0.001) == 0.85**12
    assert p_of(12, 12, 0.85) > 2 * 0.142
    assert funnel.limits(10, 0.85, 0.05)[1] == 1.0


@pytest.mark.parametrize("n", [10, 15, 30, 60, 200])
@pytest.mark.parametrize("target", [0.12, 0.5, 0.85])
@pytest.mark.parametrize("level", [0.05, 0.0004])
def test_a_share_lies_inside_the_limits_exactly_when_its_p_is_above_the_level(n, target, level):
    low, high = funnel.limits(n, target, level)
    shares = tuple(whole / 100 for whole in range(1, 100))
    ps = funnel.p_values(Points(shares=shares, answers=(n,) * 99, target=target))
    assert [p > level for p in ps] == [low < share < high for share in shares]


def test_limits_widen_with_a_stricter_level_and_narrow_with_more_answers():
    near, far = funnel.limits(60, 0.6, 0.05), funnel.limits(60, 0.6, 0.0005)
    assert far[0] < near[0] < 0.6 < near[1] < far[1]
    assert funnel.limits(240, 0.6, 0.0005)[0] > far[0]


@pytest.mark.parametrize("target", [0.4, 0.6, 0.9])
def test_what_can_be_found_is_found_that_often(target):
    low, high = funnel.limits(60, target, 0.0005)
    outside = [hits for hits in range(61) if not low < hits / 60 < high]

    def found(away):
        shares = (target - away, target + away)
        return min(stats.binom.pmf(outside, 60, p).sum() for p in shares if 0 < p < 1)

    away = funnel.detectable(60, target, 0.0005)
    assert found(away) >= 0.8 > found(away - 0.01)


def test_with_few_answers_nothing_can_be_found():
    assert funnel.detectable(10, 0.5, 1e-9) is None


def test_below_ten_units_nothing_is_said_about_their_spread():
    assert funnel.spread(Points(shares=(0.2,) * 9, answers=(80,) * 9, target=0.6)) is None


def test_a_variance_between_units_needs_a_test_that_says_so():
    """Of two questions the one whose units lie wide apart; a little more than chance is chance."""
    apart = Points(shares=(0.4, 0.8) * 6, answers=(60,) * 12, target=0.6)
    near = Points(shares=(0.53, 0.67) * 6, answers=(60,) * 12, target=0.6)
    found = [funnel.spread(apart), funnel.spread(near)]
    assert found[1].tau2 > 0
    assert funnel.spreads("units", [found[0], None, found[1]]) == [found[0].tau2, 0.0, 0.0]
    assert funnel.spreads("units", [None, None]) == [0.0, 0.0]
    assert funnel.spreads("units", [Spread(p=0.03, tau2=0.1), Spread(p=0.9, tau2=0.0)]) == [0, 0]


def test_limits_with_the_spread_of_units_are_wider():
    assert funnel.wider(60, 0.6, 0.05, 0.0) == pytest.approx((0.476, 0.724), abs=1e-3)
    low, high = funnel.wider(60, 0.6, 0.05, 0.01)
    assert (low, high) == pytest.approx((0.368, 0.832), abs=1e-3)
    assert funnel.wider(10, 0.9, 0.001, 0.1) == (0.0, 1.0)


def test_numbers_on_the_axis_are_printed_ones():
    found = funnel.sizes(10, 140)
    assert found[0] == 10
    assert found[-1] == 140
    assert all(n % 5 == 0 for n in found)
    assert len(funnel.sizes(10, 5000)) < 120
