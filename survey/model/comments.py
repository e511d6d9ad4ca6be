"""Words of one's own after the close: read by two people, printed only as the second agreed."""

from typing import Literal, TypeAlias

from msgspec import Struct

# open: nobody has decided; proposed: the first person has; approved, withheld: a second agreed.
State: TypeAlias = Literal["open", "proposed", "approved", "withheld"]

# The longest reason, and the longest word from the second person to the first, in characters.
LONGEST_REASON = 300


class Proposal(Struct, frozen=True, kw_only=True, array_like=True):
    """The first reviewer's proposal for a comment.

    Args:
        text: to be printed; None for: not to be printed
        reason: why not
        translated: the text was put into German by the first person
        returned: what the second person asked to be done differently
    """

    text: str | None
    reason: str = ""
    translated: bool = False
    returned: str = ""


class Comment(Struct, frozen=True, kw_only=True):
    """A text that two people agreed on, by question; only a `quotable` one is printed by itself.

    `translated` is shown without the language, which would tell who may have written it.
    """

    question: str
    text: str
    quotable: bool
    translated: bool
