"""How exactly figures are printed: whole per cent, means to one decimal, bases to five in public.

Less than what is computed, so that a base and a mean together do not give back the last answer.
Intervals are rounded outwards.
"""

from collections.abc import Sequence
from math import ceil, floor

import msgspec

from survey.model import rounding
from survey.model.estimates import Estimate
from survey.statistics.mean import Quartiles

STEP = 5
TENS = 10
# Room for sums like 0.1 + 0.2 when deciding whether a value is already round.
SLACK = 1e-9


def share(estimate: Estimate) -> Estimate:
    """To whole per cent, halves up; what is not all or nothing never becomes 100 or 0 per cent."""
    value = rounding.rounded(estimate.value, 2)
    if 0 < estimate.value < 1:
        value = min(max(value, 0.01), 0.99)
    return _outwards(estimate, value, 100)


def mean(estimate: Estimate) -> Estimate:
    """To one decimal, halves up."""
    return _outwards(estimate, rounding.rounded(estimate.value, 1), 10)


def percents(quota: int, counts: Sequence[int]) -> list[int]:
    """`quota` whole per cents shared out in proportion, by largest remainder; first at a tie."""
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    whole = [quota * count // total for count in counts]
    order = sorted(range(len(counts)), key=lambda i: (-(quota * counts[i] % total), i))
    for i in order[: quota - sum(whole)]:
        whole[i] += 1
    return whole


def base(n: int) -> int:
    """To the nearest multiple of five, halves up; every number by itself, sums may differ."""
    return (2 * n + STEP) // (2 * STEP) * STEP


def effective(answers: float) -> int:
    """An effective number of answers, down to tens: rather too uncertain than too certain."""
    return max(TENS, int(answers) // TENS * TENS)


def public(estimate: Estimate) -> Estimate:
    """The estimate with its bases rounded for a public edition."""
    return msgspec.structs.replace(estimate, n=base(estimate.n), missing=base(estimate.missing))


def quartiles(exact: Quartiles) -> Quartiles:
    """To one decimal, as means are, with the base rounded: each may be the value of one person."""
    lower, median, upper = (
        rounding.rounded(value, 1) for value in (exact.lower, exact.median, exact.upper)
    )
    return Quartiles(lower=lower, median=median, upper=upper, n=base(exact.n))


def _outwards(estimate: Estimate, value: float, parts: int) -> Estimate:
    low = floor(estimate.low * parts + SLACK) / parts
    high = ceil(estimate.high * parts - SLACK) / parts
    return msgspec.structs.replace(
        estimate, value=value, low=min(low, value), high=max(high, value)
    )
