"""Dependencies of every page of the connector; built once, where the application is wired."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from litestar.connection import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from msgspec import Struct

from connector.roles import ZONE
from connector.settings import Home
from survey.document import templates
from survey.engine.database import Database
from survey.http.linked import LinkedPages
from survey.http.login_delay import LoginDelay
from survey.http.page import View
from survey.http.reply import Header, Reply
from survey.http.session import SessionCookie
from survey.http.staff_login import StaffLogin
from survey.http.static import StaticFiles
from survey.language import tags
from survey.language.translator import Translator, translator
from survey.linkage import keys
from survey.model.accounts import Account
from survey.paths import STATIC

FILES = (STATIC / "tokens.css", STATIC / "staff.css", STATIC / "cases.css")
LANGUAGE = "language"


class CaseSite(Struct, frozen=True, kw_only=True):
    """The pages of one house; `clock` gives the time, `case_key` opens case numbers."""

    home: Home
    database: Database
    case_key: bytes
    pages: LinkedPages
    login: StaffLogin
    files: StaticFiles
    translators: dict[str, Translator]
    clock: Callable[[], datetime]

    def today(self) -> date:
        """The day it is in the house."""
        return self.clock().astimezone(self.home.settings.zone).date()

    def language(self, request: Request[Any, Any, State]) -> str:
        """The account's language; before login what the address asks for, else German."""
        user = request.scope.get("user")
        asked = user.language if isinstance(user, Account) else request.query_params.get(LANGUAGE)
        return asked if asked in self.translators else tags.SOURCE

    def show(
        self, request: Request[Any, Any, State], view: View, *extra: Header, status: int = 200
    ) -> Reply:
        """The page of this view, in the language of who asks."""
        return self.pages.one(request, view, self.language(request), *extra, status=status)


TheSite: TypeAlias = NamedDependency[CaseSite]


def build(home: Home, database: Database, clock: Callable[[], datetime] | None = None) -> CaseSite:
    """The site of a home.

    Raises:
        KeyMissing: the key of case numbers is not there
    """
    files = StaticFiles(FILES)
    translators = {tag: translator(tag, tags.CASES) for tag in tags.STAFF_LANGUAGES}
    https = home.settings.base_url.startswith("https:")
    environments = {tag: templates.translated(words) for tag, words in translators.items()}
    return CaseSite(
        home=home,
        database=database,
        case_key=keys.read(home.keys, "case"),
        pages=LinkedPages(environments, files, https=https),
        login=StaffLogin(
            database=database,
            zone=ZONE,
            cookie=SessionCookie(home.settings.base_url, name="cases", same_site="Strict"),
            delay=LoginDelay(),
            clock=clock or home.now,
        ),
        files=files,
        translators=translators,
        clock=clock or home.now,
    )
