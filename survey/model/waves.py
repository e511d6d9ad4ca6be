"""A wave: one round of asking, with its form and its thresholds frozen when it is created."""

from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

# planned: created; sampled: invitations have arrived; open: codes work; closed: reports may be run.
State: TypeAlias = Literal["planned", "sampled", "open", "closed"]

# Forms answered at a device by whoever comes: no letters, no sample, counted apart.
AT_DEVICES = frozenset({"kiosk"})


class Thresholds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frozen with the wave. Floors by the instrument's method: people, not answers, are counted."""

    k: int = 10
    k_sensitive: int = 20
    k_up: int = 20
    comments: int = 15


class Wave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number` counts within the programme; `form_version` is the sha256 of the frozen form."""

    wave_id: str
    programme_id: str
    number: int
    form_id: str
    form_version: str
    opens_on: date
    closes_on: date
    state: State
    thresholds: Thresholds
    print_destroyed: bool = False

    @property
    def by_letter(self) -> bool:
        """Whether people are invited; the others come to a device."""
        return self.form_id not in AT_DEVICES


class Unit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reporting unit of at least three case managers; the label is printed in reports."""

    unit_id: str
    label: str


class SampleCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many were invited in one unit and cell; at least k_up."""

    unit_id: str
    cell: str
    invited: int


# How long after a wave's last day what a person shows can be seen.
RELEASE_DAYS = 180


def slot(sent_on: date) -> date:
    """The Monday on which what was released on this day is handed over.

    Of the second week after: 8 to 14 days later, so that there is a week at least to take it back,
    and everybody of one week comes at once.
    """
    return sent_on - timedelta(days=sent_on.weekday()) + timedelta(weeks=2)


def released_until(closes_on: date) -> date:
    """The last day on which what was released in a wave can be seen."""
    return closes_on + timedelta(days=RELEASE_DAYS)
