"""Participation: the flow of people through a programme, and response rates by AAPOR.

With a list of all who are in the programme the report prints RR2; e is named where RR3 or RR4 is.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Defined, Undefined
from survey.statistics import proportion

# interview, partial, refusal, no contact, other, unknown if a person lives there, unknown if
# eligible otherwise, not eligible
Disposition: TypeAlias = Literal["I", "P", "R", "NC", "O", "UH", "UO", "NE"]
CODES: tuple[Disposition, ...] = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")

# Share of the core questions answered from which an answer is complete, or partial.
COMPLETE, PARTIAL = 0.80, 0.50


class Rates(Struct, frozen=True, kw_only=True):
    """AAPOR outcome rates, 0..1; `e` is the share of the unknown taken to be eligible.

    Undefined is what divides by nobody: of a sample of unknowns alone, all but RR1, RR2, REF1 and
    CON1, which count the unknown in full and are 0.
    """

    e: float | Undefined
    rr1: float
    rr2: float
    rr3: float | Undefined
    rr4: float | Undefined
    rr5: float | Undefined
    rr6: float | Undefined
    coop1: float | Undefined
    coop2: float | Undefined
    coop3: float | Undefined
    coop4: float | Undefined
    ref1: float
    ref2: float | Undefined
    ref3: float | Undefined
    con1: float
    con2: float | Undefined
    con3: float | Undefined


class Stage(Struct, frozen=True, kw_only=True):
    """One stage of the flow: how many got there, and their share of the stage before."""

    name: str
    n: int
    of_previous: Defined | None


def outcome(answered: int, asked: int) -> Disposition | Undefined:
    """I, P or R by the share of core questions answered: from 80 %, from 50 %, below (a break-off).

    Raises:
        ValueError: more answered than asked
    """
    if not 0 <= answered <= asked:
        raise ValueError(f"{answered} of {asked} questions")
    if asked == 0:
        return Undefined(reason="no-answers")
    share = answered / asked
    if share >= COMPLETE:
        return "I"
    return "P" if share >= PARTIAL else "R"


def rates(counts: Mapping[Disposition, float], *, e: float | None = None) -> Rates | Undefined:
    """All rates from the (weighted) number of people per disposition; absent ones are 0.

    Args:
        e: 0..1; by default the share of eligible ones among those whose eligibility is known
    Returns:
        Undefined when nobody may be eligible, or a disposition is unknown
    References:
        AAPOR 2016, Standard Definitions, 9th edition
    """
    if any(code not in CODES for code in counts) or (e is not None and not 0 <= e <= 1):
        return Undefined(reason="level-out-of-range")
    if any(not count >= 0 for count in counts.values()):
        return Undefined(reason="negative-weights")
    i, p, r, nc, o, uh, uo, ne = (float(counts.get(code, 0)) for code in CODES)
    eligible, unknown = i + p + r + nc + o, uh + uo
    everybody = eligible + unknown
    if everybody == 0:
        return Undefined(reason="no-answers")
    share = _of(eligible, eligible + ne) if e is None else float(e)
    # Where nobody's eligibility is known, e has to be given.
    guessed = share if isinstance(share, float) else 0.0
    likely = eligible + guessed * unknown
    return Rates(
        e=share,
        rr1=i / everybody,
        rr2=(i + p) / everybody,
        rr3=_of(i, likely),
        rr4=_of(i + p, likely),
        rr5=_of(i, eligible),
        rr6=_of(i + p, eligible),
        coop1=_of(i, i + p + r + o),
        coop2=_of(i + p, i + p + r + o),
        coop3=_of(i, i + p + r),
        coop4=_of(i + p, i + p + r),
        ref1=r / everybody,
        ref2=_of(r, likely),
        ref3=_of(r, eligible),
        con1=(i + p + r + o) / everybody,
        con2=_of(i + p + r + o, likely),
        con3=_of(i + p + r + o, eligible),
    )


def count(
    outcomes: Sequence[Disposition], weights: Sequence[float] | None = None
) -> dict[Disposition, float] | Undefined:
    """The (design-weighted) number of people per disposition, for `rates`."""
    given = [1.0] * len(outcomes) if weights is None else list(weights)
    if len(given) != len(outcomes):
        return Undefined(reason="unequal-lengths")
    if any(not weight >= 0 for weight in given):
        return Undefined(reason="negative-weights")
    return {
        code: sum(sorted(w for value, w in zip(outcomes, given, strict=True) if value == code))
        for code in CODES
    }


def flow(stages: Sequence[tuple[str, int]], *, level: float = 0.95) -> tuple[Stage, ...]:
    """The stages in order, e.g. eligible, in the programme, invited, T0, T3, T4.

    Raises:
        ValueError: a stage with more people than the one before
    """
    reached: list[Stage] = []
    for name, n in stages:
        before = reached[-1].n if reached else None
        share = None if before is None else proportion.proportion(n, before, level=level)
        reached.append(Stage(name=name, n=n, of_previous=share))
    return tuple(reached)


def _of(part: float, whole: float) -> float | Undefined:
    return part / whole if whole > 0 else Undefined(reason="no-answers")
