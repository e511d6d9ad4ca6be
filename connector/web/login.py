"""Login, logout, language."""

import asyncio
import re
from typing import ClassVar

from litestar import Controller, get, post

from connector.cases import logins
from connector.state import accounts
from connector.web import frame
from connector.web.frame import AREAS, Frame
from connector.web.session import AnyRequest, CaseRequest, allows, fields_of
from connector.web.site import CaseSite, TheSite
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply

# Where somebody may be led after her login: our own pages, nothing that could lead elsewhere.
PLACE = re.compile(
    r"/(?:cases(?:/[0-9a-f]{64})?|shown|team|audit|accounts|about)(?:\?[\w=&%.+-]*)?", re.ASCII
)
LONGEST = 200


class LoginView(View, frozen=True, kw_only=True):
    """`wrong`: login and password did not fit; `ended`: a session is over."""

    template: ClassVar[str] = "cases/login.html"

    frame: Frame
    login: str
    next: str
    wrong: bool = False
    ended: bool = False


@get("/", guards=[allows()], sync_to_thread=False)
def home(request: CaseRequest) -> Reply:
    """To the first area of this person."""
    return reply.see_other(f"/{AREAS[request.user.role][0]}")


class LoginPages(Controller):
    """The door."""

    @get("/login", sync_to_thread=False)
    def show(self, request: AnyRequest, site: TheSite) -> Reply:
        """The form; whoever is logged in goes to her pages."""
        if request.user is not None:
            return reply.see_other(f"/{AREAS[request.user.role][0]}")
        view = LoginView(
            frame=frame.around(site, request),
            login="",
            next=_place(request.query_params.get("next", "")),
            ended="ended" in request.query_params,
        )
        return site.show(request, view)

    @post("/login")
    async def enter(self, request: AnyRequest, site: TheSite) -> Reply:
        """Let in, or give the one reply for whatever is wrong."""
        sent = fields_of(request)
        login = form_fields.single(sent, "login").strip().casefold()[:LONGEST]
        password = form_fields.single(sent, "password")[:LONGEST]
        await asyncio.sleep(site.login_delay.seconds(login))
        entered = await asyncio.to_thread(
            logins.log_in, site.database, login, password, at=site.clock()
        )
        place = _place(form_fields.single(sent, "next"))
        if entered is None:
            site.login_delay.failed(login)
            view = LoginView(frame=frame.around(site, request), login=login, next=place, wrong=True)
            return site.show(request, view, status=422)
        site.login_delay.succeeded(login)
        first = f"/{AREAS[entered.account.role][0]}"
        return reply.see_other(place or first, site.cookie.keep(entered.token))

    @post("/logout", guards=[allows()], sync_to_thread=True)
    def leave(self, request: CaseRequest, site: TheSite) -> Reply:
        """End this session."""
        logins.log_out(site.database, request.auth.token, request.user, at=site.clock())
        return reply.see_other("/login", site.cookie.clear())

    @post("/language", guards=[allows()], sync_to_thread=True)
    def speak(self, request: CaseRequest, site: TheSite) -> Reply:
        """Keep the language of this account."""
        sent = fields_of(request)
        wanted = form_fields.single(sent, "language")
        if wanted in site.translators:
            _keep_language(site, request.user.account_id, wanted)
        return reply.see_other(_place(form_fields.single(sent, "place")) or "/")


def _keep_language(site: CaseSite, account_id: str, language: str) -> None:
    with site.database.write() as tx:
        accounts.set_language(tx, account_id, language)


def _place(wanted: str) -> str:
    """The address if it is one of ours, else nothing."""
    return wanted if PLACE.fullmatch(wanted) else ""
