"""Bounds by hand; odds ratios against statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm

from survey.model.estimates import Undefined
from survey.statistics import missing

GAP = float("nan")


def test_a_score_needs_two_thirds_of_its_items():
    assert missing.score([4, 5, None]) == 4.5
    assert missing.score([4, None, None]) == Undefined(reason="too-few-values")
    assert missing.score([4, 5, 3, None, None, GAP]) == Undefined(reason="too-few-values")
    assert missing.score([None]) == Undefined(reason="no-answers")
    assert missing.score([]) == Undefined(reason="no-answers")


def test_standardised_differences():
    assert missing.standardised_difference(0.5, 0.5) == 0
    # Austin 2009: (.3 - .2) / sqrt((.21 + .16) / 2)
    assert round(missing.standardised_difference(0.3, 0.2), 4) == 0.2325
    assert missing.standardised_difference(1.0, 0.0) == Undefined(reason="no-variation")
    assert missing.standardised_difference(1.2, 0.0) == Undefined(reason="level-out-of-range")
    assert missing.standardised_mean_difference([1, 3], [2, 4]) == pytest.approx(-(0.5**0.5))
    assert missing.standardised_mean_difference([1, 1], [2, 2]) == Undefined(reason="no-variation")


def test_bounds_for_those_lost():
    found = missing.change_bounds([2, 3, 4, 5], [4, 5, GAP, GAP], worst=1)
    assert (found.observed.value, found.observed.missing) == (2, 2)
    assert found.unchanged.value == 1
    assert found.worst.value == (2 + 2 - 3 - 4) / 4
    assert found.lost == 2


def test_bounds_of_a_share():
    found = missing.share_bounds(12, 20, 10)
    assert (found.observed.value, found.none.value, found.every.value) == (0.6, 0.4, 22 / 30)


def test_nobody_left_is_undefined():
    assert missing.change_bounds([1, 2], [GAP, GAP], worst=1) == Undefined(reason="no-answers")
    assert missing.share_bounds(0, 0, 5) == Undefined(reason="no-answers")


def test_attrition_equals_statsmodels():
    random = np.random.default_rng(2)
    age, health = random.normal(size=400), random.integers(0, 2, 400)
    stayed = random.random(400) < 1 / (1 + np.exp(-(0.3 + 0.5 * age - 0.7 * health)))
    found = missing.attrition({"age": age, "health": health}, stayed)
    design = sm.add_constant(np.column_stack([age, health]))
    fit = sm.Logit(stayed.astype(float), design).fit(disp=0)
    ends = np.exp(fit.conf_int()[1:])
    for ratio, value, (low, high) in zip(
        found.ratios.values(), np.exp(fit.params[1:]), ends, strict=True
    ):
        assert (ratio.value, ratio.low, ratio.high) == pytest.approx((value, low, high), rel=1e-6)


@pytest.mark.parametrize(
    ("predictors", "stayed", "reason"),
    [
        ({}, [], "no-answers"),
        ({"a": [1.0]}, [True, False], "unequal-lengths"),
        ({"a": [1.0, 2.0]}, [True, True], "no-variation"),
        ({"a": [1.0, GAP]}, [True, False], "not-finite"),
        ({"a": [1, 2, 3, 4], "b": [2, 4, 6, 8]}, [True, False, True, False], "not-estimable"),
        ({"a": [1, 2, 3, 4]}, [False, False, True, True], "no-convergence"),
    ],
)
def test_there_is_no_attrition_model_for(predictors, stayed, reason):
    assert missing.attrition(predictors, stayed) == Undefined(reason=reason)
