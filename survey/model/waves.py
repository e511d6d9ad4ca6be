"""A wave: one round of asking, with its form and its thresholds frozen when it is created."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model import floors
from survey.model.modes import Mode

# planned: created; sampled: invitations have arrived; open: codes work; closed: reports may be run;
# withdrawn: planned and given up before anybody was invited.
State: TypeAlias = Literal["planned", "sampled", "open", "closed", "withdrawn"]


class Thresholds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frozen with the wave. Floors by the instrument's method: people, not answers, are counted."""

    k: int = floors.K
    k_sensitive: int = floors.K_SENSITIVE
    k_up: int = floors.K_UP
    comments: int = floors.K_COMMENTS

    @property
    def texts(self) -> int:
        """How many texts to a question there must be to print any; never fewer than answers."""
        return max(self.k, self.comments)


class Wave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number` counts within the programme; `form_version` is the sha256 of the frozen form.

    Args:
        mode: how people are asked, see survey.model.modes
        title: how staff and reports call it; `wave_id` is its short name in addresses and commands
        closes_on: the last day for answering, and for deleting what was written, as people are told
        closed_on: the day on which somebody closed it, before `closes_on` or after
        prolonged_from: the last day as letters say, where a later one was set since
        withdrawn_on, withdrawn_because: set when its state is "withdrawn"
    """

    wave_id: str
    programme_id: str
    number: int
    form_id: str
    form_version: str
    opens_on: date
    closes_on: date
    state: State
    thresholds: Thresholds
    mode: Mode = "letter"
    print_destroyed: bool = False
    title: str = ""
    closed_on: date | None = None
    prolonged_from: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str = ""

    @property
    def last_day(self) -> date:
        """The last day on which answers can come, or could before it was closed early."""
        return last_day(self.closes_on, self.closed_on)

    @property
    def closed_early(self) -> bool:
        """Whether answers stopped before the announced day."""
        return self.last_day < self.closes_on

    @property
    def letters_say(self) -> date:
        """The last day as it stands in letters."""
        return self.prolonged_from or self.closes_on

    @property
    def shown_until(self) -> date:
        """The last day on which what was released can be seen.

        Counted from the day that stood there first: whoever answered before a later one was set
        was told this end.
        """
        return released_until(self.letters_say)

    @property
    def texts_leave_on(self) -> date:
        """The first day on which texts can no longer be deleted by code, and are read."""
        return self.closes_on + timedelta(days=1)


class Unit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reporting unit of at least three case managers; the label is printed in reports."""

    unit_id: str
    label: str


class SampleCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many were invited in one unit and cell; at least k_up."""

    unit_id: str
    cell: str
    invited: int


def cells(sample: Sequence[SampleCell]) -> tuple[str, ...]:
    """The coarse attributes under which people were invited, whatever their unit."""
    return tuple(sorted({recipient.cell for recipient in sample}))


def last_day(closes_on: date, closed_on: date | None) -> date:
    """The last day for answers; a wave closed late took none after its announced day."""
    return closes_on if closed_on is None else min(closes_on, closed_on)


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
