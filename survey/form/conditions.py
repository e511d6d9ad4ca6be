"""Conditions: which questions they look at, and whether they hold."""

from collections.abc import Collection, Iterator
from typing import assert_never

from survey.model.answers import Answers, Chosen, Quantity
from survey.model.form import All, AnyOf, Between, Condition, Either, Not


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition is true; a question without answer, or refused, fulfils nothing."""
    return _verdict(condition, answers, ()) is True


def may_hold(condition: Condition, answers: Answers, unknown: Collection[str]) -> bool:
    """Whether it could be true, whatever was answered to the questions that are `unknown` here."""
    return _verdict(condition, answers, unknown) is not False


def leaves(condition: Condition) -> Iterator[AnyOf | Between]:
    """The comparisons a condition is made of, in the order written."""
    match condition:
        case AnyOf() | Between():
            yield condition
        case All(conditions=parts) | Either(conditions=parts):
            for part in parts:
                yield from leaves(part)
        case Not(condition=part):
            yield from leaves(part)
        case _:
            assert_never(condition)


def _verdict(condition: Condition, answers: Answers, unknown: Collection[str]) -> bool | None:
    """Kleene's logic: None where it depends on what is unknown."""
    match condition:
        case AnyOf(question=question) | Between(question=question):
            return None if question in unknown else _compared(condition, answers)
        case All(conditions=parts):
            verdicts = [_verdict(part, answers, unknown) for part in parts]
            return False if False in verdicts else None if None in verdicts else True
        case Either(conditions=parts):
            verdicts = [_verdict(part, answers, unknown) for part in parts]
            return True if True in verdicts else None if None in verdicts else False
        case Not(condition=part):
            verdict = _verdict(part, answers, unknown)
            return None if verdict is None else not verdict
        case _:
            assert_never(condition)


def _compared(leaf: AnyOf | Between, answers: Answers) -> bool:
    said = answers.get(leaf.question)
    match leaf:
        case AnyOf(codes=codes):
            return isinstance(said, Chosen) and any(code in codes for code in said.codes)
        case Between(least=least, most=most):
            return isinstance(said, Quantity) and least <= said.value <= most
        case _:
            assert_never(leaf)
