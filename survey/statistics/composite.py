"""Several questions as one figure, the mean of their shares: how precise it is over people.

A person answers all questions of a topic in a similar mood; what counts is how much people differ,
not how many ticks they made.
"""

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Undefined


def effective(answers: NDArray[np.integer]) -> float | Undefined:
    """How many independent answers are as precise as the mean of the shares of the questions.

    With every question answered by everybody it is that of the mean over people of each person's
    own mean; who left a question out counts with the others.

    Args:
        answers: people x questions; 1 favourable, 0 not, below 0 no answer
    Returns:
        between one and all answers; Undefined without answers to a question, or where all agree
    References:
        Woodruff 1971, JASA 66:411 (linearisation, people as clusters); Kish 1965, Survey Sampling,
        8.2 (effective number)
    """
    there = answers >= 0
    answered = there.sum(axis=0)
    if answers.size == 0 or (answered == 0).any():
        return Undefined(reason="no-answers")
    shares = np.where(there, answers, 0).sum(axis=0) / answered
    share = float(shares.mean())
    own = np.where(there, (answers - shares) / answered, 0.0).sum(axis=1) / answered.size
    people = int(there.any(axis=1).sum())
    if people < 4:
        return Undefined(reason="too-few-values")
    # Sorted, because people arrive in random order and the last digit must not depend on it. Three
    # instead of one: Student's wider tails.
    variance = float(np.sort(own**2).sum()) * people / (people - 3)
    if variance == 0 or not 0 < share < 1:
        return Undefined(reason="no-variation")
    return min(max(share * (1 - share) / variance, 1.0), float(answered.sum()))
