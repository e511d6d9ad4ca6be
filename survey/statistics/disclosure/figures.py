"""The figures of one row, after it is settled that they may be shown: shares and means, rounded."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Estimate, Figure, Suppressed, Undefined
from survey.statistics import floors, mean, proportion
from survey.statistics.disclosure import deduction, rounding, threshold
from survey.statistics.disclosure.merge import Parts
from survey.statistics.disclosure.threshold import Rules


class Share(Struct, frozen=True):
    """The share as shown, and the raw one where the shown one is weighted."""

    shown: Figure
    raw: Figure | None = None


def share(
    favourable: NDArray[np.bool_], weights: NDArray[np.float64] | None, rules: Rules, missing: int
) -> Share:
    """Share of the favourable among the answers of a row, or why it is withheld."""
    hits, n = int(favourable.sum()), int(favourable.size)
    hidden = threshold.share(hits, n, rules)
    if hidden is not None:
        return Share(hidden, None if weights is None else hidden)
    raw = printed(proportion.proportion(hits, n, missing=missing))
    if weights is None:
        return Share(raw)
    why = _weights_tell(favourable, weights, rules)
    both = proportion.weighted(favourable, weights, missing=missing)
    if why is not None or isinstance(both, Undefined):
        return Share(why or Suppressed(reason="too-few"), raw)
    return Share(rounding.share(both.estimate), raw)


def _weights_tell(
    favourable: NDArray[np.bool_], weights: NDArray[np.float64], rules: Rules
) -> Suppressed | None:
    """Why a weighted share may not stand beside the raw one, or None.

    Both together are two equations for the people of each weight: whoever shares a weight must be
    k people besides herself, and of two weights alone each must be a group whose share could be
    shown.
    """
    _, group, sizes = np.unique(weights, return_inverse=True, return_counts=True)
    if int(sizes.min()) <= rules.k:
        return Suppressed(reason="secondary")
    hits = np.bincount(group, favourable, sizes.size).astype(int)
    shown = (threshold.share(int(h), int(n), rules) for h, n in zip(hits, sizes, strict=True))
    tells = sizes.size == 2 and any(why is not None for why in shown)
    return Suppressed(reason="secondary") if tells else None


def printed(estimate: Estimate | Undefined) -> Figure:
    """A share as printed; what has no figure has nothing to show."""
    if isinstance(estimate, Undefined):
        return Suppressed(reason="too-few")
    return rounding.share(estimate)


def scored(counts: Sequence[int], scores: Sequence[float], parts: Parts | Suppressed) -> Figure:
    """Mean of coded answers beside their distribution, or why it is withheld.

    Not below the floor of the method; not where there is no distribution to show; not where base,
    joined categories and mean together would tell how a small category divides.
    """
    if isinstance(parts, Suppressed):
        return parts
    if floors.refusal("mean", sum(counts)) is not None:
        return Suppressed(reason="too-few")
    if deduction.betrays(counts, scores, parts):
        return Suppressed(reason="secondary")
    estimate = deduction.of_counts(counts, scores)
    return Suppressed(reason="too-few") if isinstance(estimate, Undefined) else estimate


def measured(values: NDArray[np.float64], rules: Rules, missing: int) -> Figure:
    """Mean of measured values of a row, or why it is withheld."""
    few = threshold.base(values.size, rules.k)
    if few is not None or floors.refusal("mean", values.size) is not None:
        return few or Suppressed(reason="too-few")
    _, often = np.unique(values, return_counts=True)
    # All but one or two with the same value: the mean tells everybody's.
    if values.size - int(often.max()) < rules.category:
        return Suppressed(reason="unanimous")
    estimate = mean.mean(values, missing=missing)
    if isinstance(estimate, Undefined):
        return Suppressed(reason="too-few")
    return rounding.mean(estimate)
