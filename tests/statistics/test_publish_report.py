"""What a whole report needs of the way out: per cents, groups held back, means of groups, rates."""

import pytest

from survey.model.estimates import Estimate, Suppressed
from survey.model.waves import Thresholds
from survey.statistics.disclosure import comments, publish, registry, rounding
from survey.statistics.disclosure.request import (
    NOT_ASKED,
    Breakdown,
    Commented,
    Counted,
    Rated,
    Request,
)

CODES = ("1", "2", "3", "4", "5")


def people(n):
    return [f"sheet {i}".encode() for i in range(n)]


def out(members, *tables, edition="house"):
    request = Request(members=members, tables=tables, edition=edition)
    known = registry.Registry()
    return publish.publish(request, thresholds=Thresholds(), registry=known).results[0]


def spread(counts):
    return [code for code, count in enumerate(counts) for _ in range(count)]


def units(counts, **more):
    """Answers unit by unit, and their breakdown."""
    answers = [code for each in counts for code in spread(each)]
    of = [g for g, each in enumerate(counts) for _ in range(sum(each))]
    groups = tuple(f"u{g}" for g in range(len(counts)))
    return answers, Breakdown(name="unit", groups=groups, of=of, **more)


def asked(answers, breakdown=None, **more):
    return Counted(
        variable="satisfaction/w1",
        codes=CODES,
        answers=answers,
        favourable=("4", "5"),
        breakdown=breakdown,
        **more,
    )


def test_per_cents_add_up_to_the_share_they_stand_beside():
    whole = out(people(38), asked(spread([5, 5, 5, 11, 12])), edition="public").whole
    percents = [one.percent for one in whole.categories]
    assert whole.share.value == 0.61
    assert sum(percents) == 100
    assert sum(percents[3:]) == 61


@pytest.mark.parametrize(
    ("quota", "counts", "shared"),
    [(100, [1, 1, 1], [34, 33, 33]), (61, [11, 12], [29, 32]), (0, [3, 4], [0, 0]), (7, [], [])],
)
def test_per_cents_go_to_the_largest_remainder(quota, counts, shared):
    assert rounding.percents(quota, counts) == shared


@pytest.mark.parametrize(("hits", "n", "value"), [(113, 200, 0.57), (1, 8, 0.13), (5, 8, 0.63)])
def test_half_a_per_cent_is_rounded_up(hits, n, value):
    printed = rounding.share(Estimate(value=hits / n, low=0.0, high=1.0, n=n))
    assert printed.value == value


def test_who_was_not_asked_is_not_missing():
    answers = [*spread([5, 5, 5, 10, 10]), -1, -1, NOT_ASKED, NOT_ASKED, NOT_ASKED]
    assert out(people(40), asked(answers)).whole.share.missing == 2


def test_a_group_that_is_withheld_shows_nothing_and_takes_another_with_it_if_it_must():
    answers, by_unit = units([[5, 5, 10, 10, 10]] * 4, withheld=frozenset({1}))
    rows = out(people(160), asked(answers, by_unit)).rows
    assert rows[1].n == rows[1].share == Suppressed(reason="secondary")
    assert sum(isinstance(row.n, Suppressed) for row in rows) == 2


def test_groups_have_means_where_their_division_is_shown():
    counts = [
        [8, 8, 8, 8, 8],
        [4, 4, 4, 8, 10],
        [5, 4, 6, 5, 5],
        [0, 0, 0, 20, 20],
        [3, 3, 3, 3, 3],
    ]
    answers, by_unit = units(counts)
    scores = (1.0, 2.0, 3.0, 4.0, 5.0)
    rows = out(people(len(answers)), asked(answers, by_unit, group_scores=scores)).rows
    assert rows[0].mean.value == 3.0
    # Fewer than thirty: no mean, though a share.
    assert isinstance(rows[2].mean, Suppressed)
    # All of one side: neither.
    assert isinstance(rows[3].mean, Suppressed)
    assert isinstance(rows[3].share, Suppressed)


def test_without_scores_for_groups_there_are_no_means():
    answers, by_unit = units([[8, 8, 8, 8, 8]] * 3)
    table = out(people(120), asked(answers, by_unit, scores=(1.0, 2.0, 3.0, 4.0, 5.0)))
    assert isinstance(table.whole.mean, Estimate)
    assert [row.mean for row in table.rows] == [None] * 3


def test_a_mean_of_a_group_does_not_tell_how_a_few_of_it_answered():
    # Thirty-one people; nobody but one gave the worst: the mean must leave it open.
    answers, by_unit = units([[1, 0, 0, 15, 15], [10, 10, 10, 10, 10], [10, 10, 10, 10, 10]])
    scores = (1.0, 2.0, 3.0, 4.0, 5.0)
    table = out(people(len(answers)), asked(answers, by_unit, group_scores=scores))
    assert isinstance(table.rows[0].mean, Suppressed)


def test_ways_of_answering_are_each_shared_by_twenty():
    table = Counted(
        variable="satisfaction/language",
        codes=("de", "ar", "uk", "ro"),
        answers=spread([80, 30, 19, 2]),
        kind="circumstances",
        ordered=False,
    )
    whole = out(people(131), table).whole
    assert [(one.codes, one.count) for one in whole.categories] == [
        (("de",), 80),
        (("ar",), 30),
        (("uk", "ro"), 21),
    ]
    assert [one.percent for one in whole.categories] == [61, 23, 16]


def rated(done, invited=(200,), beside=None):
    groups = tuple(f"u{g}" for g in range(len(done)))
    return Rated(variable="r", groups=groups, invited=invited, responded=done, beside=beside)


def test_a_rate_says_how_many_took_part():
    table = out((), rated((57,)), edition="public")
    assert table.whole.categories[0].count == 55
    assert table.whole.share.value == 0.29


@pytest.mark.parametrize(("complete", "shown"), [(57, True), (56, False), (55, False), (54, True)])
def test_complete_answers_are_not_told_beside_one_or_two_partial_ones(complete, shown):
    table = out((), rated((complete,), beside=(57,)))
    assert isinstance(table.whole.share, Estimate) == shown
    assert isinstance(table.rows[0].share, Estimate) == shown


def test_more_complete_answers_than_answers_stop_the_report():
    with pytest.raises(ValueError, match="responded"):
        out((), rated((58,), beside=(57,)))


def test_a_public_edition_rounds_the_number_of_texts():
    published = tuple(
        comments.ReviewedComment(text=f"Text {i}", quotable=True, redacted=True) for i in range(17)
    )
    assert out((), Commented(variable="g2", comments=published)).n == 17
    assert out((), Commented(variable="g2", comments=published), edition="public").n == 15
