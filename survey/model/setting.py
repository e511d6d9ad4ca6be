"""Programme and wave as a report names them: frozen with its figures."""

from datetime import date

from msgspec import Struct

from survey.model.programmes import Level
from survey.model.waves import Thresholds, last_day


class Setting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Programme and wave as the report names them.

    Args:
        title: empty in reports that were frozen before waves had one
        closes_on: the last day that was planned; `last_day` is the real one
        closed_on: the day on which somebody closed the wave, before `closes_on` or after
        prolonged_from: the last day as letters say, where a later one was set
    """

    programme_id: str
    programme: str
    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    level: Level
    wave_id: str
    wave_number: int
    opens_on: date
    closes_on: date
    form_id: str
    form_version: str
    thresholds: Thresholds
    title: str = ""
    closed_on: date | None = None
    prolonged_from: date | None = None

    @property
    def name(self) -> str:
        """The name of the wave."""
        return self.title or self.wave_id

    @property
    def last_day(self) -> date:
        """The last day on which answers came in."""
        return last_day(self.closes_on, self.closed_on)

    @property
    def closed_early(self) -> bool:
        """Whether answers stopped before the announced day."""
        return self.last_day < self.closes_on
