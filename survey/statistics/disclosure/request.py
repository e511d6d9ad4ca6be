"""Requests of a report and their results: the border of the disclosure control.

Columns are parallel to the `members` of the request, one row per answer sheet; positions below 0
mean no answer or no group (`NOT_ASKED`: and none was expected). Plain lists and numpy arrays both
do.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.model.estimates import Figure, Suppressed
from survey.statistics.disclosure.comments import PublishedComments as PublishedComments
from survey.statistics.disclosure.comments import ReviewedComment as ReviewedComment
from survey.statistics.disclosure.registry import Registry, Threat
from survey.statistics.disclosure.threshold import Kind as Kind
from survey.statistics.mean import Quartiles

Positions: TypeAlias = Sequence[int] | NDArray[np.signedinteger[Any]]
Edition: TypeAlias = Literal["house", "public"]

# The question was not put to this member: no answer, and not a missing one.
NOT_ASKED = -2


class Breakdown(Struct, frozen=True, kw_only=True):
    """Disjoint groups, e.g. units; `of` gives the position in `groups` for each member.

    `invited` per group, where readers know it, tells how large a hidden group can be at most.
    Members without a group form a row of their own with an empty label. `withheld` are positions of
    groups that are hidden in any case, e.g. because their rate of taking part is: every base shown
    of them would tell it.
    """

    name: str
    groups: tuple[str, ...]
    of: Positions
    invited: tuple[int, ...] | None = None
    withheld: frozenset[int] = frozenset()


class Counted(Struct, frozen=True, kw_only=True):
    """A question with codes. `variable` names form and question, never the wave.

    Args:
        answers: position in `codes` for each member
        ordered: neighbours may be joined; else small categories become one rest
        favourable: codes that make the share; needs an order
        scores: a number per code, where a mean of the whole is wanted
        group_scores: the same, where means of the groups are wanted
    """

    variable: str
    codes: tuple[str, ...]
    answers: Positions
    kind: Kind = "standard"
    ordered: bool = True
    favourable: tuple[str, ...] = ()
    scores: tuple[float, ...] | None = None
    group_scores: tuple[float, ...] | None = None
    breakdown: Breakdown | None = None


class Measured(Struct, frozen=True, kw_only=True):
    """A number per member (a change, a score); NaN where there is none."""

    variable: str
    values: Sequence[float]
    kind: Kind = "standard"
    breakdown: Breakdown | None = None


class Composed(Struct, frozen=True, kw_only=True):
    """Two or more questions that make one topic: how precise the mean of their shares is.

    Args:
        questions: of each, 1 for a favourable answer of a member, 0 for another, below 0 for none
    """

    variable: str
    questions: tuple[Positions, ...]
    kind: Kind = "standard"


class Rated(Struct, frozen=True, kw_only=True):
    """Taking part, by group: counts only, since nobody knows who did. `variable` names the wave.

    `beside` are counts published elsewhere that hold those who `responded` and some more (partial
    answers): where they are one or two more, nothing is shown.
    """

    variable: str
    groups: tuple[str, ...]
    invited: tuple[int, ...]
    responded: tuple[int, ...]
    beside: tuple[int, ...] | None = None
    kind: Kind = "standard"


class Crossed(Struct, frozen=True, kw_only=True):
    """Taking part by an attribute, beside the rates of groups asked for as `Rated` before.

    Args:
        invited, responded: groups x columns
        shown: positions of the groups whose rate is shown
    """

    variable: str
    columns: tuple[str, ...]
    invited: tuple[tuple[int, ...], ...]
    responded: tuple[tuple[int, ...], ...]
    shown: frozenset[int]
    kind: Kind = "standard"


class Commented(Struct, frozen=True, kw_only=True):
    """Free texts to one question of the whole jobcenter; no breakdown exists for them."""

    variable: str
    comments: tuple[ReviewedComment, ...]


TableRequest: TypeAlias = Counted | Measured | Composed | Rated | Crossed | Commented


class Request(Struct, frozen=True, kw_only=True):
    """Tables over the same answer sheets.

    Args:
        members: an id per answer sheet that is the same in every run (it is hashed at once)
        weights: per member, > 0; shares are then shown weighted with the raw ones beside
    """

    members: Sequence[bytes]
    tables: tuple[TableRequest, ...]
    weights: Sequence[float] | None = None
    edition: Edition = "house"


class Category(Struct, frozen=True, kw_only=True):
    """One code or several joined ones, and how many chose them.

    `percent` (of the whole only): together 100, those of the favourable side adding up to the share
    as printed.
    """

    codes: tuple[str, ...]
    count: int | Suppressed
    percent: int | None = None


class Row(Struct, frozen=True, kw_only=True):
    """Everything shown of one group. None: was not asked for."""

    label: str
    n: int | Suppressed
    categories: tuple[Category, ...] | Suppressed = ()
    share: Figure | None = None
    unweighted: Figure | None = None
    mean: Figure | None = None
    quartiles: Quartiles | None = None


class Table(Struct, frozen=True, kw_only=True, tag="table"):
    """The whole and, by the breakdown's order, its groups."""

    variable: str
    breakdown: str | None
    whole: Row
    rows: tuple[Row, ...] = ()


class Precise(Struct, frozen=True, kw_only=True, tag="precise"):
    """Of so many people, how many independent answers would be as precise."""

    variable: str
    n: int | Suppressed
    effective: int | Suppressed


class Withheld(Struct, frozen=True, kw_only=True, tag="withheld"):
    """Nothing of this table may be shown beside what is published already."""

    variable: str
    breakdown: str | None
    threat: Threat


Result: TypeAlias = Table | Precise | Withheld | PublishedComments


class Published(Struct, frozen=True, kw_only=True):
    """The results in the order asked for; `registry` must be kept before they are shown."""

    results: tuple[Result, ...]
    registry: Registry
