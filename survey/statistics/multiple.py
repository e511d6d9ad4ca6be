"""Several tests that belong together: adjusted within one named family, declared beforehand."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Undefined

Method: TypeAlias = Literal["benjamini-hochberg", "holm"]


class Family(Struct, frozen=True, kw_only=True):
    """Adjusted p values in the order given, and which are rejected at `level`.

    Args:
        cut: the rejected are those whose own p is at most this: where a line can be drawn
    """

    name: str
    method: Method
    adjusted: tuple[float, ...]
    rejected: tuple[bool, ...]
    level: float
    cut: float


def benjamini_hochberg(
    name: str, ps: Sequence[float], *, level: float = 0.05
) -> Family | Undefined:
    """Controls the expected share of false findings among the findings of the family.

    Where nothing is to be found, it controls the chance of any finding as well.

    Args:
        ps: 0..1
        level: the share that is accepted
    References:
        Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289
    """
    wrong = _refusal(ps, level)
    if wrong is not None:
        return wrong
    order = _rising(ps)
    raised = [ps[i] * len(ps) / rank for rank, i in enumerate(order, start=1)]
    stepped = list(accumulate(reversed(raised), min))[::-1]
    adjusted = _adjusted(order, stepped)
    rejected = sum(p <= level for p in adjusted)
    return _family(name, "benjamini-hochberg", adjusted, level, level * max(rejected, 1) / len(ps))


def holm(name: str, ps: Sequence[float], *, level: float = 0.05) -> Family | Undefined:
    """Controls the chance of any false finding in the family.

    References:
        Holm 1979, Scandinavian Journal of Statistics 6:65
    """
    wrong = _refusal(ps, level)
    if wrong is not None:
        return wrong
    order = _rising(ps)
    raised = [ps[i] * (len(ps) - rank) for rank, i in enumerate(order)]
    adjusted = _adjusted(order, list(accumulate(raised, max)))
    kept = len(ps) - sum(p <= level for p in adjusted)
    return _family(name, "holm", adjusted, level, level / max(kept, 1))


def _refusal(ps: Sequence[float], level: float) -> Undefined | None:
    if not ps:
        return Undefined(reason="no-answers")
    if not all(0 <= p <= 1 for p in ps) or not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    return None


def _rising(ps: Sequence[float]) -> list[int]:
    return sorted(range(len(ps)), key=lambda i: ps[i])


def _adjusted(order: Sequence[int], stepped: Sequence[float]) -> tuple[float, ...]:
    """Values by rising p, put back into the order given."""
    by_place = dict(zip(order, stepped, strict=True))
    return tuple(min(by_place[i], 1.0) for i in range(len(order)))


def _family(
    name: str, method: Method, adjusted: tuple[float, ...], level: float, cut: float
) -> Family:
    return Family(
        name=name,
        method=method,
        adjusted=adjusted,
        rejected=tuple(p <= level for p in adjusted),
        level=level,
        cut=cut,
    )
