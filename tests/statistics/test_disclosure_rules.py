"""Single rules of disclosure: thresholds by kind, rates, unanimity, merging."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Suppressed
from survey.model.waves import Thresholds
from survey.statistics import floors
from survey.statistics.disclosure import merge, threshold

STANDARD = threshold.rules(Thresholds(), "standard")


@pytest.mark.parametrize(
    ("kind", "k"), [("standard", 10), ("sensitive", 20), ("comments", 15), ("staff", 7)]
)
def test_each_kind_has_its_threshold(kind, k):
    rules = threshold.rules(Thresholds(), kind)
    assert rules.k == k
    assert threshold.base(k - 1, rules.k) == Suppressed(reason="too-few")
    assert threshold.base(k, rules.k) is None


def test_thresholds_can_be_raised_and_not_lowered():
    low = Thresholds(k=3, k_sensitive=3, comments=3)
    kinds = ("standard", "sensitive", "comments")
    assert [threshold.rules(low, kind).k for kind in kinds] == [10, 20, 15]
    assert threshold.rules(Thresholds(k=30), "standard").k == 30


def test_a_raised_threshold_raises_the_sensitive_one_too():
    assert threshold.rules(Thresholds(k=25), "sensitive").k == 25


@pytest.mark.parametrize(
    ("part", "whole", "reason"),
    [(9, 100, "too-few"), (91, 100, "complement"), (100, 100, "complement"), (90, 100, None)],
)
def test_a_response_rate_needs_k_who_did_and_k_who_did_not(part, whole, reason):
    found = threshold.rate(part, whole, 10)
    assert (found.reason if found else None) == reason


def test_near_unanimity_is_told_by_the_same_bounds_for_0_1_and_2_dissenters():
    texts = {threshold.share(hits, 40, STANDARD) for hits in (38, 39, 40)}
    assert texts == {Suppressed(reason="unanimous", low=0.9, high=1.0)}
    assert threshold.share(37, 40, STANDARD) is None
    assert threshold.share(1, 40, STANDARD) == Suppressed(reason="unanimous", low=0.0, high=0.1)


@given(st.integers(10, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_in_place_of_a_share_are_true(counts):
    hits, n = counts
    hidden = threshold.share(hits, n, STANDARD)
    if hidden is not None:
        assert hidden.low <= hits / n <= hidden.high


def test_a_small_category_joins_the_neighbour_that_costs_least():
    assert merge.adjacent([1, 4, 9, 20, 6]) == ((0, 1), (2,), (3,), (4,))
    assert merge.adjacent([5, 2, 3, 20, 6]) == ((0,), (1, 2), (3,), (4,))


def test_an_empty_category_may_stay():
    assert merge.adjacent([0, 4, 0, 20, 6]) == ((0,), (1,), (2,), (3,), (4,))


def test_a_border_is_never_spanned():
    assert merge.adjacent([4, 4, 1, 20, 6], borders=[3]) == ((0,), (1, 2), (3,), (4,))
    assert merge.adjacent([0, 0, 1, 20, 6], borders=[3]) is None


def test_everybody_in_one_category_is_not_a_distribution():
    assert merge.distribution([0, 0, 0, 0, 60], STANDARD) == Suppressed(reason="unanimous")
    assert merge.distribution([0, 0, 0, 1, 59], STANDARD) == Suppressed(reason="unanimous")


def test_everybody_on_one_side_of_the_share_is_not_a_distribution_either():
    one_side = [0, 0, 0, 25, 35]
    assert merge.distribution(one_side, STANDARD) != Suppressed(reason="unanimous")
    assert merge.distribution(one_side, STANDARD, borders=[3]) == Suppressed(reason="unanimous")
    assert merge.distribution([4, 0, 0, 25, 35], STANDARD, borders=[3]) == tuple(
        (i,) for i in range(5)
    )


def test_small_categories_without_order_become_one_rest():
    assert merge.rest([8, 1, 9, 2]) == ((0,), (2,), (1, 3))
    assert merge.rest([8, 1, 9, 0]) == ((2,), (3,), (0, 1))
    assert merge.rest([2]) is None


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_merging_keeps_every_answer_and_leaves_no_small_category(counts):
    for parts in (merge.adjacent(counts), merge.rest(counts)):
        if parts is None:
            assert any(0 < count < 3 for count in counts)
            continue
        assert sorted(i for part in parts for i in part) == list(range(len(counts)))
        sums = [sum(counts[i] for i in part) for part in parts]
        assert all(total == 0 or total >= 3 for total in sums)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_a_reversed_scale_merges_into_as_many_categories(counts):
    parts, mirrored = merge.adjacent(counts), merge.adjacent(counts[::-1])
    assert (parts is None) == (mirrored is None)
    if parts is not None:
        assert len(parts) == len(mirrored)


@pytest.mark.parametrize(
    ("n", "shown"),
    [(9, set()), (10, {"share"}), (29, {"share"}), (30, {"share", "mean"})],
)
def test_floors_of_the_method(n, shown):
    assert floors.showable(n) == shown
    assert floors.refusal("subgroups", 99).reason == "below-floor"
    assert floors.refusal("subgroups", 100) is None


@pytest.mark.parametrize("k", [10, 15, 20])
def test_pages_name_the_number_of_texts_that_the_rule_asks_for(k):
    limits = Thresholds(k=k)
    assert threshold.rules(limits, "comments").k == limits.texts == max(k, 15)
