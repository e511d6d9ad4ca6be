"""Differences between two waves: Newcombe's interval, people counted once, rounding counted in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.model.estimates import Estimate, Undefined
from survey.statistics import composite, difference, proportion, wilson


def people(n, share, alike, questions=4, seed=1):
    """Answers of people each of whom is in a mood of their own, 0 < alike < 1."""
    random = np.random.default_rng(seed)
    a, b = share * (1 - alike) / alike, (1 - share) * (1 - alike) / alike
    return (random.random((n, questions)) < random.beta(a, b, n)[:, None]).astype(np.int64)


def test_where_everybody_answers_all_it_is_the_error_of_the_means_of_people():
    answers = people(165, 0.8, 0.3)
    own = answers.mean(axis=1)
    share = own.mean()
    error = own.std(ddof=1) / np.sqrt(165)
    n = composite.effective(answers)
    assert np.sqrt(share * (1 - share) / n) == pytest.approx(error * np.sqrt(164 / 162))


def test_people_who_say_the_same_to_all_count_once():
    """Four equal columns carry no more than one."""
    column = people(200, 0.7, 0.5, questions=1)
    assert composite.effective(np.repeat(column, 4, axis=1)) == pytest.approx(197)


def test_independent_answers_count_each():
    random = np.random.default_rng(3)
    answers = (random.random((4000, 4)) < 0.6).astype(np.int64)
    assert composite.effective(answers) == pytest.approx(16_000, rel=0.05)


def test_who_left_a_question_out_counts_with_the_others():
    answers = people(300, 0.7, 0.3)
    holes = answers.copy()
    holes[::5, 1] = -1
    assert 0.8 < composite.effective(holes) / composite.effective(answers) < 1.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_people_changes_no_digit(seed):
    answers = people(40, 0.6, 0.3, seed=seed)
    turned = np.random.default_rng(seed).permutation(answers, axis=0)
    assert composite.effective(answers) == composite.effective(turned)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (np.zeros((0, 2)), "no-answers"),
        (np.array([[1, -1], [0, -1]]), "no-answers"),
        (np.array([[1, 0], [0, 1], [1, 1]]), "too-few-values"),
        (np.ones((9, 2)), "no-variation"),
    ],
)
def test_nothing_is_known_of(answers, reason):
    assert composite.effective(answers) == Undefined(reason=reason)


def test_without_rounding_it_is_newcombes_interval():
    """Newcombe 1998, 56 of 70 against 48 of 80: .2000, .0524 to .3339."""
    found = difference.difference(exact(48, 80), exact(56, 70))
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (
        0.2,
        0.0524,
        0.3339,
    )
    theirs = proportion.difference(56, 70, 48, 80)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))


def exact(hits, n):
    known = difference.of_shares([hits / n], n)
    return difference.Known(
        share=True, value=known.value, error=known.error, digit=0.0, noise=0.0, most=0.0
    )


shares = st.tuples(st.integers(5, 95), st.integers(30, 20_000), st.integers(1, 8))


@settings(max_examples=100, deadline=None)
@given(shares, shares)
def test_p_is_below_five_per_cent_exactly_when_the_interval_leaves_out_no_change(one, other):
    before, after = (
        difference.of_shares([percent / 100] * count, n) for percent, n, count in (one, other)
    )
    found = difference.difference(before, after)
    assert (found.p <= 0.05) == (not found.low < 0 < found.high)
    back = difference.difference(after, before)
    assert (back.value, back.low, back.high) == pytest.approx(
        (-found.value, -found.high, -found.low)
    )
    assert back.p == pytest.approx(found.p)


def test_of_a_city_a_single_per_cent_of_rounding_is_no_change():
    """65,000 answers: errors far below what rounding to whole per cents can move."""
    before = difference.of_shares([0.80], 65_000)
    assert difference.difference(before, difference.of_shares([0.81], 65_000)).p > 0.05
    assert difference.difference(before, difference.of_shares([0.83], 65_000)).p < 0.001


def test_a_mean_of_grades_is_compared_like_by_welch():
    before = {1.0: 10.0, 2.0: 30.0, 3.0: 35.0, 4.0: 15.0, 5.0: 7.0, 6.0: 3.0}
    after = {1.0: 14.0, 2.0: 36.0, 3.0: 32.0, 4.0: 11.0, 5.0: 5.0, 6.0: 2.0}
    found = difference.difference(
        difference.of_distribution(before, 200), difference.of_distribution(after, 200)
    )
    columns = [
        [score for score, percent in each.items() for _ in range(round(2 * percent))]
        for each in (before, after)
    ]
    welch = stats.ttest_ind(columns[1], columns[0], equal_var=False)
    low, high = welch.confidence_interval(0.95)
    assert found.value == pytest.approx(np.mean(columns[1]) - np.mean(columns[0]))
    assert found.low == pytest.approx(low, abs=0.012)
    assert found.high == pytest.approx(high, abs=0.012)
    assert found.p == pytest.approx(welch.pvalue, abs=0.02)


def test_of_an_old_report_only_the_interval_is_known():
    low, high = wilson.limits(0.7, 300)
    figure = Estimate(value=0.7, low=low, high=high, n=300)
    known = difference.of_interval(figure, share=True)
    assert known.error == pytest.approx(difference.of_shares([0.7], 300).error, rel=0.05)
    all_alike = Estimate(value=0.7, low=0.7, high=0.7, n=300)
    assert difference.of_interval(all_alike, share=True) is None
    assert difference.of_shares([0.0, 0.0], 300) is None
    assert difference.of_distribution({2.0: 100.0}, 300) is None


def test_what_would_have_been_seen_is_seen_that_often():
    """A change of just that size has p at most the level in four of five pairs of waves."""
    random = np.random.default_rng(11)
    n, share, level = 400, 0.6, 0.01
    known = difference.of_shares([share], n)
    least = difference.detectable(known, known, level)
    seen = 0
    for _ in range(600):
        pair = [
            difference.of_shares([round(random.binomial(n, p) / n, 2)], n)
            for p in (share, share + least)
        ]
        seen += difference.difference(*pair).p <= level
    assert 0.75 <= seen / 600 <= 0.9
    assert difference.detectable(known, known, 0.05) < least
