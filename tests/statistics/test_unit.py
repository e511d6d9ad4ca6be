"""W8: test output of UKHSA's PHEindicatormethods; W9, W10: figures computed twice independently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import unit

HITS = [15, 21, 20, 30, 29, 37, 36, 51, 45, 60, 62, 91]
ANSWERS = [22, 25, 31, 34, 40, 44, 52, 58, 63, 71, 88, 104]


@pytest.mark.parametrize(
    ("n", "percent"),
    [
        (20, (53.341156, 63.326743, 97.958152, 100.0)),
        (50, (63.375595, 69.691035, 91.593861, 97.909301)),
        (68, (65.836243, 71.251689, 90.033207, 95.448652)),
    ],
)
def test_w8_normal_limits(n, percent):
    found = unit.normal_limits(n, 0.80642448)
    limits = (found.alarm_low, found.warning_low, found.warning_high, found.alarm_high)
    assert [100 * x for x in limits] == pytest.approx(percent, abs=2e-6)


@pytest.mark.parametrize(
    ("n", "limits"),
    [
        (10, (0.3025, 0.4705, 0.9767, 0.9991)),
        (20, (0.4607, 0.5839, 0.9383, 0.9957)),
        (50, (0.6009, 0.6729, 0.8956, 0.9452)),
        (100, (0.6632, 0.7135, 0.8703, 0.9090)),
        (200, (0.7060, 0.7407, 0.8516, 0.8802)),
    ],
)
def test_w9_exact_limits(n, limits):
    found = unit.exact_limits(n, 0.80)
    ends = (found.alarm_low, found.warning_low, found.warning_high, found.alarm_high)
    assert tuple(round(x, 4) for x in ends) == limits


def test_w10_overdispersion():
    found = unit.overdispersion(HITS, ANSWERS)
    assert round(found.target, 6) == 0.786392
    assert round(sum(z * z for z in found.z) / 12, 4) == 2.2148
    assert (round(found.phi, 4), round(found.tau2, 6)) == (2.0097, 0.003879)
    beyond = [i for i, z in enumerate(found.z) if abs(z) > 1.96]
    assert [ANSWERS[i] for i in beyond] == [104]
    assert round(found.z[11], 2) == 2.20
    # With the variance between units nobody is beyond.
    assert max(abs(z) for z in found.adjusted) < 1.96
    assert round(found.adjusted[11], 2) == 1.20


def test_no_more_spread_than_chance_gives_no_variance_between_units():
    assert unit.overdispersion([8, 16, 24], [10, 20, 30]).tau2 == 0


def test_limits_of_a_mean():
    found = unit.mean_limits(25, 4.0, 1.5)
    assert (found.warning_low, found.warning_high) == pytest.approx((3.412011, 4.587989), abs=1e-6)


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (unit.exact_limits(0, 0.8), "no-answers"),
        (unit.normal_limits(10, 1.0), "no-variation"),
        (unit.mean_limits(10, 4, 0), "no-variation"),
        (unit.overdispersion([1], [2]), "too-few-values"),
        (unit.overdispersion([1, 0], [2, 0]), "no-answers"),
        (unit.overdispersion([2, 3], [2, 3]), "no-variation"),
        (unit.overdispersion([2, 3], [2]), "unequal-lengths"),
    ],
)
def test_there_is_no_funnel_for(result, reason):
    assert result == Undefined(reason=reason)


def test_more_hits_than_answers_is_an_error():
    with pytest.raises(ValueError, match="hits"):
        unit.overdispersion([3, 1], [2, 2])


@given(st.integers(1, 3000), st.floats(0.01, 0.99))
def test_exact_limits_are_ordered_and_mirror(n, target):
    found, mirror = unit.exact_limits(n, target), unit.exact_limits(n, 1 - target)
    ends = [found.alarm_low, found.warning_low, found.warning_high, found.alarm_high]
    assert ends == sorted(ends)
    assert ends[0] >= 0
    assert ends[3] <= 1
    assert mirror.warning_low <= 1 - found.warning_high + 1 / n
