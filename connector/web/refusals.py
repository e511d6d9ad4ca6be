"""The page for whatever stopped a request: what happened and what to do.

A case of somebody else and a case that does not exist come here by the same way, with the same key.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from litestar import Response
from litestar.connection import Request
from litestar.datastructures import State
from litestar.types import ExceptionHandlersMap

from connector.web import frame
from connector.web.frame import Frame
from connector.web.site import CaseSite
from survey.http import problems, reply
from survey.http.page import View, Visit, header
from survey.http.reply import Reply
from survey.http.staff_session import NotLoggedIn

LOGIN = "/login"


class RefusedView(View, frozen=True, kw_only=True):
    """`fault` is the key of the sentences."""

    template: ClassVar[str] = "cases/refused.html"

    frame: Frame
    fault: str


def handlers(site: CaseSite) -> ExceptionHandlersMap:
    """Exception handlers of the application."""

    def tell(visit: Visit, status: int, key: str) -> Reply:
        view = RefusedView(frame=frame.frame_for(site, _known(visit)), fault=key)
        return site.show(visit, view, status=status)

    def not_logged_in(visit: Visit, _: NotLoggedIn) -> Response[bytes]:
        return problems.response(_to_login(site, _known(visit)))

    return {**problems.handlers(tell), NotLoggedIn: not_logged_in}


def _to_login(site: CaseSite, visit: Visit) -> Reply:
    """To the login, and from there to the page that was wanted; nothing typed is lost here, because
    no page of the connector has anything to type but a search.
    """
    had_cookie = site.login.cookie.read(header(visit, b"cookie")) is not None
    extra = (site.login.cookie.clear(),) if had_cookie else ()
    wanted = {"ended": "1"} if had_cookie else {}
    if visit.method == "GET":
        wanted["next"] = frame.frame_for(site, visit).place
    return reply.see_other(f"{LOGIN}?{urlencode(wanted)}" if wanted else LOGIN, *extra)


def _known(visit: Request[Any, Any, State]) -> Request[Any, Any, State]:
    # Routes that do not exist have not been through the middleware.
    visit.scope.setdefault("user", None)
    visit.scope.setdefault("auth", None)
    return visit
