"""What a wave can show, reckoned before it is asked; against scipy and the report's interval."""

import subprocess
import sys

import pytest
from scipy import stats

from survey.model.waves import Thresholds
from survey.statistics import planning, proportion

# A house with large and small units, one of which is below the threshold at every usual rate.
HOUSE = (268, 214, 122, 61, 38)
USUAL = Thresholds()


@pytest.mark.parametrize("n", [1, 10, 105, 176, 246, 100_000])
def test_the_width_is_that_of_the_interval_the_report_will_print(n):
    even = proportion.score_interval(0.5, n, answers=n)
    assert planning.half_width(n) == pytest.approx((even.high - even.low) / 2, abs=1e-12)


def test_nobody_means_that_every_share_is_possible():
    assert planning.half_width(0) == 0.5


@pytest.mark.parametrize("invited", [0, 9, 38, 703, 60_000])
@pytest.mark.parametrize("rate", [0.0, 0.15, 0.5, 1.0])
@pytest.mark.parametrize("least", [0, 1, 10, 20])
def test_the_chance_is_the_binomial_one(invited, rate, least):
    expected = stats.binom.sf(least - 1, invited, rate)
    assert planning.chance(invited, rate, least) == pytest.approx(expected, abs=1e-8)


def outlooks(rate, invited=HOUSE, thresholds=USUAL):
    return [each.outlook for each in planning.scenario(invited, rate, thresholds).units]


def test_small_units_are_hidden_and_large_ones_show_means():
    assert outlooks(0.15) == ["mean", "mean", "share", "few", "few"]


def test_a_unit_that_may_fall_below_the_threshold_is_narrow():
    assert outlooks(0.25) == ["mean", "mean", "mean", "share", "narrow"]


def test_one_hidden_unit_takes_the_smallest_other_one_with_it():
    assert outlooks(0.25, (268, 214, 20)) == ["mean", "complement", "few"]
    # Ten in two hidden units are nine to each of them; eleven are enough.
    assert outlooks(0.25, (268, 214, 20, 20)) == ["mean", "complement", "few", "few"]
    assert outlooks(0.25, (268, 214, 24, 20)) == ["mean", "mean", "few", "few"]


def test_hidden_units_that_are_a_crowd_together_cover_each_other():
    assert outlooks(0.25, (268, 30, 30)) == ["mean", "few", "few"]


def test_a_house_of_one_small_unit_hides_nothing_else():
    assert outlooks(0.15, (30,)) == ["few"]


def test_sensitive_questions_need_more_people():
    units = planning.scenario(HOUSE, 0.15, USUAL).units
    assert [each.sensitive for each in units] == ["mean", "mean", "few", "few", "few"]


def test_a_raised_threshold_shows_less():
    raised = Thresholds(k=20)
    assert outlooks(0.25, thresholds=raised) == ["mean", "mean", "mean", "few", "few"]


def test_the_whole_house_carries_subgroups_from_a_hundred_answers():
    whole = planning.scenario(HOUSE, 0.15, USUAL).whole
    assert (whole.invited, whole.answers, whole.outlook) == (703, 105, "subgroups")
    assert round(whole.margin * 100) == 9


@pytest.mark.parametrize(("invited", "rate"), [((), 0.2), ((10, -1), 0.2), ((10,), 1.5)])
def test_what_cannot_be_is_refused(invited, rate):
    with pytest.raises(ValueError, match="of"):
        planning.scenario(invited, rate, USUAL)


def test_the_pages_can_reckon_without_scipy():
    code = "import sys, survey.statistics.planning; print({'scipy', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
