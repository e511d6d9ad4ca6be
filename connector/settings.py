"""The connector's settings: `settings.toml` in its home, overruled by `CONNECTOR_*` variables.

Keys are no settings: they are files in the key directory.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from connector.letter_settings import LetterSettings
from survey import clock
from survey import settings as settings_file
from survey.model.programmes import Contact

PREFIX = "CONNECTOR_"


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the connector needs to know about the house it stands in; paths are below the home."""

    tenant: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9][a-z0-9-]{0,31}$",
            description="Short name of the jobcenter, the same as on the survey server.",
        ),
    ]
    connector_id: Annotated[
        str, Meta(description="What the survey server knows this connector by; empty: the tenant.")
    ] = ""
    database: Annotated[str, Meta(description="SQLite file.")] = "connector.db"
    keys: Annotated[
        str, Meta(description="Key directory; must not be in the backup of the database.")
    ] = "keys"
    server_url: Annotated[
        str, Meta(description="Address at which the connector reaches the survey server.")
    ] = "http://127.0.0.1:8000"
    survey_url: Annotated[
        str, Meta(description="Address printed on letters; empty: the server's.")
    ] = ""
    evaluator_fingerprint: Annotated[
        str,
        Meta(
            description="Fingerprint of the evaluator's key, as its holder tells it to you "
            "(survey keys fingerprint); nothing is sealed to another key."
        ),
    ] = ""
    server_fingerprint: Annotated[
        str,
        Meta(
            description="Fingerprint of the key that the survey server signs its replies with, as "
            "whoever runs it tells you (survey keys fingerprint --server); no other is heard."
        ),
    ] = ""
    host: Annotated[str, Meta(description="Interface the case pages listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="Port of the case pages.")] = 8001
    base_url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^/]+$",
            description="Address staff open in the house, without a slash at its end.",
        ),
    ] = "http://127.0.0.1:8001"
    period_days: Annotated[
        int, Meta(ge=0, description="Nobody is invited twice within so many days.")
    ] = 182
    ended_within_days: Annotated[
        int, Meta(ge=0, description="Cases that ended longer ago are not asked any more.")
    ] = 182
    barrier_address: Annotated[
        str,
        Meta(
            pattern=settings_file.BARRIER_ADDRESS,
            description="Case pages: where staff report a barrier in writing, an e-mail address or "
            "the address of a form; empty: the pages name the house's IT.",
        ),
    ] = ""
    time_zone: Annotated[
        str,
        Meta(
            description="Time zone of the house, the same as on the survey server: pages, log and "
            "commands follow it, whatever the machine's own is."
        ),
    ] = clock.GERMANY
    demo: Annotated[bool, Meta(description="Marks every letter as an example.")] = False
    house: Annotated[
        str, Meta(description="Letters: head, e.g. Jobcenter Musterstadt. Required.")
    ] = ""
    town: Annotated[str, Meta(description="Letters: stands before the date. Required.")] = ""
    sender: Annotated[
        str, Meta(description="Letters: who writes, as: name, function. Required.")
    ] = ""
    co_signer: Annotated[
        str,
        Meta(
            description="Letters: who signs with it, not of the jobcenter's management, as: name, "
            "function. Required."
        ),
    ] = ""
    return_line: Annotated[
        str,
        Meta(
            description="Letters: line above the address, for letters that come back; must not "
            "tell what they are about. Required."
        ),
    ] = ""
    help_name: Annotated[str, Meta(description="Letters: independent help contact. Required.")] = ""
    help_phone: Annotated[str, Meta(description="Letters: its telephone number. Required.")] = ""
    help_hours: Annotated[str, Meta(description="Letters: when it answers.")] = ""
    help_address: Annotated[str, Meta(description="Letters: where it is.")] = ""

    def __post_init__(self) -> None:
        clock.zone(self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the house."""
        return clock.zone(self.time_zone)


class Home(Struct, frozen=True, kw_only=True):
    """A home directory with the settings in force."""

    directory: Path
    settings: Settings

    @property
    def database(self) -> Path:
        """The database file."""
        return self.directory / self.settings.database

    @property
    def keys(self) -> Path:
        """The key directory."""
        return self.directory / self.settings.keys

    def now(self) -> datetime:
        """The moment it is, in the time zone of the house."""
        return clock.now(self.settings.time_zone)

    def today(self) -> date:
        """The day it is in the house."""
        return clock.today(self.settings.time_zone)

    @property
    def print_keys(self) -> Path:
        """One key per print run, gone when the run is finished."""
        return self.keys / "print"

    @property
    def connector_id(self) -> str:
        """The id under which the survey server knows this connector."""
        return self.settings.connector_id or self.settings.tenant

    @property
    def survey_url(self) -> str:
        """The address printed on letters."""
        return (self.settings.survey_url or self.settings.server_url).rstrip("/")

    @property
    def letter(self) -> LetterSettings:
        """What stands on letters; what is missing `letters_settings.refuse_unready` tells."""
        settings = self.settings
        contact = Contact(
            name=settings.help_name,
            phone=settings.help_phone,
            hours=settings.help_hours,
            address=settings.help_address,
        )
        return LetterSettings(
            house=settings.house,
            town=settings.town,
            sender=settings.sender,
            co_signer=settings.co_signer,
            help=contact,
            return_line=settings.return_line,
            sample=settings.demo,
        )


def read(directory: Path) -> Home:
    """The home with its settings.

    Raises:
        SettingsError: the file or a variable is missing or cannot be used
    """
    settings = settings_file.load(directory, Settings, prefix=PREFIX)
    return Home(directory=directory, settings=settings)
