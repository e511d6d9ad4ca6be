"""Who is asking, whether she may, and whether a form is hers: decided before any handler runs.

A route without `allows(...)` is open to anybody who reaches the port; a test lists those. Every
write is checked here once for all routes: form tag first, then `Sec-Fetch-Site`, then `Origin`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection, Request
from litestar.datastructures import State
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware.authentication import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from litestar.types import ASGIApp
from msgspec import Struct

from connector.cases import logins
from connector.state.accounts import Account, Role
from connector.web.site import CaseSite
from survey.errors import Refused
from survey.http import fields as form_fields
from survey.http import guard
from survey.http.fields import Fields
from survey.linkage import tokens

TAG = "_tag"
# `opt` of a route that can be asked for without a session: files, health.
UNASKED = "exclude_from_auth"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Login(Struct, frozen=True, kw_only=True):
    """The session of a request: its token, and what its forms must carry."""

    token: str
    form_tag: str


# A guard has seen to it that both are there.
CaseRequest: TypeAlias = Request[Account, Login, State]
# Before a guard has seen it, nobody may be logged in.
AnyRequest: TypeAlias = Request[Account | None, Login | None, State]
Guard: TypeAlias = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]


class NotLoggedIn(Refused):
    """There is no session, or it has ended."""

    status, message = 401, "not-logged-in"


class NotAllowed(Refused):
    """The page is for another role."""

    status, message = 403, "not-allowed"


class Sessions(AbstractAuthenticationMiddleware):
    """Finds the session of every request; the database is asked beside the event loop."""

    def __init__(self, app: ASGIApp, site: CaseSite) -> None:
        super().__init__(app, exclude_from_auth_key=UNASKED)
        self._site = site

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        """The account and its session, or None twice."""
        site = self._site
        token = site.cookie.read(connection.headers.get("cookie"))
        if token is None or len(token) != tokens.LENGTH:
            return AuthenticationResult(user=None, auth=None)
        account = await sync_to_thread(logins.who, site.database, token, at=site.clock())
        if account is None:
            return AuthenticationResult(user=None, auth=None)
        login = Login(token=token, form_tag=tokens.form_tag(token))
        return AuthenticationResult(user=account, auth=login)


def allows(*roles: Role) -> Guard:
    """A guard that lets these roles in; without roles, everybody who is logged in."""

    async def guarded(
        connection: ASGIConnection[Any, Any, Any, Any],
        handler: BaseRouteHandler,  # noqa: ARG001 - litestar hands it over
    ) -> None:
        user = connection.scope.get("user")
        if not isinstance(user, Account):
            raise NotLoggedIn()
        if roles and user.role not in roles:
            raise NotAllowed(role=user.role)

    return guarded


async def check_write(request: Request[Any, Any, State]) -> None:
    """Read the form of a write and refuse it unless it comes from a page of this session.

    Raises:
        WrongTag, ForeignWrite, NotAForm, TooLarge, Malformed: nothing was changed
    """
    if request.method in _READS:
        return
    fields = await form_fields.read(request)
    login = request.scope.get("auth")
    if isinstance(login, Login):
        guard.check_tag(form_fields.single(fields, TAG), login.form_tag)
    guard.check_site(request.headers)
    request.state.fields = fields


def fields_of(request: Request[Any, Any, State]) -> Fields:
    """The form that `check_write` has read; empty where nothing was sent."""
    found: Fields = request.state.get("fields", {})
    return found
