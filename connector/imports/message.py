"""The texts of a finding's code."""

from msgspec import Struct


class Text(Struct, frozen=True):
    """A code's short name for summaries, and the sentence that says what to do."""

    title: str
    message: str
