"""W16: Shrout and Fleiss 1979, table 2; kappa as in statsmodels; limits by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import agreement

JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
ratings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


def test_w16_intraclass_correlations():
    found = agreement.intraclass(JUDGES)
    single = [found.one_way.value, found.agreement.value, found.consistency.value]
    assert [round(x, 4) for x in single] == [0.1657, 0.2898, 0.7148]
    assert [round(found.agreement.low, 4), round(found.agreement.high, 4)] == [0.0188, 0.7611]
    means = [found.mean_one_way, found.mean_agreement, found.mean_consistency]
    assert [round(x, 4) for x in means] == [0.4428, 0.6201, 0.9093]


def test_intervals_of_the_other_two_equal_psych():
    # R: psych::ICC(sf): ICC1 -0.1329..0.7226, ICC3 0.3425..0.9459
    found = agreement.intraclass(JUDGES)
    ends = [found.one_way.low, found.one_way.high, found.consistency.low, found.consistency.high]
    assert [round(x, 4) for x in ends] == [-0.1329, 0.7226, 0.3425, 0.9459]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no-answers"),
        ([[1, 2]], "too-few-values"),
        ([[1], [2]], "too-few-values"),
        ([[1, 1], [1, 1]], "no-variation"),
        ([[1, float("nan")], [1, 2]], "missing-levels"),
    ],
)
def test_no_correlation_without_cases_raters_and_differences(rows, reason):
    assert agreement.intraclass(rows) == Undefined(reason=reason)


def test_perfect_agreement_is_one():
    found = agreement.intraclass([[1, 1], [2, 2], [5, 5]])
    assert [found.one_way.value, found.agreement.value, found.consistency.value] == [1, 1, 1]
    assert agreement.weighted_kappa([0, 1, 2], [0, 1, 2], categories=3).value == 1


def test_weighted_kappa_by_hand():
    # Observed credit 1 - (2 x 1/2)/4 = 0.75; chance by margins (1/4, 1/2, 1/4) both: 0.625.
    found = agreement.weighted_kappa([0, 1, 1, 2], [0, 1, 2, 1], categories=3, weights="linear")
    assert found.value == pytest.approx((0.75 - 0.625) / (1 - 0.625))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([], [], "no-answers"),
        ([1], [1, 2], "unequal-lengths"),
        ([3], [0], "level-out-of-range"),
        ([1, 1], [1, 1], "no-variation"),
    ],
)
def test_there_is_no_kappa_for(first, second, reason):
    assert agreement.weighted_kappa(first, second, categories=3) == Undefined(reason=reason)


def test_limits_of_agreement_by_hand():
    found = agreement.limits([1, 2, 3, 4], [2, 2, 5, 4])
    assert (found.bias.value, round(found.sd, 4)) == (0.75, 0.9574)
    assert round(found.lower.value, 4) == round(0.75 - 1.959964 * 0.957427, 4)
    assert found.upper.low < found.upper.value < found.upper.high
    assert agreement.limits([1], [2]) == Undefined(reason="too-few-values")


@given(ratings, st.randoms())
def test_order_of_cases_never_matters_and_intervals_contain_their_estimate(rows, random):
    found = agreement.intraclass(rows)
    assert found == agreement.intraclass(random.sample(rows, len(rows)))
    if not isinstance(found, Undefined):
        for one in (found.one_way, found.agreement, found.consistency):
            if isinstance(one, Undefined):
                continue
            assert np.isfinite([one.low, one.value, one.high]).all()
            assert one.low <= one.value + 1e-12
            assert one.value <= one.high + 1e-12
    first, second = zip(*rows, strict=True)
    kappa = agreement.weighted_kappa(first, second, categories=5)
    if not isinstance(kappa, Undefined):
        mirrored = agreement.weighted_kappa(
            [4 - x for x in first], [4 - x for x in second], categories=5
        )
        assert mirrored.value == pytest.approx(kappa.value)
