"""W19: iterative proportional fitting as in R's survey::rake; Kish's n_eff."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import weighting

LANGUAGE = ["de"] * 70 + ["other"] * 30
BAR = ["lo"] * 30 + ["mid"] * 25 + ["hi"] * 15 + ["lo"] * 6 + ["mid"] * 9 + ["hi"] * 15
PEOPLE = {"language": LANGUAGE, "barriers": BAR}
TARGETS = {"language": {"de": 550, "other": 450}, "barriers": {"lo": 250, "mid": 300, "hi": 450}}


def test_w19_raking_to_two_margins():
    found = weighting.rake(PEOPLE, TARGETS)
    weights = [found.weights[i] for i in (0, 30, 55, 70, 76, 85)]
    assert [round(w, 4) for w in weights] == [6.2936, 7.5787, 11.4482, 10.1987, 12.2813, 18.5518]
    cells = [30 * weights[0], 25 * weights[1], 15 * weights[2]]
    cells += [6 * weights[3], 9 * weights[4], 15 * weights[5]]
    expected = [188.808, 189.469, 171.724, 61.192, 110.531, 278.276]
    assert cells == pytest.approx(expected, abs=6e-4)
    assert round(found.n_effective, 2) == 85.22


def test_n_effective_of_kish():
    weights = [0.5] * 20 + [1.0] * 40 + [2.0] * 15
    assert round(weighting.n_effective(weights), 3) == 60.952


def test_extreme_weights_are_cut_and_the_sum_is_kept():
    found = weighting.trim([1, 1, 1, 1, 20, 0.01])
    assert found.cut == 2
    assert sum(found.weights) == pytest.approx(24.01)
    assert max(found.weights) / min(found.weights) == pytest.approx(25)
    assert found.n_effective > weighting.n_effective([1, 1, 1, 1, 20, 0.01])


@pytest.mark.parametrize(
    ("people", "targets", "reason"),
    [
        ({}, {}, "no-answers"),
        ({"a": ["x"]}, {"a": {"x": 1, "y": 2}}, "empty-margin"),
        ({"a": ["x", "y"]}, {"a": {"x": 1}}, "empty-margin"),
        ({"a": ["x"]}, {"a": {"x": 0}}, "empty-margin"),
        ({"a": ["x"], "b": ["x", "y"]}, {"a": {"x": 1}, "b": {"x": 1}}, "unequal-lengths"),
        (
            {"a": ["x", "y"], "b": ["u", "v"]},
            {"a": {"x": 1, "y": 1}, "b": {"u": 1, "v": 2}},
            "margins-disagree",
        ),
        (
            {"a": ["x", "y"], "b": ["u", "v"]},
            {"a": {"x": 1, "y": 2}, "b": {"u": 2, "v": 1}},
            "no-convergence",
        ),
    ],
)
def test_there_are_no_weights_for(people, targets, reason):
    assert weighting.rake(people, targets) == Undefined(reason=reason)


def test_no_trimming_where_most_weigh_nothing():
    assert weighting.trim([0, 0, 1]) == Undefined(reason="zero-weights")


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(100)))
def test_order_of_people_never_matters(order):
    found = weighting.rake(PEOPLE, TARGETS)
    people = {name: [column[i] for i in order] for name, column in PEOPLE.items()}
    turned = weighting.rake(people, TARGETS)
    assert [found.weights[i] for i in order] == pytest.approx(list(turned.weights))
