"""W14: Benjamini and Hochberg 1995; W15: setting of Barnett et al. 2005; W20: Rubin's rules."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from survey.model.estimates import Undefined
from survey.statistics import multiple, pooling, regression_to_mean

PS = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
PS += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_w14_false_discovery_rate():
    found = multiple.benjamini_hochberg("secondary outcomes", PS)
    assert sum(found.rejected) == 4
    assert [round(p, 5) for p in found.adjusted[3:5]] == [0.03562, 0.06030]
    assert sum(multiple.holm("secondary outcomes", PS).rejected) == 3


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjustment_equals_statsmodels(ps):
    for adjust, method in ((multiple.benjamini_hochberg, "fdr_bh"), (multiple.holm, "holm")):
        found = adjust("family", ps)
        rejected, adjusted, _, _ = multipletests(ps, method=method)
        assert found.adjusted == pytest.approx(adjusted.tolist())
        assert sum(found.rejected) == sum(rejected)


def test_no_family_no_adjustment():
    assert multiple.holm("none", []) == Undefined(reason="no-answers")
    assert multiple.holm("odd", [1.2]) == Undefined(reason="level-out-of-range")
    assert multiple.benjamini_hochberg("odd", [float("nan")]).reason == "level-out-of-range"


@pytest.mark.parametrize(
    ("rho", "baselines", "shift"),
    [(0.3, 1, 18.880), (0.5, 1, 13.486), (0.7, 1, 8.092), (0.9, 1, 2.697), (0.5, 2, 8.541)],
)
def test_w15_expected_regression_to_the_mean(rho, baselines, shift):
    found = regression_to_mean.expected_shift(60, 15, 40, rho, baselines=baselines)
    assert round(found, 3) == shift


def test_regression_to_the_mean_far_out_and_without_error():
    assert regression_to_mean.expected_shift(60, 15, 40, 1) == 0
    assert regression_to_mean.expected_shift(0, 1, -60, 0.5) == pytest.approx(30, rel=1e-3)
    assert regression_to_mean.expected_shift(60, 0, 40, 0.5).reason == "no-variation"
    assert regression_to_mean.expected_shift(60, 15, 40, 1.5).reason == "reliability-out-of-range"
    assert (
        regression_to_mean.expected_shift(60, 15, 40, 0.5, baselines=0).reason == "too-few-values"
    )


def test_adjusted_change_takes_out_what_the_start_brings():
    before, after = [1, 2, 3, 4, 5], [3.1, 3.4, 4.1, 4.4, 5.1]
    found = regression_to_mean.adjusted_change(before, after, reference=5)
    # slope .5, predicted 5.02 at 5
    assert round(found.value, 2) == 0.02
    at_the_mean = regression_to_mean.adjusted_change(before, after, reference=3)
    assert at_the_mean.value == pytest.approx(1.02)
    assert regression_to_mean.adjusted_change([2, 2, 2], [1, 2, 3], reference=2) == Undefined(
        reason="no-variation"
    )


def test_w20_rubin():
    found = pooling.rubin([2.10, 2.35, 1.95, 2.25, 2.05], [0.25, 0.27, 0.24, 0.26, 0.25])
    assert round(found.value, 2) == 2.14
    assert (round(found.variance, 4), round(found.error, 4)) == (0.2846, 0.5335)
    assert round(found.df, 1) == 346.0
    assert (round(found.low, 4), round(found.high, 4)) == (1.0907, 3.1893)


def test_imputations_that_agree_leave_the_degrees_of_freedom_unbounded():
    assert pooling.rubin([1, 1], [0.2, 0.2]).df == inf
    small = pooling.rubin([1, 1.1], [0.2, 0.2], complete_df=20)
    assert small.df < 20


@pytest.mark.parametrize(
    ("values", "variances", "reason"),
    [
        ([1], [1], "too-few-values"),
        ([1, 2], [1], "unequal-lengths"),
        ([1, 1], [0, 0], "no-variation"),
        ([1, float("inf")], [1, 1], "not-finite"),
        ([1, 2], [1, -1], "negative-weights"),
    ],
)
def test_nothing_to_pool(values, variances, reason):
    assert pooling.rubin(values, variances) == Undefined(reason=reason)
