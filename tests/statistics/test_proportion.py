"""Newcombe 1998 (tables 1 and 2) for the intervals; the weighted case follows Kish's n_eff."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Estimate, Undefined
from survey.statistics import proportion, weighting


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_equals_newcombe_1998_table_1(hits, n, low, high):
    estimate = proportion.proportion(hits, n)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (low, high)


def test_difference_equals_newcombe_1998_method_10():
    d = proportion.difference(56, 70, 48, 80)
    assert [round(x, 4) for x in (d.value, d.low, d.high)] == [0.2, 0.0524, 0.3339]


def test_difference_of_nothing_against_everything_stays_in_range():
    d = proportion.difference(0, 10, 20, 20)
    assert d.value == -1
    assert -1 <= d.low <= d.value <= d.high <= 1


def test_weighted_wilson_uses_the_effective_number():
    weights = [0.5] * 20 + [1.0] * 40 + [2.0] * 15
    assert weighting.n_effective(weights) == pytest.approx(60.952, abs=5e-4)
    by_share = proportion.score_interval(0.64, 60.952, answers=75)
    assert (round(by_share.low, 4), round(by_share.high, 4)) == (0.5145, 0.7489)
    # 51.2 of 80 weighted answers: 30 of the plain ones, 10 heavy, 2 x 0.5 x ... = 0.64
    hits = [True] * 6 + [False] * 14 + [True] * 28 + [False] * 12 + [True] * 10 + [False] * 5
    result = proportion.weighted(hits, weights)
    assert result.estimate.value == pytest.approx(51 / 80)
    assert result.n_effective == pytest.approx(60.952, abs=5e-4)
    assert result.unweighted.value == pytest.approx(44 / 75)
    assert result.estimate.n == 75


def test_equal_weights_change_nothing():
    result = proportion.weighted([True] * 7 + [False] * 13, [3.0] * 20)
    plain = proportion.proportion(7, 20)
    assert result.estimate.low == pytest.approx(plain.low)
    assert result.estimate.high == pytest.approx(plain.high)


# R: binom.test(2, 12)$p.value = 0.03857422, binom.test(5, 10) = 1
@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(2, 10, 0.03857422), (5, 5, 1.0), (0, 6, 0.03125)]
)
def test_mcnemar_is_the_exact_binomial_test_of_the_discordant_pairs(gained, lost, p):
    assert proportion.mcnemar(gained, lost).p == pytest.approx(p, abs=1e-8)


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (proportion.proportion(0, 0), "no-answers"),
        (proportion.proportion(1, 2, level=1.0), "level-out-of-range"),
        (proportion.proportion(1, 2, level=95), "level-out-of-range"),
        (proportion.difference(1, 2, 0, 0), "no-answers"),
        (proportion.mcnemar(0, 0), "no-discordant-pairs"),
        (proportion.weighted([], []), "no-answers"),
        (proportion.weighted([True], [0.0]), "zero-weights"),
        (proportion.weighted([True, False], [1.0, -1.0]), "negative-weights"),
        (proportion.weighted([True], [1.0, 2.0]), "unequal-lengths"),
        (proportion.weighted([True], [float("nan")]), "not-finite"),
    ],
)
def test_what_does_not_exist_is_undefined(result, reason):
    assert result == Undefined(reason=reason)


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_counts_that_cannot_be_are_refused(hits, n):
    with pytest.raises(ValueError, match="proportion"):
        proportion.proportion(hits, n)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_contains_its_estimate_and_mirrors(counts):
    hits, n = counts
    estimate, mirror = proportion.proportion(hits, n), proportion.proportion(n - hits, n)
    assert isinstance(estimate, Estimate)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert mirror.low == pytest.approx(1 - estimate.high, abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 100)), min_size=1), st.randoms())
def test_order_of_respondents_never_matters_not_even_in_the_last_digit(rows, random):
    shuffled = random.sample(rows, len(rows))
    first = proportion.weighted([h for h, _ in rows], [w for _, w in rows])
    assert first == proportion.weighted([h for h, _ in shuffled], [w for _, w in shuffled])


@given(
    st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.sampled_from([2.0, 1e-200, 1e200])
)
def test_the_effective_number_does_not_depend_on_the_unit_of_the_weights(weights, factor):
    assert weighting.n_effective([w * factor for w in weights]) == pytest.approx(
        weighting.n_effective(weights)
    )
