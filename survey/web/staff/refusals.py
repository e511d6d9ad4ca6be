"""The page for whatever stopped a request: what happened, what to do, what is not lost."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from litestar import Response
from litestar.connection import Request
from litestar.datastructures import State
from litestar.types import ExceptionHandlersMap

from survey.errors import DatabaseError
from survey.http import problems, reply
from survey.http.fields import Fields
from survey.http.page import View, Visit, header
from survey.http.reply import Reply
from survey.http.staff_session import TAG, Login, NotAllowed, NotLoggedIn
from survey.model.accounts import Account
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.site import StaffSite

LOGIN = "/login"


class RefusedView(View, frozen=True, kw_only=True):
    """`fault` is the key of the sentences; `roles` who may, where that is the reason."""

    template: ClassVar[str] = "staff/refused.html"

    frame: Frame
    fault: str
    roles: tuple[str, ...] = ()


class ExpiredView(View, frozen=True, kw_only=True):
    """A form came after the session had ended: what was typed, and where to log in again."""

    template: ClassVar[str] = "staff/expired.html"

    frame: Frame
    typed: tuple[str, ...]
    login: str


def handlers(site: StaffSite) -> ExceptionHandlersMap:
    """Exception handlers of the staff application."""

    def tell(visit: Visit, status: int, key: str) -> Reply:
        view = RefusedView(frame=_frame(site, visit), fault=key)
        return site.show(visit, view, status=status)

    def not_allowed(visit: Visit, error: NotAllowed) -> Response[bytes]:
        view = RefusedView(frame=_frame(site, visit), fault=error.message, roles=error.roles)
        return problems.response(site.show(visit, view, status=error.status))

    def not_logged_in(visit: Visit, error: NotLoggedIn) -> Response[bytes]:
        return problems.response(_to_login(site, visit, error.typed))

    return {
        **problems.handlers(tell),
        NotAllowed: not_allowed,
        NotLoggedIn: not_logged_in,
    }


def _to_login(site: StaffSite, visit: Visit, typed: Fields) -> Reply:
    """Somebody who only wanted to look goes to the login; who sent something sees it once more."""
    around = _frame(site, visit)
    had_cookie = site.login.cookie.read(header(visit, b"cookie")) is not None
    extra = (site.login.cookie.clear(),) if had_cookie else ()
    if visit.method == "GET":
        wanted = {"next": around.place, **({"ended": "1"} if had_cookie else {})}
        place = f"{LOGIN}?{urlencode(wanted)}"
        if header(visit, b"hx-request") == "true":
            # A redirect would put the login page into the middle of this one.
            return Reply(b"", [(b"hx-redirect", place.encode("ascii")), *extra])
        return reply.see_other(place, *extra)
    view = ExpiredView(frame=around, typed=_shown(typed), login=LOGIN)
    return site.show(visit, view, *extra, status=401)


def _shown(typed: Fields) -> tuple[str, ...]:
    """Texts worth copying: no tag, no password."""
    return tuple(
        value
        for name, values in typed.items()
        for value in values
        if value and name != TAG and "password" not in name
    )


def _frame(site: StaffSite, visit: Request[Any, Any, State]) -> Frame:
    # Addresses that do not exist have not been through the middleware.
    if "user" not in visit.scope:
        visit.scope["user"], visit.scope["auth"] = _who(site, visit)
    return frame.frame_for(site, visit)


def _who(site: StaffSite, visit: Visit) -> tuple[Account | None, Login | None]:
    try:
        return site.login.find(visit)
    except DatabaseError:
        # That may be the very thing this page is about.
        return None, None
