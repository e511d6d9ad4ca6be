"""W3: example of the `gasr` package's help, and figures by hand from the formula of 2009."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import goal

levels = st.lists(
    st.tuples(st.sampled_from(goal.LEVELS), st.integers(1, 9)), min_size=1, max_size=6
)


@pytest.mark.parametrize(
    ("x", "w", "t"),
    [
        ((-2, 0, -1, 2, 0, 1), (3, 5, 1, 4, 2, 6), 55.0),
        ((-1, -1, -1), None, 36.31),
        ((-2, -2, -2), None, 22.61),
        ((1, 1), None, 62.40),
        ((2, 2, 2, 2), None, 79.02),
        ((-2,) * 5, None, 19.85),
        ((1, 0, -1), (2, 1, 1), 53.33),
        ((0, 1, 2, -1), (4, 2, 1, 3), 51.40),
    ],
)
def test_t_scores(x, w, t):
    assert round(goal.attainment(x, w).t, 2) == t


def test_without_correlation_between_goals():
    assert round(goal.attainment((1, 1), correlation=0).t, 2) == 64.14


@pytest.mark.parametrize(
    ("goals", "slope"), [(1, 10.0), (2, 6.20), (3, 4.56), (4, 3.63), (5, 3.01)]
)
def test_each_level_of_a_goal_moves_t_by_a_known_amount(goals, slope):
    first = goal.attainment((1, *[0] * (goals - 1))).t
    assert first - 50 == pytest.approx(slope, abs=0.0055)


def test_goals_of_weight_zero_are_left_out_and_counted():
    found = goal.attainment((1, None, 2), (1, 0, 1))
    assert (found.goals, found.excluded) == (2, 1)
    assert found.t == goal.attainment((1, 2)).t


def test_progress_is_the_difference_of_two_t():
    found = goal.progress((-1, -1, -2), (0, 1, 0))
    assert found.change == pytest.approx(found.reached.t - found.baseline.t)


@pytest.mark.parametrize(
    ("x", "w", "reason"),
    [
        ((), None, "no-answers"),
        ((1, None), None, "missing-levels"),
        ((3,), None, "level-out-of-range"),
        ((1, 2), (0, 0), "zero-weights"),
        ((1, 2), (1, -1), "negative-weights"),
        ((1, 2), (1,), "unequal-lengths"),
        ((1, 2), (1, float("nan")), "not-finite"),
    ],
)
def test_there_is_no_t_without_rated_weighted_goals(x, w, reason):
    assert goal.attainment(x, w) == Undefined(reason=reason)


def test_the_distribution_comes_first():
    assert goal.distribution((0, 1, 1, -2)) == {-2: 1, -1: 0, 0: 1, 1: 2, 2: 0}
    assert goal.distribution(()) == Undefined(reason="no-answers")
    assert goal.distribution((0, None)) == Undefined(reason="missing-levels")
    assert goal.distribution((0, 5)) == Undefined(reason="level-out-of-range")


@given(levels)
def test_t_mirrors_around_fifty_and_ignores_the_unit_of_weights(rows):
    x, w = zip(*rows, strict=True)
    t = goal.attainment(x, w).t
    assert goal.attainment([-one for one in x], w).t == pytest.approx(100 - t)
    assert goal.attainment(x, [7 * one for one in w]).t == pytest.approx(t)
