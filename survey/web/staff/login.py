"""Logging in and out, and the language of the pages."""

import re
from typing import ClassVar

from litestar import get, post
from litestar.concurrency import sync_to_thread

from survey.http import fields as form_fields
from survey.http import reply, staff_login
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import UNTAGGED, AnyRequest, StaffRequest
from survey.model.accounts import LANGUAGES
from survey.model.roles import ZONE
from survey.staff import accounts
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import TheFields, TheSite

# Ours alone: no host, no scheme, nothing a browser would read as one.
_PLACE = re.compile(r"/(?:[a-z0-9][A-Za-z0-9/_.-]*)?(?:\?[A-Za-z0-9=&%_.+-]*)?")
# Why somebody comes here who was logged in: `out` of the address to the reason shown.
_LEFT = {"1": "out", "password": "password"}


class LoginView(View, frozen=True, kw_only=True):
    """`reason` is "", "ended", "out" or "password"; `next` is where to go afterwards."""

    template: ClassVar[str] = "staff/login.html"

    frame: Frame
    next: str
    reason: str = ""
    login: str = ""
    wrong: bool = False


@get("/login", sync_to_thread=True)
def login_show(request: AnyRequest, site: TheSite) -> Reply:
    """The login form; redirects when already logged in."""
    asked = request.query_params
    place = local(asked.get("next", ""))
    if request.user is not None:
        return reply.see_other(place)
    left = asked.get("out", "")
    reason = "ended" if "ended" in asked else _LEFT.get(left, "")
    view = LoginView(frame=frame.frame_for(site, request), next=place, reason=reason)
    return site.show(request, view)


@post("/login", opt={UNTAGGED: True})
async def login_try(request: AnyRequest, site: TheSite, fields: TheFields) -> Reply:
    """A new session, whatever cookie came along; or the same page for whatever does not fit."""
    entered = await site.login.log_in(request, fields)
    place = local(form_fields.single(fields, "next"))
    if entered is None:
        view = LoginView(
            frame=frame.frame_for(site, request),
            next=place,
            login=staff_login.typed(fields),
            wrong=True,
        )
        return await sync_to_thread(site.show, request, view, status=422)
    return reply.see_other(place, site.login.cookie.keep(entered.token))


@post("/logout", guards=[allows()], sync_to_thread=True)
def logout(request: StaffRequest, site: TheSite) -> Reply:
    """End this session, here and in the database."""
    site.login.log_out(request)
    return reply.see_other("/login?out=1", site.login.cookie.clear())


@post("/language", guards=[allows()], sync_to_thread=True)
def language_choose(request: StaffRequest, site: TheSite, fields: TheFields) -> Reply:
    """Keep the language in the account and go back to the page."""
    typed = form_fields.single(fields, "language")
    wanted = next((language for language in LANGUAGES if language == typed), None)
    user = request.user
    if wanted is not None and wanted != user.language:
        accounts.set_language(
            site.database, ZONE, user.account_id, wanted, actor=ZONE.actor(user), at=site.now()
        )
    return reply.see_other(local(form_fields.single(fields, "back")))


def local(place: str) -> str:
    """The place if it is a page of ours, else the start: nobody is sent elsewhere after login."""
    return place if _PLACE.fullmatch(place) and not place.startswith("/log") else "/"
