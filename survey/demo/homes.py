"""Where the demo lives: one folder with a home for each zone and one for what it made itself.

Everything the demo deletes carries its mark; a home of somebody else is never touched.
"""

import shutil
from datetime import date
from pathlib import Path

import msgspec
import tomli_w
from msgspec import Struct

from survey import paths
from survey.demo.errors import DemoStopped

MARK = "made-by-demo"
SAVED = "demo.toml"
TENANT = "musterstadt"
NAME = "Jobcenter Musterstadt"
PROGRAMME = "zufriedenheit"
FIRST, SECOND = "herbst", "winter"
# The wave of the device in the entrance, beside the first.
KIOSK, DEVICE = "eingang", "tablet-1"
# And beside the second, still open when the demo is shown.
OPEN_KIOSK, OPEN_DEVICE = "eingang-winter", "tablet-2"
# Opened within an hour of the first ones, of whatever season: that is no way to tell them apart.
TITLES = {
    SECOND: "Wie ist das Jobcenter für Sie, zweite Befragung",
    OPEN_KIOSK: "Wie ist das Jobcenter für Sie, am Gerät, zweite Befragung",
}
# Every view of the first wave's figures that the demo writes: edition and language.
PAPERS = (("internal", "de"), ("council", "de"), ("council", "en"))
# Letters nobody opens: their codes are for whoever tries the demo.
SPARE_CODES = 12


class Lived(Struct, frozen=True, kw_only=True):
    """What a second start must know; `codes` are of letters of the open wave that nobody used."""

    port: int
    closes_on: date
    codes: tuple[str, ...]
    passwords: dict[str, str]
    signs: dict[str, str]
    token: str


class Place(Struct, frozen=True, kw_only=True):
    """Every path of one demo."""

    home: Path
    port: int

    @property
    def survey(self) -> Path:
        """The survey server's home."""
        return self.home / "survey"

    @property
    def connector(self) -> Path:
        """The connector's home."""
        return self.home / "connector"

    @property
    def own(self) -> Path:
        """Exports, letters, report: what would lie with other people."""
        return self.home / "demo"

    @property
    def base_url(self) -> str:
        """The address people open."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cases_port(self) -> int:
        """The port of the case pages."""
        return self.port + 1

    @property
    def staff_port(self) -> int:
        """The port of the staff pages."""
        return self.port + 2

    @property
    def cases_url(self) -> str:
        """The address case managers open, in the jobcenter's network."""
        return f"http://127.0.0.1:{self.cases_port}"

    @property
    def staff_url(self) -> str:
        """The address staff open."""
        return f"http://127.0.0.1:{self.staff_port}"

    @property
    def mapping(self) -> Path:
        """The mapping that is shipped for this export."""
        return paths.ROOT / "connector" / "mappings" / "fallmanagement.toml"

    def report(self, edition: str, language: str) -> Path:
        """Path of a report of the first wave."""
        return self.own / f"bericht-{FIRST}-{edition}-{language}.pdf"

    def export(self, wave: str) -> Path:
        """The export before this wave."""
        return self.own / f"export-{wave}.csv"

    def findings(self, wave: str) -> Path:
        """Path of the findings of a wave's import."""
        return self.own / f"befunde-{wave}.csv"

    def letters(self, wave: str) -> Path:
        """The letters where the connector writes them."""
        return self.own / f"briefe-{wave}.pdf"

    def reminders(self, wave: str) -> Path:
        """The reminders where the connector writes them."""
        return self.own / f"erinnerungen-{wave}.pdf"

    def posted(self, wave: str) -> Path:
        """The letters once they are out of the house, where no `--finish` can get them."""
        return self.own / "post" / f"briefe-{wave}.pdf"


def begin(place: Place) -> None:
    """Make the folders, marked as ours and unfinished.

    Raises:
        DemoStopped: there is a home that the demo did not make
    """
    for folder in (place.survey, place.connector, place.own):
        _refuse_foreign(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / MARK).write_text("Synthetic people only; `survey demo --fresh` deletes this.\n")
    (place.own / "post").mkdir(exist_ok=True)


def clear(place: Place) -> None:
    """Delete what an earlier demo made.

    Raises:
        DemoStopped: there is a home that the demo did not make
    """
    folders = (place.survey, place.connector, place.own)
    for folder in folders:
        _refuse_foreign(folder)
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def save(place: Place, lived: Lived) -> None:
    """Note that everything is there; written last and whole."""
    facts = msgspec.to_builtins(lived, builtin_types=(date,))
    part = place.own / f"{SAVED}.part"
    part.write_text(tomli_w.dumps(facts), "utf-8")
    part.replace(place.own / SAVED)


def lived(place: Place) -> Lived | None:
    """What an earlier demo left, None when there is nothing or it was not finished."""
    try:
        return msgspec.toml.decode((place.own / SAVED).read_bytes(), type=Lived)
    except (OSError, msgspec.DecodeError):
        return None


def begun(place: Place) -> bool:
    """Whether the demo's folder already holds something."""
    return any(folder.exists() for folder in (place.survey, place.connector, place.own))


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise DemoStopped(
            f"{folder} is there and was not made by the demo",
            cure="move it away, or give another folder by --home",
        )
