"""Several tests that belong together: adjusted within one named family, declared beforehand."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct

from survey.model.estimates import Undefined

Method: TypeAlias = Literal["benjamini-hochberg", "holm"]


class Family(Struct, frozen=True, kw_only=True):
    """Adjusted p values in the order given, and which are rejected at `level`."""

    name: str
    method: Method
    adjusted: tuple[float, ...]
    rejected: tuple[bool, ...]
    level: float


def benjamini_hochberg(
    name: str, ps: Sequence[float], *, level: float = 0.05
) -> Family | Undefined:
    """Controls the expected share of false findings among the findings of the family.

    Args:
        ps: 0..1
        level: the share that is accepted
    References:
        Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289
    """
    wrong = _refusal(ps, level)
    if wrong is not None:
        return wrong
    p = np.asarray(ps, dtype=float)
    order = np.argsort(p, kind="stable")
    raised = p[order] * p.size / np.arange(1, p.size + 1)
    stepped = np.minimum.accumulate(raised[::-1])[::-1]
    return _family(name, "benjamini-hochberg", order, stepped, level)


def holm(name: str, ps: Sequence[float], *, level: float = 0.05) -> Family | Undefined:
    """Controls the chance of any false finding in the family.

    References:
        Holm 1979, Scandinavian Journal of Statistics 6:65
    """
    wrong = _refusal(ps, level)
    if wrong is not None:
        return wrong
    p = np.asarray(ps, dtype=float)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    return _family(name, "holm", order, stepped, level)


def _refusal(ps: Sequence[float], level: float) -> Undefined | None:
    if not ps:
        return Undefined(reason="no-answers")
    if not all(0 <= p <= 1 for p in ps) or not 0 < level < 1:
        return Undefined(reason="level-out-of-range")
    return None


def _family(
    name: str, method: Method, order: np.ndarray, stepped: np.ndarray, level: float
) -> Family:
    adjusted = np.empty(order.size)
    adjusted[order] = np.minimum(stepped, 1.0)
    return Family(
        name=name,
        method=method,
        adjusted=tuple(adjusted.tolist()),
        rejected=tuple((adjusted <= level).tolist()),
        level=level,
    )
