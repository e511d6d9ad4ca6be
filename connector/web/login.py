"""Login, logout, language."""

import re
from typing import ClassVar

from litestar import Controller, get, post

from connector.roles import ZONE
from connector.web import frame
from connector.web.frame import Frame
from connector.web.session import allows
from connector.web.site import TheSite
from survey.http import fields as form_fields
from survey.http import reply, staff_login
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import AnyRequest, StaffRequest, fields_of
from survey.model.accounts import LANGUAGES, Account
from survey.staff import accounts

# Where somebody may be led after her login: our own pages, nothing that could lead elsewhere.
PLACE = re.compile(
    r"/(?:cases(?:/[0-9a-f]{64})?|shown|team|audit|accounts|about)(?:\?[\w=&%.+-]*)?", re.ASCII
)


class LoginView(View, frozen=True, kw_only=True):
    """`wrong`: login and password did not fit; `ended`: a session is over."""

    template: ClassVar[str] = "cases/login.html"

    frame: Frame
    login: str
    next: str
    wrong: bool = False
    ended: bool = False


@get("/", guards=[allows()], sync_to_thread=False)
def home(request: StaffRequest) -> Reply:
    """To the first area of this person."""
    return reply.see_other(_start(request.user))


class LoginPages(Controller):
    """The door."""

    @get("/login", sync_to_thread=False)
    def show(self, request: AnyRequest, site: TheSite) -> Reply:
        """The form; whoever is logged in goes to her pages."""
        if request.user is not None:
            return reply.see_other(_start(request.user))
        view = LoginView(
            frame=frame.frame_for(site, request),
            login="",
            next=_place(request.query_params.get("next", "")),
            ended="ended" in request.query_params,
        )
        return site.show(request, view)

    @post("/login")
    async def enter(self, request: AnyRequest, site: TheSite) -> Reply:
        """Let in, or give the one reply for whatever is wrong."""
        sent = fields_of(request)
        entered = await site.login.log_in(request, sent)
        place = _place(form_fields.single(sent, "next"))
        if entered is None:
            view = LoginView(
                frame=frame.frame_for(site, request),
                login=staff_login.typed(sent),
                next=place,
                wrong=True,
            )
            return site.show(request, view, status=422)
        where = place or _start(entered.account)
        return reply.see_other(where, site.login.cookie.keep(entered.token))

    @post("/logout", guards=[allows()], sync_to_thread=True)
    def leave(self, request: StaffRequest, site: TheSite) -> Reply:
        """End this session."""
        site.login.log_out(request)
        return reply.see_other("/login", site.login.cookie.clear())

    @post("/language", guards=[allows()], sync_to_thread=True)
    def speak(self, request: StaffRequest, site: TheSite) -> Reply:
        """Keep the language of this account."""
        sent = fields_of(request)
        typed = form_fields.single(sent, "language")
        wanted = next((language for language in LANGUAGES if language == typed), None)
        if wanted is not None:
            user, at = request.user, site.clock()
            accounts.set_language(
                site.database, ZONE, user.account_id, wanted, actor=ZONE.actor(user), at=at
            )
        return reply.see_other(_place(form_fields.single(sent, "place")) or "/")


def _start(user: Account) -> str:
    """The first area of this person."""
    return f"/{frame.areas_of(user)[0]}"


def _place(wanted: str) -> str:
    """The address if it is one of ours, else nothing."""
    return wanted if PLACE.fullmatch(wanted) else ""
