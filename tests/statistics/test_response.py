"""W11: test data of rOpenSci's outcomerate (CC0)."""

import pytest

from survey.model.estimates import Undefined
from survey.statistics import response

COUNTS = {"I": 4, "P": 2, "R": 1, "NC": 1, "O": 1, "UH": 1, "UO": 1, "NE": 1}


def test_w11_aapor_rates():
    found = response.rates(COUNTS)
    assert found.e == 0.9
    rates = [found.rr1, found.rr2, found.rr3, found.rr4, found.rr5, found.rr6]
    assert [round(x, 3) for x in rates] == [0.364, 0.545, 0.370, 0.556, 0.444, 0.667]
    others = [found.coop1, found.ref1, found.con1]
    assert [round(x, 3) for x in others] == [0.500, 0.091, 0.727]


def test_w11_weighted():
    outcomes = ["I", "P", "I", "UO", "R", "I", "NC", "I", "O", "P", "UH"]
    weighted = response.count(outcomes, [1.3] * 6 + [2.5] * 5)
    assert round(response.rates(weighted).rr2, 5) == 0.50246
    assert round(response.rates(response.count(outcomes)).rr2, 2) == 0.55


def test_a_given_e_is_used_and_named():
    found = response.rates(COUNTS, e=0.5)
    assert (found.e, found.rr3) == (0.5, 0.4)


@pytest.mark.parametrize(
    ("answered", "outcome"), [(12, "I"), (10, "I"), (9, "P"), (6, "P"), (5, "R"), (0, "R")]
)
def test_an_answer_is_complete_from_80_percent_and_partial_from_50(answered, outcome):
    assert response.outcome(answered, 12) == outcome


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({}, "no-answers"),
        ({"NE": 3}, "no-answers"),
        ({"I": -1}, "negative-weights"),
        ({"X": 1}, "level-out-of-range"),
    ],
)
def test_there_are_no_rates_for(counts, reason):
    assert response.rates(counts) == Undefined(reason=reason)
    assert response.count(["I"], []) == Undefined(reason="unequal-lengths")


def test_cooperation_without_contact_is_undefined_but_response_is_zero():
    found = response.rates({"NC": 5})
    assert found.rr2 == 0
    assert found.coop1 == Undefined(reason="no-answers")


def test_of_a_sample_of_unknowns_alone_nobody_took_part():
    """AAPOR Standard Definitions: RR1, RR2, REF1 and CON1 count every unknown in the base."""
    nobody = Undefined(reason="no-answers")
    found = response.rates({"UH": 3, "UO": 2})
    assert (found.rr1, found.rr2, found.ref1, found.con1) == (0, 0, 0, 0)
    assert (found.e, found.rr3, found.rr4, found.rr5, found.con3) == (nobody,) * 5
    given = response.rates({"UH": 3, "UO": 2}, e=0.5)
    assert (given.rr3, given.rr4, given.ref2, given.con2) == (0, 0, 0, 0)
    assert (given.rr5, given.rr6, given.ref3, given.coop1) == (nobody,) * 4
    none_eligible = response.rates({"UO": 2, "NE": 8})
    assert (none_eligible.e, none_eligible.rr1, none_eligible.rr3) == (0, 0, nobody)


def test_the_flow_only_narrows():
    found = response.flow([("eligible", 900), ("invited", 400), ("T0", 180), ("T3", 90)])
    assert [stage.n for stage in found] == [900, 400, 180, 90]
    assert found[0].of_previous is None
    assert found[3].of_previous.value == 0.5
    with pytest.raises(ValueError, match="proportion"):
        response.flow([("a", 1), ("b", 2)])
    assert response.flow([("a", 0), ("b", 0)])[1].of_previous == Undefined(reason="no-answers")
