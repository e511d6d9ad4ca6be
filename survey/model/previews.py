"""Preview of what a report will show before it is frozen: no figure, and no reason.

Whoever reads the report sees the same. The reason of one gap would tell how many are behind it.
"""

from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

Kind: TypeAlias = Literal["rate", "topic", "statement", "grade", "help", "declared"]


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure about the whole house; `subject` is the id of a question or name of a topic."""

    kind: Kind
    subject: str
    shown: bool


class UnitLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit, and how many of its figures are shown."""

    label: str
    shown: int
    figures: int


class Preview(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Measured once for each report, so that two of them cannot be compared.

    Args:
        answered: how many took part, down to the step of k as in the weekly count; 0 below it
    """

    answered: int
    lines: tuple[Line, ...]
    units: tuple[UnitLine, ...]


def text(preview: Preview) -> str:
    """The preview as JSON."""
    return msgspec.json.encode(preview, order="sorted").decode()


def read(stored: str) -> Preview:
    """The preview that `text` wrote."""
    return msgspec.json.decode(stored, type=Preview)
