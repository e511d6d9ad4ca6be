"""The score interval of a share, from numbers alone: light enough for a page to reckon with."""

from math import sqrt
from statistics import NormalDist


def limits(share: float, n: float, *, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval around a `share` as precise as one of `n` independent answers.

    Args:
        share: 0..1
        n: effective number of answers, > 0, need not be whole
        level: of confidence, between 0 and 1
    References:
        Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3
    """
    return at(share, n, NormalDist().inv_cdf(0.5 + level / 2))


def at(share: float, n: float, z: float) -> tuple[float, float]:
    """Wilson interval of a share at `z` standard errors."""
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # Exact in theory at 0 and 1; floating point would leave the range by 1e-17.
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)
