"""State that the steps of the demo pass on."""

from collections import Counter
from datetime import date, timedelta

from msgspec import Struct, field

from survey.demo.commands import Server
from survey.demo.homes import FIRST, KIOSK, OPEN_KIOSK, SECOND, Place
from survey.demo.letters_reader import Letter
from survey.demo.people import Done

# The later waves stay open as long as a demo may stay on somebody's desk.
OPEN = {
    FIRST: timedelta(days=27),
    KIOSK: timedelta(days=27),
    SECOND: timedelta(days=90),
    OPEN_KIOSK: timedelta(days=90),
}


class World(Struct, kw_only=True):
    """The jobcenter as it stands; letters and printed words by wave."""

    place: Place
    server: Server
    cases: Server
    today: date
    records: dict[str, int] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    letters: dict[str, list[Letter]] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    later: list[Done] = field(default_factory=list)
    visits: int = 0
    token: str = ""
    passwords: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)

    def closes_on(self, wave: str) -> date:
        """The last day of a wave."""
        return self.today + OPEN[wave]

    def codes(self, *courses: str) -> list[str]:
        """Codes of the simulated people who went these ways."""
        return [outcome.mind.code for outcome in self.done if outcome.mind.course in courses]

    def counted(self) -> Counter[str]:
        """Numbers of simulated people by course."""
        return Counter(outcome.mind.course for outcome in self.done)
