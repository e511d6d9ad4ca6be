"""The interval of R's t.test(extra, ...) on `sleep`; quantiles of type 7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import mean

# R: t.test(c(1.2,2.4,1.3,1.3,0,1,1.8,.8,4.6,1.4)): the differences of `sleep`
SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


def test_t_interval_equals_r():
    estimate = mean.mean(SLEEP)
    figures = [estimate.value, estimate.low, estimate.high]
    assert [round(x, 4) for x in figures] == [1.58, 0.7001, 2.4599]


def test_quartiles_are_those_of_type_7():
    found = mean.quartiles([1, 2, 3, 4])
    assert (found.lower, found.median, found.upper, found.n) == (1.75, 2.5, 3.25, 4)


def test_equal_values_have_an_interval_without_width():
    estimate = mean.mean([3, 3, 3])
    assert (estimate.low, estimate.value, estimate.high) == (3, 3, 3)


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [([], "no-answers"), ([1], "too-few-values"), ([1, float("nan")], "not-finite")],
)
def test_what_does_not_exist_is_undefined(numbers, reason):
    assert mean.mean(numbers) == Undefined(reason=reason)


def test_a_level_of_confidence_beyond_one_is_undefined():
    assert mean.mean([1, 2], level=1.2) == Undefined(reason="level-out-of-range")


def test_quartiles_of_nothing_are_undefined():
    assert mean.quartiles([]) == Undefined(reason="no-answers")


@given(values, st.randoms())
def test_order_never_matters_not_even_in_the_last_digit(numbers, random):
    assert mean.mean(random.sample(numbers, len(numbers))) == mean.mean(numbers)


@given(values)
def test_the_interval_contains_its_estimate_and_reversal_mirrors_it(numbers):
    estimate, mirror = mean.mean(numbers), mean.mean([8 - x for x in numbers])
    assert estimate.low <= estimate.value <= estimate.high
    assert mirror.value == pytest.approx(8 - estimate.value, abs=1e-6)
    assert mirror.low == pytest.approx(8 - estimate.high, abs=1e-6)
