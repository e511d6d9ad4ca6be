"""What `make demo CHECK=1` verifies, without living through it."""

import pytest

from survey.demo import journey
from survey.demo.errors import DemoStopped
from tests.demo import check
from tests.demo.checks.facts import Fact


def test_every_step_of_the_demo_is_verified():
    assert list(check.AFTER) == [step.name for step in journey.STEPS]


def test_facts_that_hold_are_counted_and_said(capsys):
    assert check.hold(iter([Fact("a", True), Fact("b", True)]), "Keys: ") == 2
    assert capsys.readouterr().out == "        Keys: 2 facts hold\n"


def test_a_fact_that_does_not_hold_stops_the_demo_with_its_words():
    with pytest.raises(DemoStopped, match="no key is missing"):
        check.hold(iter([Fact("a key", True), Fact("no key is missing", False)]))
