"""A fact about a demo that was lived through, and what checks of it are."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from survey.demo.world import World


class Fact(Struct, frozen=True):
    """Something that must hold, in words."""

    words: str
    holds: bool


Check: TypeAlias = Callable[[World], Iterator[Fact]]
