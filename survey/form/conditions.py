"""Conditions: which questions they look at, and whether they hold."""

from collections.abc import Iterator
from typing import assert_never

from survey.model.answers import Answers, Chosen, Quantity
from survey.model.form import All, AnyOf, Between, Condition, Either, Not


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition is true; a question without answer, or refused, fulfils nothing."""
    match condition:
        case AnyOf(question=question, codes=codes):
            said = answers.get(question)
            return isinstance(said, Chosen) and any(code in codes for code in said.codes)
        case Between(question=question, least=least, most=most):
            said = answers.get(question)
            return isinstance(said, Quantity) and least <= said.value <= most
        case All(conditions=parts):
            return all(holds(part, answers) for part in parts)
        case Either(conditions=parts):
            return any(holds(part, answers) for part in parts)
        case Not(condition=part):
            return not holds(part, answers)
        case _:
            assert_never(condition)


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
