"""W7: R's `sleep` (datasets), effect sizes by effectsize; W2: Claus et al. 2020, BDI-II.

The data of W2 are in `claus.py`.
"""

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.model.estimates import Undefined
from survey.statistics import change, effect, noncentral
from tests.statistics.claus import POST, PRE

A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
steps = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=2, max_size=40)


def rounded(digits, *numbers):
    return [round(number, digits) for number in numbers]


def test_change_of_sleep_equals_r():
    found = change.change(A, B)
    assert rounded(4, found.change.value, found.change.low, found.change.high) == [
        1.58,
        0.7001,
        2.4599,
    ]
    assert (round(found.t, 4), found.df, round(found.p, 5)) == (4.0621, 9, 0.00283)
    assert round(found.correlation, 4) == 0.7952


def test_standardised_response_mean_of_sleep_equals_effectsize():
    d = effect.srm(A, B)
    assert rounded(4, d.value, d.low, d.high) == [1.2846, 0.4146, 2.1180]
    g = effect.size(A, B, "sd-of-differences", corrected=True)
    assert rounded(4, g.value, g.low, g.high) == [1.1739, 0.3789, 1.9356]
    assert (d.method, d.denominator, g.corrected) == ("noncentral-t", "sd-of-differences", True)


@pytest.mark.parametrize(
    ("denominator", "value"),
    [
        ("mean-of-both-sds", 0.8335),
        ("root-mean-square-of-both-sds", 0.8322),
        ("sd-of-differences-for-raw", 0.8222),
    ],
)
def test_each_denominator_gives_its_own_effect_size(denominator, value):
    found = effect.size(A, B, denominator)
    assert round(found.value, 4) == value
    assert found.denominator == denominator
    assert found.low < found.value < found.high


def test_hedges_factor_is_exact():
    assert round(noncentral.hedges_factor(9), 6) == 0.913875


def test_w2_change_equals_claus_2020():
    found = change.change(PRE, POST)
    assert rounded(4, found.change.value, found.change.low, found.change.high) == [
        -9.775,
        -13.3086,
        -6.2414,
    ]
    assert rounded(4, found.sd_difference, found.correlation) == [11.0488, 0.5633]
    srm = effect.srm(PRE, POST)
    assert rounded(4, srm.value, srm.low, srm.high) == [-0.8847, -1.2471, -0.5141]
    g = effect.size(PRE, POST, "sd-of-differences", corrected=True)
    assert rounded(4, g.value, g.low, g.high) == [-0.8676, -1.2230, -0.5041]
    assert round(effect.d_av(PRE, POST).value, 4) == -0.9089
    assert round(effect.glass(PRE, POST).value, 4) == -1.1981


@pytest.mark.parametrize(("t", "df"), [(4.06, 9), (0.0, 5), (-2.0, 4), (30.0, 40), (1.2, 1)])
def test_noncentral_t_agrees_with_scipy_where_scipy_has_it(t, df):
    for delta in (t - 1.5, t + 0.5):
        assert noncentral.cdf(t, df, delta) == pytest.approx(stats.nct.cdf(t, df, delta), abs=1e-9)


@pytest.mark.parametrize(("t", "df"), [(1e4, 9), (1e6, 1000), (200, 30), (-50, 3), (60, 5000)])
def test_intervals_hold_far_from_zero(t, df):
    low, high = noncentral.deltas(t, df, 0.95)
    assert low < t < high
    assert noncentral.cdf(t, df, low) == pytest.approx(0.975, abs=1e-7)
    assert noncentral.cdf(t, df, high) == pytest.approx(0.025, abs=1e-7)


def test_the_bootstrap_gives_the_same_every_time_and_in_every_order():
    assert effect.d_av(PRE, POST) == effect.d_av(PRE[::-1], POST[::-1])


def test_many_pairs_take_the_jackknife_which_agrees_with_the_bootstrap(monkeypatch):
    random = np.random.default_rng(3)
    before = random.normal(4, 1.2, 400)
    after = before + random.normal(0.5, 1.0, 400)
    slow = effect.d_av(before, after)
    monkeypatch.setattr(effect, "BOOTSTRAP_UP_TO", 100)
    fast = effect.d_av(before, after)
    assert (slow.method, fast.method) == ("bootstrap-bca", "jackknife")
    assert [fast.low, fast.high] == pytest.approx([slow.low, slow.high], abs=0.02)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [], "no-answers"),
        ([1], [2], "too-few-values"),
        ([1, 2], [2], "unequal-lengths"),
        ([1, float("nan")], [2, 3], "not-finite"),
    ],
)
def test_no_change_without_pairs(before, after, reason):
    assert change.change(before, after) == Undefined(reason=reason)
    assert effect.d_av(before, after) == Undefined(reason=reason)


def test_equal_changes_have_no_effect_size_but_a_mean():
    found = change.change([1, 2, 3], [2, 3, 4])
    assert (found.change.value, found.t, found.p) == (1, None, None)
    assert effect.srm([1, 2, 3], [2, 3, 4]) == Undefined(reason="no-variation")
    assert effect.glass([2, 2, 2], [2, 3, 4]) == Undefined(reason="no-variation")
    assert effect.srm([1, 2], [2, 4], level=1) == Undefined(reason="level-out-of-range")
    assert effect.size([1, 2], [2, 4], "sd-of-differences", corrected=True) == Undefined(
        reason="too-few-values"
    )


@given(steps, st.randoms())
def test_order_of_respondents_never_matters(rows, random):
    turned = random.sample(rows, len(rows))
    first = change.change([a for a, _ in rows], [b for _, b in rows])
    assert first == change.change([a for a, _ in turned], [b for _, b in turned])


@settings(max_examples=50, deadline=None)
@given(steps)
def test_reversing_the_scale_reverses_the_change_and_its_interval(rows):
    before, after = zip(*rows, strict=True)
    there = effect.srm(before, after)
    back = effect.srm([8 - x for x in before], [8 - x for x in after])
    scaled = effect.srm([10 * x for x in before], [10 * x for x in after])
    assume(not isinstance(there, Undefined))
    assert back.value == pytest.approx(-there.value)
    assert back.low == pytest.approx(-there.high, abs=1e-6)
    assert scaled.high == pytest.approx(there.high, rel=1e-6, abs=1e-6)
    assert there.low <= there.value <= there.high
    assert there.value * sqrt(there.n) == pytest.approx(change.change(before, after).t)
