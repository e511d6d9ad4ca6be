"""W4: pingouin's example data of `cronbach_alpha`; W5: psych::bfi, Agreeableness, n = 2709."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import scale_quality

FIFTEEN = np.array(
    [
        [3, 5, 7, 2, 6, 1, 4, 2, 6, 5, 4, 4, 5, 6, 4],
        [2, 4, 3, 4, 5, 2, 3, 4, 5, 4, 3, 2, 5, 5, 3],
        [4, 6, 5, 3, 6, 3, 5, 4, 5, 6, 5, 3, 6, 5, 5],
        [1, 3, 5, 3, 5, 4, 3, 3, 5, 4, 2, 2, 2, 4, 5],
        [4, 5, 6, 2, 4, 2, 5, 7, 1, 3, 5, 5, 3, 2, 3],
        [5, 1, 4, 2, 4, 5, 2, 2, 6, 5, 3, 3, 3, 2, 1],
        [1, 2, 3, 2, 4, 2, 1, 2, 5, 3, 2, 4, 2, 1, 3],
        [4, 5, 3, 6, 6, 3, 2, 4, 2, 1, 3, 2, 4, 4, 2],
        [3, 5, 6, 6, 7, 5, 4, 6, 3, 7, 4, 3, 4, 6, 3],
        [2, 5, 5, 3, 5, 2, 3, 5, 2, 2, 1, 4, 5, 5, 4],
    ]
).T
_ = float("nan")
GAPS = np.array(
    [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0],
        [_, 0, 1, 1, _, 1, 1, 1, 1, 0, 0],
        [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
        [1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0],
        [0, 1, _, 0, 1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0],
        [1, 0, 0, 1, 0, 1, 0, 0, _, 0, 0],
        [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
    ]
)
AGREEABLE = np.array(
    [
        [1.9728, 0.5645, 0.4916, 0.3098, 0.3237],
        [0.5645, 1.3840, 0.7470, 0.5862, 0.5755],
        [0.4916, 0.7470, 1.7019, 0.7023, 0.8314],
        [0.3098, 0.5862, 0.7023, 2.2095, 0.5752],
        [0.3237, 0.5755, 0.8314, 0.5752, 1.5916],
    ]
)


def test_w4_alpha_with_feldts_interval():
    found = scale_quality.alpha(FIFTEEN)
    assert found.value == pytest.approx(0.5917188485995826)
    assert [round(found.low, 4), round(found.high, 4)] == [0.1949, 0.8398]


def test_w4_alpha_pairwise_and_listwise():
    pairs = scale_quality.alpha(GAPS, missing="pairwise")
    assert pairs.value == pytest.approx(0.732660835214447)
    assert [round(pairs.low, 3), round(pairs.high, 3)] == [0.435, 0.909]
    # The package counts all twelve people in the interval of the nine with all answers.
    printed = scale_quality.alpha(GAPS, people="all")
    assert printed.value == pytest.approx(0.801694915, abs=1e-9)
    assert [round(printed.low, 3), round(printed.high, 3)] == [0.581, 0.933]
    honest = scale_quality.alpha(GAPS)
    assert (honest.n, honest.value) == (9, printed.value)
    assert honest.low < printed.low < printed.high < honest.high


def test_w5_alpha_and_omega_from_covariance_and_from_correlation():
    sds = np.sqrt(np.diag(AGREEABLE))
    correlation = AGREEABLE / np.outer(sds, sds)
    assert round(scale_quality.alpha_of(AGREEABLE), 4) == 0.7038
    assert round(scale_quality.omega_of(AGREEABLE), 4) == 0.7121
    assert round(scale_quality.alpha_of(correlation), 4) == 0.7135
    assert round(scale_quality.omega_of(correlation), 4) == 0.7240


def answers(n, key=(1, 1, 1, 1)):
    random = np.random.default_rng(5)
    trait = random.normal(size=n)
    scores = np.column_stack([trait * k + random.normal(size=n) for k in key])
    return np.clip(np.round(scores) + 4, 1, 7)


def test_all_about_a_scale_with_a_judgement_only_from_a_hundred():
    found = scale_quality.quality(answers(100))
    assert found.judged
    assert 0.6 < found.omega_covariance < 0.9
    assert len(found.without) == 4
    assert found.without[0] < found.alpha.value
    assert not scale_quality.quality(answers(99)).judged


def test_items_are_turned_by_key_and_never_by_guess():
    mixed = answers(300, key=(1, -1, 1, 1))
    raw = scale_quality.quality(mixed)
    assert raw.omega_covariance == Undefined(reason="mixed-directions")
    turned = scale_quality.reverse(mixed, (1, -1, 1, 1), least=1, most=7)
    assert scale_quality.quality(turned).alpha.value > 0.6


def test_a_key_or_an_answer_of_another_kind_is_refused():
    assert scale_quality.reverse([[1, 2]], (1, 0), least=1, most=7).reason == "mixed-directions"
    assert scale_quality.reverse([[1, 9]], (1, 1), least=1, most=7).reason == "level-out-of-range"
    assert scale_quality.reverse([[1, 2]], (1,), least=1, most=7).reason == "unequal-lengths"


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([], "no-answers"),
        ([[1, 2]], "too-few-values"),
        ([[1], [2]], "too-few-values"),
        ([[3, 3], [3, 3]], "no-variation"),
        ([[1, float("inf")], [2, 3]], "not-finite"),
        ([[1, _], [_, 2]], "too-few-values"),
    ],
)
def test_there_is_no_alpha_without_people_items_and_differences(items, reason):
    assert scale_quality.alpha(items) == Undefined(reason=reason)


def test_a_factor_needs_three_items_with_something_of_their_own():
    assert scale_quality.omega_of(np.eye(2)) == Undefined(reason="too-few-values")
    assert scale_quality.omega_of(np.ones((3, 3))) == Undefined(reason="not-estimable")
    assert scale_quality.omega_of(np.zeros((3, 3))) == Undefined(reason="no-variation")


@settings(max_examples=8, deadline=None)
@given(st.randoms(), st.sampled_from([0.1, 3.0]))
def test_order_and_unit_never_matter(random, factor):
    rows = FIFTEEN.tolist()
    first = scale_quality.quality(rows)
    assert scale_quality.quality(random.sample(rows, len(rows))) == first
    scaled = scale_quality.quality(FIFTEEN * factor)
    assert scaled.alpha.value == pytest.approx(first.alpha.value)
    assert first.alpha.low <= first.alpha.value <= first.alpha.high
