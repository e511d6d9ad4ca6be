"""What measuring a report gives, whatever the report is."""

from typing import Generic, TypeVar

from msgspec import Struct

from survey.statistics.disclosure.registry import Registry

S = TypeVar("S")


class Measured(Struct, Generic[S], frozen=True, kw_only=True):
    """A snapshot, and the registry of published figures to be kept before anybody sees it."""

    snapshot: S
    registry: Registry
