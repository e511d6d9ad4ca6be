"""How many people a figure must rest on, and what is said where nearly all agree.

These are the single rules; `publish` is the way out that applies all of them. What is derivable
from several published figures together is `suppress`, `audit` and `registry`.
"""

from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from survey.model.estimates import Suppressed
from survey.model.rounding import rounded
from survey.model.waves import Thresholds

Kind: TypeAlias = Literal["standard", "sensitive", "circumstances", "staff", "comments"]

# Thresholds can be raised for a wave, never lowered.
LEAST = Thresholds()
# Organisations answer about themselves and know each other; fewer of them exist.
STAFF = 7
# Below three, each of two knows the other.
CATEGORY = 3


class Rules(Struct, frozen=True, kw_only=True):
    """Thresholds for one kind of figure: at least `k` people, `category` in each category shown."""

    k: int
    category: int = CATEGORY


def rules(thresholds: Thresholds, kind: Kind) -> Rules:
    """The rules for one kind of figure under the thresholds frozen with the wave.

    A threshold below that of the method counts as the method's.
    """
    match kind:
        case "standard":
            return Rules(k=max(LEAST.k, thresholds.k))
        case "sensitive":
            return Rules(k=max(LEAST.k_sensitive, thresholds.k, thresholds.k_sensitive))
        case "circumstances":
            # A language shared by few is a name: each that is shown is spoken by a whole group.
            k = rules(thresholds, "sensitive").k
            return Rules(k=k, category=k)
        case "staff":
            return Rules(k=STAFF)
        case "comments":
            return Rules(k=max(LEAST.comments, thresholds.k, thresholds.comments))
        case _:
            assert_never(kind)


def base(n: int, k: int) -> Suppressed | None:
    """The reason not to show anything about `n` people, or None."""
    return Suppressed(reason="too-few") if n < k else None


def rate(part: int, whole: int, k: int) -> Suppressed | None:
    """The reason not to show a rate of taking part, or None.

    Those who did and those who did not must be at least `k` each.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"part {part} of {whole}")
    if part < k:
        return Suppressed(reason="too-few")
    return Suppressed(reason="complement") if whole - part < k else None


def share(hits: int, n: int, rules: Rules) -> Suppressed | None:
    """The reason not to show a share, or None: too few people, or too few on one side.

    All or nearly all in agreement tells everybody's answer however many they are. What may be
    printed then are bounds ("90 % or more"), equal for 0, 1 and 2 dissenters so that they do not
    tell which of it is the case.
    """
    few = base(n, rules.k)
    if few is not None:
        return few
    if min(hits, n - hits) >= rules.category:
        return None
    # Whole tenths that hold for every hidden number of dissenters: 0.9 from 20 people on.
    bound = (10 * (n - rules.category + 1) // n) / 10
    if 2 * hits > n:
        return Suppressed(reason="unanimous", low=bound, high=1.0)
    return Suppressed(reason="unanimous", low=0.0, high=rounded(1 - bound, 1))
