"""The session of a request of staff: who asks, whether she may, and whether a form is hers.

One for the pages of both zones; all of it is decided before any handler runs. A route without
`allows(...)` is open to anybody who reaches the port; tests list those. Every write is checked here
once for all routes, so that no handler can forget it: form tag first, then `Sec-Fetch-Site`, then
`Origin`.
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

from survey.errors import Refused
from survey.http import fields as form_fields
from survey.http import guard
from survey.http.fields import Fields
from survey.model.accounts import Account

Guard: TypeAlias = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]


TAG = "_tag"
# `opt` of a form that is no session's: the login, which gives a new one whatever cookie came along.
UNTAGGED = "untagged"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Login(Struct, frozen=True, kw_only=True):
    """The session of a request: its token, and what its forms must carry."""

    token: str
    form_tag: str


# Before a guard has seen it, nobody may be logged in.
AnyRequest: TypeAlias = Request[Account | None, Login | None, State]
# A guard has seen to it that both are there.
StaffRequest: TypeAlias = Request[Account, Login, State]


Found: TypeAlias = tuple[Account | None, Login | None]
Finder: TypeAlias = Callable[[ASGIConnection[Any, Any, Any, Any]], Found]


class NotLoggedIn(Refused):
    """There is no session, or it has ended; `typed` is the form that was sent, for its sender."""

    status, message = 401, "not-logged-in"

    def __init__(self, typed: Fields) -> None:
        self.typed = typed
        super().__init__()


class NotAllowed(Refused):
    """The page is for other roles."""

    status, message = 403, "not-allowed"

    def __init__(self, roles: tuple[str, ...]) -> None:
        self.roles = roles
        super().__init__(roles=roles)


class Sessions(AbstractAuthenticationMiddleware):
    """Finds the session of every request; the database is asked beside the event loop."""

    def __init__(self, app: ASGIApp, find: Finder) -> None:
        super().__init__(app)
        self._find = find

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        """The account and its session, or None twice."""
        user, login = await sync_to_thread(self._find, connection)
        return AuthenticationResult(user=user, auth=login)


def allows(*roles: str) -> Guard:
    """A guard that lets these roles in; without roles, everybody who is logged in.

    Each zone has one of its own that takes its roles only.
    """

    async def guarded(
        connection: ASGIConnection[Any, Any, Any, Any],
        handler: BaseRouteHandler,  # noqa: ARG001 - litestar hands it over
    ) -> None:
        user = connection.scope.get("user")
        if not isinstance(user, Account):
            raise NotLoggedIn(await _typed(connection))
        if roles and not user.may(roles):
            raise NotAllowed(roles)

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
    if isinstance(login, Login) and UNTAGGED not in request.scope["route_handler"].opt:
        guard.check_tag(form_fields.single(fields, TAG), login.form_tag)
    guard.check_site(request.headers)
    request.state.fields = fields


def fields_of(request: Request[Any, Any, State]) -> Fields:
    """The form that `check_write` has read; empty where nothing was sent."""
    fields: Fields = request.state.get("fields", {})
    return fields


async def _typed(connection: ASGIConnection[Any, Any, Any, Any]) -> Fields:
    """What somebody sent whose session is over: hers to see once more, not to keep."""
    if not isinstance(connection, Request) or connection.method in _READS:
        return {}
    try:
        guard.check_site(connection.headers)
        return await form_fields.read(connection)
    except Refused:
        return {}
