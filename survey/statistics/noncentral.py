"""The noncentral t distribution where it is needed for intervals of effect sizes.

scipy's `nct.cdf` gives NaN far from t, and a root search started from fixed ends meets it; so the
probability is integrated here, which holds for any t, and the search goes from t outwards.
"""

from math import exp, lgamma, log, sqrt

import numpy as np
from scipy import optimize, stats

NODES, WEIGHTS = np.polynomial.legendre.leggauss(256)
# Beyond this many standard deviations the normal distribution has less than 1e-18.
FAR = 9.0


def cdf(t: float, df: float, delta: float) -> float:
    """P(T <= t) for T = (Z + delta) / sqrt(chi2 / df); absolute error about 1e-10.

    References:
        Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 31
    """
    if t < 0:
        return 1.0 - cdf(-t, df, -delta)
    if t == 0:
        return float(stats.norm.cdf(-delta))
    # Over the normal part when the chi part is wide for this t, else over the chi part.
    return _over_normal(t, df, delta) if t > sqrt(2 * df) else _over_chi(t, df, delta)


def deltas(t: float, df: float, level: float) -> tuple[float, float]:
    """The noncentralities between which an observed `t` is not surprising at `level`."""
    tail = (1 - level) / 2
    return _delta(t, df, 1 - tail), _delta(t, df, tail)


def _delta(t: float, df: float, probability: float) -> float:
    def excess(delta: float) -> float:
        return cdf(t, df, delta) - probability

    step = 1.0 + abs(t) / sqrt(2 * df)
    low, high = t - step, t + step
    while excess(low) < 0:
        low, step = low - step, 2 * step
    while excess(high) > 0:
        high, step = high + step, 2 * step
    return float(optimize.brentq(excess, low, high, xtol=1e-12, rtol=1e-13))


def _over_normal(t: float, df: float, delta: float) -> float:
    """The integral over z of phi(z) P(chi / sqrt(df) >= (z + delta) / t)."""
    low, high = max(-FAR, -delta), max(FAR, -delta)
    z = low + (NODES + 1) / 2 * (high - low)
    above = stats.chi2.sf(df * ((z + delta) / t) ** 2, df)
    integral = float(np.sum(WEIGHTS * stats.norm.pdf(z) * above)) * (high - low) / 2
    return float(stats.norm.cdf(-delta)) + integral


def _over_chi(t: float, df: float, delta: float) -> float:
    """The integral over s of the density of chi / sqrt(df) at s times Phi(t s - delta)."""
    low, high = sqrt(stats.chi2.ppf(1e-17, df) / df), sqrt(stats.chi2.isf(1e-17, df) / df)
    s = low + (NODES + 1) / 2 * (high - low)
    constant = log(2) + df / 2 * log(df / 2) - lgamma(df / 2)
    density = np.exp(constant + (df - 1) * np.log(s) - df * s**2 / 2)
    values = WEIGHTS * density * stats.norm.cdf(t * s - delta)
    return float(np.sum(values)) * (high - low) / 2


def hedges_factor(df: float) -> float:
    """The exact factor that takes the small-sample bias out of a standardised mean difference.

    Args:
        df: > 1 (the factor does not exist at 1)
    References:
        Hedges 1981, Journal of Educational Statistics 6:107, J(m)
    """
    if df <= 1:
        raise ValueError(f"no correction with {df} degrees of freedom")
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
