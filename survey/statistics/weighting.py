"""Weights: what precision they cost, how they are made from margins, how they are trimmed."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from survey.model.estimates import Undefined

Weights: TypeAlias = Sequence[float] | NDArray[np.float64]


def n_effective(weights: Weights) -> float | Undefined:
    """Number of equally weighted answers that would be as precise: (sum of w)^2 / sum of w^2.

    Args:
        weights: finite, >= 0, not all 0
    References:
        Kish 1965, Survey Sampling, 11.7
    """
    w = np.sort(np.asarray(weights, dtype=float))
    if w.size == 0:
        return Undefined(reason="no-answers")
    if not np.isfinite(w).all():
        return Undefined(reason="not-finite")
    if w[0] < 0:
        return Undefined(reason="negative-weights")
    if w[-1] == 0:
        return Undefined(reason="zero-weights")
    # Scaled first: weights of 1e-200 would underflow when squared.
    scaled = w / w[-1]
    return float(scaled.sum() ** 2 / (scaled**2).sum())
