"""What the steps of the demo hand on to each other."""

from collections import Counter
from datetime import date

from msgspec import Struct, field

from survey.demo.commands import Server
from survey.demo.homes import Place
from survey.demo.letters import Letter
from survey.demo.people import Done


class World(Struct, kw_only=True):
    """The jobcenter as it stands; letters and printed words by wave."""

    place: Place
    server: Server
    today: date
    closes_on: date
    records: dict[str, int] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    letters: dict[str, list[Letter]] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)

    def codes(self, *courses: str) -> list[str]:
        """Codes of the simulated people who went these ways."""
        return [each.mind.code for each in self.done if each.mind.course in courses]

    def counted(self) -> Counter[str]:
        """How many went which way."""
        return Counter(each.mind.course for each in self.done)
