"""How precise a topic is: one number about all people who answered its questions, in tens.

The shares of the questions are published by themselves; what is added is how much their answers
have in common. Of two questions that may tell how many said the same to both: where it would tell
of fewer people than a category needs, nothing is added.
"""

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Suppressed, Undefined
from survey.statistics import composite, floors
from survey.statistics.disclosure import columns, populations, rounding, threshold
from survey.statistics.disclosure.registry import Entry, Population
from survey.statistics.disclosure.request import Composed, Precise
from survey.statistics.disclosure.threshold import CATEGORY, Rules


def gather(request: Composed, rows: int) -> NDArray[np.int64]:
    """Members x questions: 1 favourable, 0 not, -1 no answer.

    Raises:
        ValueError: another number of rows than members, fewer than two questions
    """
    if len(request.questions) < 2:
        raise ValueError(f"{request.variable}: a topic of one question is that question")
    answers = [columns.codes(question, 2, rows) for question in request.questions]
    return np.column_stack([np.maximum(column, -1) for column in answers])


def precise(request: Composed, answers: NDArray[np.int64], rules: Rules) -> Precise:
    """The effective number of answers, or why it is withheld."""
    people = int((answers >= 0).any(axis=1).sum())
    n = threshold.base(people, rules.k) or people
    return Precise(variable=request.variable, n=n, effective=_effective(answers, rules))


def entry(request: Composed, answers: NDArray[np.int64], positions: NDArray[np.int64]) -> Entry:
    """The table for the registry: those with an answer to any of the questions."""
    there = (answers >= 0).any(axis=1)
    kinds, often = np.unique(answers[there], axis=0, return_counts=True)
    content = repr((kinds.tolist(), often.tolist())).encode()
    members = populations.members(positions[there])
    whole = Population("whole", "whole", members, columns.digest(content))
    return Entry(request.variable, (whole,))


def _effective(answers: NDArray[np.int64], rules: Rules) -> int | Suppressed:
    for column in answers.T:
        hits, n = int((column == 1).sum()), int((column >= 0).sum())
        hidden = threshold.share(hits, n, rules)
        if hidden is not None:
            return Suppressed(reason=hidden.reason)
        if floors.refusal("mean", n) is not None:
            return Suppressed(reason="too-few")
    effective = composite.effective(answers)
    if isinstance(effective, Undefined):
        return Suppressed(reason="unanimous")
    if answers.shape[1] == 2 and _betrays(answers):
        return Suppressed(reason="secondary")
    return rounding.effective(effective)


def _betrays(answers: NDArray[np.int64]) -> bool:
    """Whether of two questions a reader learns how few people said one thing to both.

    Reckoned with a reader who knows every count but that one: of those who answered both questions,
    how many liked both. Every number it can have is tried against the one that is printed.
    """
    both = answers[(answers >= 0).all(axis=1)]
    alone = answers[(answers >= 0).sum(axis=1) == 1]
    n, first, second = len(both), int(both[:, 0].sum()), int(both[:, 1].sum())
    true = int(both.prod(axis=1).sum())

    def cells(liked: int) -> tuple[int, ...]:
        return liked, first - liked, second - liked, n - first - second + liked

    small = [i for i, count in enumerate(cells(true)) if 0 < count < CATEGORY]
    if not small:
        return False
    printed = _printed(_pairs(cells(true)), alone)
    possible = range(max(0, first + second - n), min(first, second) + 1)
    fitting = {liked for liked in possible if _printed(_pairs(cells(liked)), alone) == printed}
    # Every cell moves by one with the number that liked both.
    low = high = true
    while low - 1 in fitting:
        low -= 1
    while high + 1 in fitting:
        high += 1
    return high - low < CATEGORY


def _printed(both: NDArray[np.int64], alone: NDArray[np.int64]) -> int | None:
    effective = composite.effective(np.vstack((both, alone)))
    return None if isinstance(effective, Undefined) else rounding.effective(effective)


def _pairs(cells: tuple[int, ...]) -> NDArray[np.int64]:
    kinds = np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=np.int64)
    return np.repeat(kinds, cells, axis=0)
