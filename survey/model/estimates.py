"""The only figures that leave `survey.report`: an estimate with its uncertainty, or the reason for none."""

from typing import Literal, TypeAlias

from msgspec import Struct

Reason: TypeAlias = Literal["too-few", "complement", "unanimous", "secondary", "not-asked"]


class Estimate(Struct, frozen=True, kw_only=True, tag="estimate", forbid_unknown_fields=True):
    """A figure with its interval at `level` (0..1); `n` valid answers, `missing` asked without one."""

    value: float
    low: float
    high: float
    n: int
    level: float = 0.95
    missing: int = 0


class Suppressed(Struct, frozen=True, kw_only=True, tag="suppressed", forbid_unknown_fields=True):
    """Not shown. All reasons look alike on paper; the reason is for the method page and the tests."""

    reason: Reason


Figure: TypeAlias = Estimate | Suppressed
