"""How often a name is written in one way, and in which record of an import first."""

from msgspec import Struct


class Spelling(Struct, frozen=True, kw_only=True):
    """One way to write a name; `record` is 0 for known cases."""

    value: str
    times: int
    record: int
