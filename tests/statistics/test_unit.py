"""W8: test output of UKHSA's PHEindicatormethods; W10: figures computed twice independently."""

import pytest

from survey.model.estimates import Undefined
from survey.statistics import funnel, unit

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
    alarm, warning = (funnel.wider(n, 0.80642448, level, 0.0) for level in (0.002, 0.05))
    limits = (alarm[0], *warning, alarm[1])
    assert [100 * x for x in limits] == pytest.approx(percent, abs=2e-6)


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


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (unit.overdispersion([1], [2]), "too-few-values"),
        (unit.overdispersion([1, 0], [2, 0]), "no-answers"),
        (unit.overdispersion([2, 3], [2, 3]), "no-variation"),
        (unit.overdispersion([2, 3], [2]), "unequal-lengths"),
    ],
)
def test_there_is_no_spread_for(result, reason):
    assert result == Undefined(reason=reason)


def test_more_hits_than_answers_is_an_error():
    with pytest.raises(ValueError, match="hits"):
        unit.overdispersion([3, 1], [2, 2])
