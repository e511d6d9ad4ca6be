"""Simulated people are repeatable, and their opinions have the structure they are meant to have."""

from statistics import fmean

from survey.demo import opinions
from survey.demo.export import Addressee
from survey.demo.opinions import Mind, Opinion

STEPS = ["1", "2", "3", "4", "5", "_not_applicable", "_declined"]


def invited(
    count: int, *, language: str = "deu", team: str = "FM 1"
) -> list[tuple[Addressee, str]]:
    return [
        (
            Addressee(
                name=f"N{place:04}", street="S", language=language, team=team, case_manager="A"
            ),
            f"C{place}",
        )
        for place in range(count)
    ]


def mean(minds: list[Mind], question_id: str) -> float:
    given = [Opinion(mind).choose(question_id, STEPS) for mind in minds]
    return fmean(int(code) for code in given if code.isdigit())


def test_the_same_seed_gives_the_same_people():
    assert opinions.minds(invited(300), 1) == opinions.minds(reversed(invited(300)), 1)
    assert opinions.minds(invited(300), 1) != opinions.minds(invited(300), 2)


def test_about_two_of_five_take_part():
    assert 0.3 < len(opinions.minds(invited(1000), 1)) / 1000 < 0.5


def test_people_go_every_way():
    assert {mind.course for mind in opinions.minds(invited(1000), 1)} == set(opinions.COURSES)


def test_respect_is_high_and_benefits_are_badly_explained():
    minds = opinions.minds(invited(800), 1)
    assert mean(minds, "w1") > 4
    assert mean(minds, "l1") < 2.7


def test_one_team_is_clearly_different():
    usual = opinions.minds(invited(800), 1)
    other = opinions.minds(invited(800, team="FM 3"), 1)
    assert mean(usual, "k2") - mean(other, "k2") > 0.6


def test_a_grade_is_good_where_agreement_is_high():
    minds = opinions.minds(invited(400), 1)
    grades = [Opinion(mind).choose("g1", [*"123456", "_declined"]) for mind in minds]
    assert 2 < fmean(int(grade) for grade in grades if grade.isdigit()) < 3.5


def test_nobody_writes_the_same_to_what_helped_and_to_what_should_become_better():
    written = {
        question_id: {Opinion(mind).words(question_id) for mind in opinions.minds(invited(2000), 1)}
        for question_id in ("g2", "g3")
    }
    assert "Der Plan war zum ersten Mal wirklich meiner." in written["g2"]
    assert "Am Telefon lande ich immer in der Warteschleife." in written["g3"]
    assert written["g2"] & written["g3"] == {""}


def test_only_codes_on_offer_are_chosen():
    for mind in opinions.minds(invited(300), 1):
        assert Opinion(mind).choose("unknown", ["happened", "did_not_happen", "_declined"]) in {
            "happened", "did_not_happen", "_declined", "",
        }  # fmt: skip
