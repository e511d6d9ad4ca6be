"""Units against a common target: how much they differ beyond chance.

No ranks. Which units may be points is in `floors`, where the limits of a picture lie in `funnel`.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from survey.model.estimates import Undefined

WINSORISED = 0.10


class Overdispersion(Struct, frozen=True, kw_only=True):
    """How much more units differ than chance explains.

    Args:
        target: overall share
        z, adjusted: per unit in the order given, without and with the variance between units
        phi: mean of the squared winsorised z; 1 is chance alone
        tau2: variance between units, 0 when chance explains all
        errors: standard error per unit without tau2
    """

    target: float
    z: tuple[float, ...]
    adjusted: tuple[float, ...]
    phi: float
    tau2: float
    errors: tuple[float, ...]


def overdispersion(
    hits: Sequence[float], answers: Sequence[int], *, target: float | None = None
) -> Overdispersion | Undefined:
    """Differences between units beyond chance, by the method of the winsorised z scores.

    Args:
        hits, answers: per unit, 0 <= hits <= answers, answers > 0; hits need not be whole where
            only the share is known
        target: 0..1 exclusive; the share over all units by default
    References:
        Spiegelhalter 2005, Quality and Safety in Health Care 14:347; DerSimonian and Laird 1986
        (tau2)
    Raises:
        ValueError: counts of another kind
    """
    y, n = np.asarray(hits, dtype=float), np.asarray(answers, dtype=float)
    if y.shape != n.shape:
        return Undefined(reason="unequal-lengths")
    if y.size < 2:
        return Undefined(reason="too-few-values")
    if (y < 0).any() or (y > n).any():
        raise ValueError("more hits than answers")
    if (n == 0).any():
        return Undefined(reason="no-answers")
    p0 = float(y.sum() / n.sum()) if target is None else target
    if not 0 < p0 < 1:
        return Undefined(reason="no-variation")
    errors = np.sqrt(p0 * (1 - p0) / n)
    z = (y / n - p0) / errors
    phi = float(np.mean(np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2))
    tau2 = between(phi, errors.tolist())
    return Overdispersion(
        target=p0,
        z=tuple(z.tolist()),
        adjusted=tuple((z * errors / np.sqrt(errors**2 + tau2)).tolist()),
        phi=phi,
        tau2=tau2,
        errors=tuple(errors.tolist()),
    )


def between(phi: float, errors: Sequence[float]) -> float:
    """Variance between units from `phi` and their standard errors; 0 when chance explains all."""
    w = 1 / np.asarray(errors, dtype=float) ** 2
    units = w.size
    spread = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, (units * phi - (units - 1)) / spread)
