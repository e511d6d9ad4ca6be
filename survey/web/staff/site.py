"""What every staff page is made with; built once, where the application is wired."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from litestar.connection import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from msgspec import Struct

from survey.document import templates
from survey.engine.database import Database
from survey.errors import SettingsError
from survey.home import Home
from survey.http.fields import Fields
from survey.http.linked import LinkedPages
from survey.http.login_delay import LoginDelay
from survey.http.page import View
from survey.http.reply import Header, Reply
from survey.http.session import SessionCookie
from survey.http.staff_login import StaffLogin
from survey.http.static import StaticFiles
from survey.language import tags
from survey.language.translator import Translator, translator
from survey.model import accounts
from survey.model.accounts import Account
from survey.model.roles import ZONE
from survey.paths import STATIC
from survey.settings import Settings

FILES = (STATIC / "tokens.css", STATIC / "staff.css", STATIC / "vendor" / "htmx.min.js")
LANGUAGE = "language"


class StaffSite(Struct, frozen=True, kw_only=True):
    """The staff's side of one house; `clock` gives the time, `now` in the zone of the house."""

    home: Home
    pages: LinkedPages
    login: StaffLogin
    files: StaticFiles
    translators: dict[str, Translator]
    clock: Callable[[], datetime]

    @property
    def settings(self) -> Settings:
        """The settings of the house."""
        return self.home.settings

    @property
    def database(self) -> Database:
        """The database of the house."""
        return self.home.database

    def now(self) -> datetime:
        """The moment it is, in the time zone of the house."""
        return self.clock().astimezone(self.settings.zone)

    def today(self) -> date:
        """The day it is in the house."""
        return self.now().date()

    def language(self, request: Request[Any, Any, State]) -> str:
        """The account's language; before login what the address asks for, else German."""
        user = request.scope.get("user")
        if isinstance(user, Account):
            return user.language
        asked = request.query_params.get(LANGUAGE, "")
        return asked if asked in self.translators else tags.SOURCE

    def show(
        self, request: Request[Any, Any, State], view: View, *extra: Header, status: int = 200
    ) -> Reply:
        """The page of this view, in the language of who asks."""
        return self.pages.one(request, view, self.language(request), *extra, status=status)


TheSite: TypeAlias = NamedDependency[StaffSite]
TheFields: TypeAlias = NamedDependency[Fields]


def build(home: Home) -> StaffSite:
    """The site of this house.

    Raises:
        SettingsError: a file that pages ask for is not there
    """
    for path in FILES:
        _refuse_missing(path)
    files = StaticFiles(FILES)
    translators = {str(tag): translator(tag, tags.STAFF) for tag in accounts.LANGUAGES}
    https = home.settings.staff_url.startswith("https:")
    environments = {tag: templates.translated(words) for tag, words in translators.items()}
    return StaffSite(
        home=home,
        pages=LinkedPages(environments, files, https=https),
        login=StaffLogin(
            database=home.database,
            zone=ZONE,
            cookie=SessionCookie(home.settings.staff_url, name="staff", same_site="Strict"),
            delay=LoginDelay(),
            clock=home.now,
        ),
        files=files,
        translators=translators,
        clock=home.now,
    )


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise SettingsError(file=path, reason="is not there", cure="make setup")
