"""The request for an import, and its outcome."""

from datetime import date

from msgspec import Struct

from connector.imports import findings
from connector.imports.findings import Finding
from connector.imports.mapping import Loaded
from connector.imports.questions import Agreed
from connector.imports.source.kinds import Source, Words
from connector.state.runs import Run
from connector.state.staged import Difference


class ImportRequest(Struct, frozen=True, kw_only=True):
    """The request for an import; `today` is the day recorded for it."""

    source: Source
    loaded: Loaded
    as_of: date
    today: date
    dry_run: bool = False
    agreed: Agreed = Agreed()


class Outcome(Struct, kw_only=True):
    """Outcome of an import: counts of records, then of episodes.

    Args:
        earlier: the import of this very file with the same mapping and day, when it was the last
        vanished: cases flagged as gone; none when the file may not be whole
        lifted: people whom nothing would protect any more
        words: how sentences name the source
        description: how the source was read
    """

    found: list[Finding] = []
    records: int = 0
    filtered: int = 0
    difference: Difference | None = None
    vanished: int = 0
    lifted: int = 0
    earlier: Run | None = None
    as_of: date
    words: Words
    description: str = ""

    def count(self, grade: findings.Grade) -> int:
        """How many records have a finding of this grade."""
        return len({finding.record for finding in self.found if finding.grade == grade})

    @property
    def questions(self) -> list[Finding]:
        """Findings that stop the import until somebody agrees; empty when others stop it."""
        stops = [finding for finding in self.found if finding.grade == "file"]
        asked = [stop for stop in stops if stop.code.startswith("F-LA-")]
        return asked if len(asked) == len(stops) else []

    @property
    def status(self) -> int:
        """0, 1 when rows were refused, 2 when the file was."""
        grades = {finding.grade for finding in self.found}
        return 2 if "file" in grades else 1 if "row" in grades else 0
