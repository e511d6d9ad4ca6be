"""Whatever the data: a result holds finite numbers, or says why there is none; nothing crashes."""

from math import inf, isfinite, nan

import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey.model.estimates import Estimate, Undefined
from survey.statistics import (
    agreement,
    change,
    effect,
    goal,
    mean,
    missing,
    multiple,
    pooling,
    proportion,
    random_intercept,
    regression_to_mean,
    reliable,
    scale_quality,
    unit,
    weighting,
)

steps = st.integers(1, 5)
odd = st.sampled_from([0.0, 1.0, -1.0, 1e-300, 1e150, float("nan"), inf, -inf, 3.5, 3.5])
columns = st.lists(st.one_of(steps.map(float), odd), max_size=7)
pairs = st.lists(
    st.tuples(st.one_of(steps.map(float), odd), st.one_of(steps.map(float), odd)), max_size=7
)
tables = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 5.0, float("nan")]), min_size=3, max_size=3), max_size=7
)


def sound(result, *, unbounded=("df", "lower", "upper")):
    """Every number in a result is finite, and every interval holds its estimate."""
    if isinstance(result, float):
        assert isfinite(result)
    elif isinstance(result, (tuple, list)):
        for one in result:
            sound(one)
    elif isinstance(result, msgspec.Struct):
        if isinstance(result, (Estimate, effect.Effect)):
            slack = 1e-9 * max(1.0, abs(result.value))
            assert result.low - slack <= result.value <= result.high + slack
        for field in msgspec.structs.fields(result):
            value = getattr(result, field.name)
            if value != inf or field.name not in unbounded:
                sound(value)


@settings(max_examples=150, deadline=None)
@given(columns)
@example([0.0, 1e-300, 1e150])
def test_of_one_column(values):
    sound(mean.mean(values))
    sound(mean.quartiles(values))
    sound(weighting.n_effective(values))
    sound(weighting.trim(values))
    sound(missing.score(values))
    sound(multiple.holm("f", values))
    sound(multiple.benjamini_hochberg("f", values))


@settings(max_examples=150, deadline=None)
@given(pairs)
def test_of_pairs(rows):
    first, second = [a for a, _ in rows], [b for _, b in rows]
    sound(change.change(first, second))
    sound(agreement.limits(first, second))
    sound(effect.srm(first, second))
    sound(effect.size(first, second, "sd-of-differences", corrected=True))
    sound(reliable.steps(first, second, better="lower"))
    sound(missing.change_bounds(first, second, worst=1))
    sound(missing.standardised_mean_difference(first, second))
    sound(regression_to_mean.adjusted_change(first, second, reference=3))
    sound(pooling.rubin(first, second))
    sound(proportion.weighted([a > 2 for a in first], second))
    sound(agreement.intraclass(rows))
    sound(random_intercept.random_intercept(first, [b > 2 for b in second]))
    sound(missing.attrition({"a": first}, [b > 2 for b in second]))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(steps, steps), max_size=6), st.sampled_from(effect.Denominator.__args__))
def test_of_effect_sizes(rows, denominator):
    sound(effect.size([a for a, _ in rows], [b for _, b in rows], denominator))


@settings(max_examples=60, deadline=None)
@given(tables)
@example([[1.0, 1.0, 1.0], *[[1.0, nan, 1.0]] * 3, [2.0, 2.0, 1.0], *[[nan, 1.0, 1.0]] * 2])
def test_of_scales(rows):
    sound(scale_quality.quality(rows))
    sound(scale_quality.alpha(rows, missing="pairwise"))
    sound(agreement.intraclass(rows))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_of_counts(rows):
    hits, answers = [min(a, b) for a, b in rows], [max(a, b) for a, b in rows]
    sound(unit.overdispersion(hits, answers))
    for a, b in zip(hits, answers, strict=True):
        sound(proportion.proportion(a, b))
        sound(proportion.difference(a, b, b, b))
        sound(proportion.mcnemar(a, b))
        sound(missing.share_bounds(a, b, 3))


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(-3, 3)), odd), max_size=6))
def test_of_goals(rows):
    sound(goal.attainment([x for x, _ in rows], [w for _, w in rows]))


@pytest.mark.parametrize("shift", [0.0, 1e-9, 1.0, 1e6])
def test_of_changes_that_are_nearly_all_the_same(shift):
    before = np.arange(40.0) % 7
    after = before + shift + 1e-6 * np.sin(np.arange(40))
    sound(change.change(before, after))
    sound(effect.srm(before, after))
    sound(effect.d_av(before, after))


def test_undefined_is_a_value_with_a_reason():
    assert mean.mean([]) == Undefined(reason="no-answers")
