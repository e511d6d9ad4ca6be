from datetime import date

import pytest

from survey.form import domains, tabulate
from survey.model.answers import Chosen, NotApplicable, OnDay, Quantity, Refused, Written

DAY = date(2026, 11, 22)


def chosen(*codes):
    return Chosen(codes=codes)


def test_each_response_counts_once_per_question(tiny):
    answers = [chosen("3"), chosen("3"), chosen("1"), Refused(), NotApplicable()]
    table = tabulate.tabulate(tiny("rating"), [*({"r1": each} for each in answers), {}])
    assert table.responses == 6
    counts = table.questions["r1"]
    assert counts.codes == {"1": 1, "2": 0, "3": 2}
    assert (counts.valid, counts.refused, counts.not_applicable, counts.missing) == (3, 1, 1, 1)
    assert counts.asked == 6


def test_several_codes_of_one_person_are_one_valid_answer(tiny):
    responses = [{"c1": chosen("german", "arabic")}, {"c1": chosen("german")}]
    counts = tabulate.tabulate(tiny("choice-many"), responses).questions["c1"]
    assert counts.codes == {"german": 2, "arabic": 1, "turkish": 0, "none": 0}
    assert counts.valid == 2


def test_numbers_and_days_are_counted_by_what_was_given(tiny):
    hours = [{"n1": Quantity(value=8)}, {"n1": Quantity(value=8)}, {"n1": Quantity(value=0)}]
    assert tabulate.tabulate(tiny("number"), hours).questions["n1"].codes == {"8": 2, "0": 1}
    steps = tabulate.tabulate(tiny("ladder"), [{"t1": Quantity(value=10)}]).questions["t1"]
    assert list(steps.codes) == [str(step) for step in range(10, 0, -1)]
    from_day = [{"d1": OnDay(day=DAY)}]
    assert tabulate.tabulate(tiny("day"), from_day).questions["d1"].codes == {"2026-11-22": 1}


def test_words_are_counted_and_not_shown(tiny):
    counts = tabulate.tabulate(tiny("text"), [{"x1": Written(text="Danke")}, {}]).questions["x1"]
    assert (counts.codes, counts.valid, counts.missing) == ({}, 1, 1)


def test_who_was_not_asked_is_not_missing(tiny):
    there, away = {"c1": chosen("yes")}, {"c1": chosen("never")}
    passed = there | {"d1": OnDay(day=DAY)}
    table = tabulate.tabulate(tiny("any-of"), [passed, there, away, away])
    counts = table.questions["d1"]
    assert (counts.valid, counts.missing, counts.not_asked, counts.asked) == (1, 1, 2, 2)


def test_an_answer_off_the_path_does_not_count(tiny):
    stale = {"c1": chosen("never"), "d1": OnDay(day=DAY)}
    counts = tabulate.tabulate(tiny("any-of"), [stale]).questions["d1"]
    assert (counts.valid, counts.missing, counts.not_asked) == (0, 0, 1)


def test_a_note_has_no_row(tiny):
    assert list(tabulate.tabulate(tiny("note"), [{}]).questions) == ["n1"]


def test_no_responses_give_a_table_of_noughts(satisfaction):
    table = tabulate.tabulate(satisfaction.form, [])
    assert table.responses == 0
    assert all(counts.asked == 0 for counts in table.questions.values())
    assert table.questions["w1"].codes == dict.fromkeys("12345", 0)


def test_groups_are_counted_by_themselves_and_add_up_to_the_whole(tiny):
    form = tiny("rating")
    responses = [("north", {"r1": chosen(code)}) for code in "1233"]
    responses += [("south", {"r1": Refused()}), ("south", {})]
    by_unit = tabulate.tabulate_by(form, responses)
    assert list(by_unit) == ["north", "south"]
    assert by_unit["south"].questions["r1"].refused == 1
    whole = tabulate.tabulate(form, [answers for _, answers in responses])
    assert whole.responses == sum(table.responses for table in by_unit.values())
    assert whole.questions["r1"].codes == by_unit["north"].questions["r1"].codes


@pytest.mark.parametrize("level", ["linked", "released"])
def test_domains_are_tabulated_one_by_one(tiny, level):
    form = tiny("domains")
    answers = {"first-1": chosen("3"), "sensitive-1": chosen("1")}
    parts = domains.split(form, level, answers)
    for domain in domains.domains(form, level):
        asked = domains.questions(form, domain)
        table = tabulate.tabulate(form, [parts[domain.name]], questions=asked)
        assert set(table.questions) == {question.id for question in asked}
        assert sum(c.valid for c in table.questions.values()) == len(parts[domain.name])
