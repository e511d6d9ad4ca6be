"""Forecast of the figures that a wave can publish, made before a letter is printed.

Each invited person answers or not by herself, with one chance for everybody: the number of answers
of a unit is binomial. Nobody knows that chance beforehand, so that three are shown. Only the
standard library: the pages ask this, and they load no scipy.
"""

from collections.abc import Sequence
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model import rounding
from survey.model.waves import Thresholds
from survey.statistics import floors
from survey.statistics.disclosure import threshold

RATES = (0.15, 0.25, 0.35)
# A unit that reaches its threshold in nine of ten waves counts as printable, else as narrow.
SURE = 0.9

# few: expected below the threshold; complement: enough, but its number would give away that of a
# hidden one; narrow: may well fall below; else what the method shows of so many.
Outlook: TypeAlias = Literal["few", "complement", "narrow", "share", "mean", "subgroups"]


class Expectation(Struct, frozen=True, kw_only=True):
    """The expected answers and published figures of one group of invited people.

    Args:
        answers: expected number, rounded
        margin: half width of the 95 % interval of a share of 50 %, 0..1
        chance: of reaching the threshold, 0..1
        outlook, sensitive: for questions of the usual and of the sensitive kind
    """

    invited: int
    answers: int
    margin: float
    chance: float
    outlook: Outlook
    sensitive: Outlook


class Scenario(Struct, frozen=True, kw_only=True):
    """One response rate, for the whole house and for its units in the order given."""

    rate: float
    whole: Expectation
    units: tuple[Expectation, ...]


def scenario(invited: Sequence[int], rate: float, thresholds: Thresholds) -> Scenario:
    """What units with these numbers of `invited` people will show if `rate` of them answer.

    Args:
        rate: 0..1
    Raises:
        ValueError: a rate or a number of another kind
    """
    if not 0 <= rate <= 1 or not invited or min(invited) < 0:
        raise ValueError(f"{rate} of {list(invited)}")
    k = threshold.rules(thresholds, "standard").k
    k_sensitive = threshold.rules(thresholds, "sensitive").k
    usual, careful = _outlooks(invited, rate, k), _outlooks(invited, rate, k_sensitive)
    return Scenario(
        rate=rate,
        whole=_expectation(
            sum(invited),
            rate,
            k,
            (_outlook(sum(invited), rate, k), _outlook(sum(invited), rate, k_sensitive)),
        ),
        units=tuple(
            _expectation(size, rate, k, outlook)
            for size, *outlook in zip(invited, usual, careful, strict=True)
        ),
    )


def half_width(n: float, *, level: float = 0.95) -> float:
    """Half the width of the Wilson interval of a share of 50 % among `n` answers; 0.5 for none.

    Without a finite population correction, as everywhere in the report: who answers is no random
    draw from those invited, and what the report speaks of, how people are treated, goes beyond them
    (Cochran 1977, Sampling Techniques, section 2.14, leaves it out for the same reason). With it
    the interval would be an eighth narrower when a quarter answers, a precision that nobody has.

    References:
        Wilson 1927, solved for a share of one half
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    return z / (2 * sqrt(max(n, 0) + z**2))


def chance(invited: int, rate: float, least: int) -> float:
    """How likely at least `least` of `invited` people answer, each with chance `rate`."""
    if least <= 0:
        return 1.0
    if rate <= 0 or invited < least:
        return 0.0
    if rate >= 1:
        return 1.0
    return min(1.0, max(0.0, 1.0 - sum(_point(invited, rate, i) for i in range(least))))


def _point(n: int, p: float, i: int) -> float:
    """Binomial probability, by logarithms: a factorial of a whole city fits no number."""
    ways = lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1)
    return exp(ways + i * log(p) + (n - i) * log1p(-p))


def _expectation(invited: int, rate: float, k: int, outlooks: Sequence[Outlook]) -> Expectation:
    return Expectation(
        invited=invited,
        answers=rounding.whole(invited * rate),
        margin=half_width(invited * rate),
        chance=chance(invited, rate, k),
        outlook=outlooks[0],
        sensitive=outlooks[1],
    )


def _outlooks(invited: Sequence[int], rate: float, k: int) -> list[Outlook]:
    """Of every unit; hidden ones must be k besides each of them, or one more covers them."""
    outlooks = [_outlook(size, rate, k) for size in invited]
    hidden = [place for place, outlook in enumerate(outlooks) if outlook == "few"]
    shown = [place for place, outlook in enumerate(outlooks) if outlook != "few"]
    if hidden and shown and sum(invited[place] for place in hidden) * rate < k + 1:
        outlooks[min(shown, key=lambda place: (invited[place], place))] = "complement"
    return outlooks


def _outlook(invited: int, rate: float, k: int) -> Outlook:
    expected = rounding.whole(invited * rate)
    if expected < k:
        return "few"
    if chance(invited, rate, k) < SURE:
        return "narrow"
    showing = floors.showable(expected)
    if "subgroups" in showing:
        return "subgroups"
    return "mean" if "mean" in showing else "share"
