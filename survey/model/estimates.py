"""The figures a report is made of: an estimate with its uncertainty, or the reason for none."""

from typing import Literal, TypeAlias

from msgspec import Struct

Reason: TypeAlias = Literal["too-few", "complement", "unanimous", "secondary", "not-asked"]

# Why a figure does not exist, as opposed to existing and being withheld.
NoFigure: TypeAlias = Literal[
    "no-answers",  # nothing to count
    "too-few-values",  # the formula needs more, e.g. two values for a standard deviation
    "below-floor",  # the method shows no such figure for so few people
    "no-variation",  # a denominator that measures spread is zero
    "not-finite",  # NaN or infinity among the values
    "unequal-lengths",  # columns that must be paired are not
    "level-out-of-range",  # of confidence, of a goal, of a scale
    "zero-weights",  # nothing carries weight
    "negative-weights",
    "mixed-directions",  # items that point to different sides without a declared key
    "missing-levels",  # a goal without a rating, a rating without a counterpart
    "reliability-out-of-range",
    "no-discordant-pairs",
    "empty-margin",  # a target without respondents, or respondents without a target
    "margins-disagree",  # targets that add up to different totals
    "overlapping",  # periods that share days
    "no-convergence",
    "not-estimable",
]


class Estimate(Struct, frozen=True, kw_only=True, tag="estimate", forbid_unknown_fields=True):
    """A figure with its interval at `level` (0..1); `n` valid answers, `missing` without one."""

    value: float
    low: float
    high: float
    n: int
    level: float = 0.95
    missing: int = 0


class Suppressed(Struct, frozen=True, kw_only=True, tag="suppressed", forbid_unknown_fields=True):
    """Not shown. All reasons look alike on paper; the reason is for the method page and tests.

    `low` and `high` (0..1) are set where bounds may be printed instead ("90 % or more").
    """

    reason: Reason
    low: float | None = None
    high: float | None = None


class Undefined(Struct, frozen=True, kw_only=True, tag="undefined", forbid_unknown_fields=True):
    """The result where a figure does not exist for the data, instead of a 0, a NaN or a crash."""

    reason: NoFigure


# What a report shows, and what a statistic gives.
Figure: TypeAlias = Estimate | Suppressed
Defined: TypeAlias = Estimate | Undefined
