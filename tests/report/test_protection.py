"""What rests on too few people, or would tell what everybody said, is not in the snapshot."""

from collections.abc import Iterator

import msgspec
import pytest

from survey.form.load import Published
from survey.model import snapshots
from survey.model.answers import Answers, Chosen, Declined, NotApplicable
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import Rated, Snapshot
from tests.report import worlds
from tests.world import forms


def w1(form: Published, codes: list[str], refused: int = 0) -> Rated:
    answers: list[Answers] = worlds.saying("w1", codes)
    answers += [{"w1": Declined()} for _ in range(refused)]
    return next(r for r in worlds.measured(form, answers).rated if r.question_id == "w1")


def figures(said: object) -> Iterator[Figure]:
    def walk(value: object) -> Iterator[Figure]:
        if isinstance(value, Estimate | Suppressed):
            yield value
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name))
        elif isinstance(value, tuple):
            for each in value:
                yield from walk(each)

    return walk(said)


def test_nine_answers_look_like_none(form: Published) -> None:
    nine = worlds.measured(form, worlds.answered(form, 9))
    none = worlds.measured(form, [])
    assert snapshots.text(nine) == snapshots.text(none)
    assert all(isinstance(figure, Suppressed) for figure in figures(nine))


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_a_statement_needs_ten_answers(form: Published, n: int, shown: bool) -> None:
    rated = w1(form, ["1", "5"] * (n // 2) + ["5"] * (n % 2))
    assert isinstance(rated.favourable, Estimate) == shown
    assert bool(rated.parts) == shown


def test_nothing_at_all_is_said_about_a_hidden_statement(form: Published) -> None:
    rated = w1(form, ["5"] * 9, refused=40)
    assert rated.favourable == Suppressed(reason="too-few")
    assert rated.refused == Suppressed(reason="secondary")
    assert (rated.parts, rated.not_applicable) == ((), Suppressed(reason="secondary"))


@pytest.mark.parametrize("dissenters", [0, 1, 2])
def test_agreement_of_all_or_nearly_all_is_a_bound_that_does_not_tell_which(
    form: Published, dissenters: int
) -> None:
    rated = w1(form, ["5"] * (100 - dissenters) + ["1"] * dissenters)
    assert rated.favourable == Suppressed(reason="unanimous", low=0.9, high=1.0)
    assert rated.parts == ()


def test_those_it_does_not_fit_are_counted_beside_a_bound_too(form: Published) -> None:
    answers = worlds.saying("w1", ["5"] * 40)
    answers += [{"w1": NotApplicable()} for _ in range(15)]
    rated = next(r for r in worlds.measured(form, answers).rated if r.question_id == "w1")
    assert isinstance(rated.not_applicable, Estimate)
    assert rated.not_applicable.value == 0.27


def test_small_categories_are_joined_without_crossing_the_shown_share(form: Published) -> None:
    rated = w1(form, ["1"] * 1 + ["2"] * 1 + ["3"] * 8 + ["4"] * 2 + ["5"] * 38)
    assert [part.codes for part in rated.parts] == [("1", "2", "3"), ("4", "5")]
    assert [part.percent for part in rated.parts] == [20, 80]
    assert [part.side for part in rated.parts] == [0, 1]


@pytest.mark.parametrize("refused", [0, 1, 2])
def test_one_or_two_who_would_not_say_look_like_none(form: Published, refused: int) -> None:
    rated = w1(form, ["1"] * 20 + ["5"] * 20, refused=refused)
    assert rated.refused == Suppressed(reason="unanimous", low=0.0, high=0.1)


@pytest.mark.parametrize(("n", "shown"), [(19, False), (20, True)])
def test_sensitive_questions_need_twenty(n: int, shown: bool) -> None:
    form = forms.satisfaction("full")
    codes = ["happened"] * 5 + ["did_not_happen"] * (n - 5)
    (declared,) = worlds.measured(form, worlds.saying("w5", codes)).declared
    assert isinstance(declared.share, Estimate) == shown
    assert declared.code == "happened"


def test_a_mean_needs_thirty_answers(form: Published) -> None:
    few = worlds.measured(form, worlds.saying("g1", ["1", "2", "4"] * 9))
    many = worlds.measured(form, worlds.saying("g1", ["1", "2", "4"] * 10))
    assert isinstance(few.grades[0].mean, Suppressed)
    assert isinstance(few.grades[0].favourable, Estimate)
    assert isinstance(many.grades[0].mean, Estimate)


def test_a_topic_does_not_give_away_its_hidden_statement(form: Published) -> None:
    answers = worlds.saying("k1", ["1", "5"] * 50) + worlds.saying("k2", ["5"] * 9)
    contact = worlds.measured(form, answers).topics[0]
    assert contact.favourable == Suppressed(reason="secondary")


def test_a_rate_needs_ten_on_both_sides(form: Published, answers: list[Answers]) -> None:
    assert isinstance(worlds.measured(form, answers[:9]).response.rate, Suppressed)
    assert isinstance(worlds.measured(form, answers[:95], invited=100).response.rate, Suppressed)


def test_nothing_is_finer_than_it_is_printed(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        if isinstance(figure, Estimate):
            assert figure.n % 5 == figure.missing % 5 == 0
            for number in (figure.value, figure.low, figure.high):
                assert round(number, 2) == number
    assert snapshot.response.invited % 5 == (snapshot.response.answered or 0) % 5 == 0


def test_rare_languages_are_joined(form: Published) -> None:
    answers = worlds.answered(form, 120)
    found = worlds.rows(form, answers)
    found["circumstances"] = [
        ("u1", {"language": Chosen(codes=(code,))})
        for code in ["de"] * 80 + ["ar"] * 30 + ["fa"] * 9 + ["ro"]
    ]
    measured = worlds.published_from(worlds.opened(form, found)).snapshot
    (mix,) = (each for each in measured.mixes if each.kind == "language")
    assert all("ro" not in part.codes or len(part.codes) > 1 for part in mix.parts)
    assert sum(part.percent for part in mix.parts) == 100
