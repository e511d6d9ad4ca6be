"""The published figures equal those of an independent calculation from the same answers."""

from collections import Counter

import pytest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from survey.form.load import Published
from survey.model import snapshots
from survey.model.answers import Answers, Chosen, Declined
from survey.model.estimates import Estimate
from survey.model.snapshots import Snapshot
from tests.report import worlds
from tests.world import forms

STATEMENTS = ["k1", "k2", "w1", "w2", "l1", "p1", "p2", "h1", "z1", "e1"]


def codes(answers: list[Answers], question: str) -> Counter[str]:
    said = (each.get(question) for each in answers)
    return Counter(one.codes[0] for one in said if isinstance(one, Chosen))


def close(figure: object, hits: int, n: int) -> None:
    low, high = proportion_confint(hits, n, method="wilson")
    assert isinstance(figure, Estimate)
    assert figure.value == pytest.approx(hits / n, abs=0.0051)
    # Rounded outwards.
    assert low - 0.01 < figure.low <= low
    assert high <= figure.high < high + 0.01
    assert figure.n == pytest.approx(n, abs=2)


@pytest.mark.parametrize("question", STATEMENTS)
def test_shares_and_intervals_of_statements(
    snapshot: Snapshot, answers: list[Answers], question: str
) -> None:
    rated = next(each for each in snapshot.rated if each.question_id == question)
    found = codes(answers, question)
    n = sum(found.values())
    close(rated.favourable, found["4"] + found["5"], n)
    assert [part.codes for part in rated.parts] == [("1",), ("2",), ("3",), ("4",), ("5",)]
    assert sum(part.percent for part in rated.parts) == 100
    for part in rated.parts:
        assert part.percent == pytest.approx(100 * found[part.codes[0]] / n, abs=1.01)
    assert isinstance(rated.favourable, Estimate)
    favourable = sum(part.percent for part in rated.parts if part.side == 1)
    assert favourable == round(100 * rated.favourable.value)


def test_those_who_would_not_say_are_counted_apart(
    snapshot: Snapshot, answers: list[Answers]
) -> None:
    rated = next(each for each in snapshot.rated if each.question_id == "w1")
    said = [each["w1"] for each in answers if "w1" in each]
    silent = sum(isinstance(each, Declined) for each in said)
    assert isinstance(rated.refused, Estimate)
    assert rated.refused.value == pytest.approx(silent / len(said), abs=0.0051)


def test_a_reversed_statement_is_turned_by_meaning() -> None:
    form = forms.satisfaction("full")
    answers = worlds.saying("w4", ["1"] * 20 + ["2"] * 10 + ["3"] * 5 + ["5"] * 15)
    rated = next(r for r in worlds.measured(form, answers).rated if r.question_id == "w4")
    close(rated.favourable, 30, 50)
    assert [(part.codes, part.percent, part.side) for part in rated.parts] == [
        (("5",), 30, -1),
        (("4",), 0, -1),
        (("3",), 10, 0),
        (("2",), 20, 1),
        (("1",), 40, 1),
    ]


def test_a_topic_is_the_mean_of_its_statements(snapshot: Snapshot) -> None:
    topic = next(each for each in snapshot.topics if each.construct == "contact")
    shares = [each.favourable for each in snapshot.rated if each.construct == "contact"]
    assert isinstance(topic.favourable, Estimate)
    expected = sum(share.value for share in shares) / 2  # type: ignore[union-attr]
    assert topic.favourable.value == pytest.approx(expected, abs=0.0051)


def test_a_topic_is_more_certain_than_its_statements_and_less_than_as_many_people(
    snapshot: Snapshot,
) -> None:
    topic = next(each for each in snapshot.topics if each.construct == "contact")
    shares = [each.favourable for each in snapshot.rated if each.construct == "contact"]
    assert isinstance(topic.favourable, Estimate)
    widths = [share.high - share.low for share in shares]  # type: ignore[union-attr]
    assert topic.favourable.high - topic.favourable.low < sum(widths) / 2
    assert topic.effective is not None
    assert topic.favourable.n - 10 <= topic.effective <= 2 * topic.favourable.n
    assert topic.effective % 10 == 0


def test_below_thirty_answers_a_topic_has_the_mean_interval_of_its_statements(
    form: Published,
) -> None:
    few = worlds.measured(form, worlds.answered(form, 24))
    topic = next(each for each in few.topics if each.construct == "contact")
    shares = [each.favourable for each in few.rated if each.construct == "contact"]
    assert topic.effective is None
    assert isinstance(topic.favourable, Estimate)
    low = sum(share.low for share in shares) / 2  # type: ignore[union-attr]
    assert topic.favourable.low <= low + 1e-9
    assert topic.favourable.low == pytest.approx(low, abs=0.0101)


def test_the_grade_is_a_mean_with_its_t_interval(
    snapshot: Snapshot, answers: list[Answers]
) -> None:
    (grade,) = snapshot.grades
    values = [int(code) for code, often in codes(answers, "g1").items() for _ in range(often)]
    described = DescrStatsW(values)
    low, high = described.tconfint_mean()
    assert isinstance(grade.mean, Estimate)
    assert grade.mean.value == pytest.approx(described.mean, abs=0.051)
    assert low - 0.1 < grade.mean.low <= low
    assert high <= grade.mean.high < high + 0.1
    good = sum(value <= 2 for value in values)
    close(grade.favourable, good, len(values))


@pytest.mark.parametrize("question", ["h5-money", "h5-housing", "h5-work", "h5-health"])
def test_unmet_need_counts_only_those_who_needed_the_help(
    snapshot: Snapshot, answers: list[Answers], question: str
) -> None:
    found = codes(answers, question)
    each = next(one for one in snapshot.helps if one.question_id == question)
    needed = found["got"] + found["late"] + found["not_got"]
    close(each.needed, needed, needed + found["not_needed"])
    close(each.unmet, found["late"] + found["not_got"], needed)


def test_the_response_rate_follows_the_core_questions(
    snapshot: Snapshot, form: Published, answers: list[Answers]
) -> None:
    core = {q.id for q in form.form.questions if q.core}
    done = [len(core & each.keys()) / len(core) for each in answers]
    whole, partly = sum(d >= 0.8 for d in done), sum(0.5 <= d < 0.8 for d in done)
    response = snapshot.response
    assert response.invited == 800
    assert isinstance(response.rate, Estimate)
    assert isinstance(response.complete_rate, Estimate)
    assert response.rate.value == pytest.approx((whole + partly) / 800, abs=0.0051)
    assert response.complete_rate.value == pytest.approx(whole / 800, abs=0.0051)


def test_the_order_of_the_rows_changes_nothing(
    form: Published, answers: list[Answers], snapshot: Snapshot
) -> None:
    found = worlds.rows(form, answers)
    turned = {name: rows[::-1] for name, rows in found.items()}
    again = worlds.published_from(worlds.opened(form, turned)).snapshot
    assert snapshots.text(again) == snapshots.text(snapshot)


def test_a_frozen_snapshot_is_read_back_as_it_was(snapshot: Snapshot) -> None:
    assert snapshots.read(snapshots.text(snapshot)) == snapshot
