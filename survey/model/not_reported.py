"""Questions that a report leaves out, each with the reason, so that none is missed silently."""

from typing import Literal, TypeAlias

from msgspec import Struct

Reason: TypeAlias = Literal[
    "type",  # no figure is defined for questions that are answered in this way
    "scale",  # statements, grades or helps on a scale that the report has no picture of
    "without-code",  # reported of waves with codes only
]


class NotReported(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question that was asked and is in no chapter."""

    question_id: str
    reason: Reason
