"""Logging in and out over HTTP, one for the pages of both zones."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from msgspec import Struct

from survey.engine.database import Database
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.http.login_delay import LoginDelay
from survey.http.session import SessionCookie
from survey.http.staff_session import AnyRequest, Found, Login, StaffRequest
from survey.linkage import tokens
from survey.model.zones import Zone
from survey.staff import logins
from survey.staff.logins import Entered

LONGEST_LOGIN = 64


class StaffLogin(Struct, frozen=True, kw_only=True):
    """Where staff of one zone logs in and out; `cookie` keeps the token of a session."""

    database: Database
    zone: Zone
    cookie: SessionCookie
    delay: LoginDelay
    clock: Callable[[], datetime]

    def find(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Found:
        """The session and account behind the cookie; None twice when nobody is logged in."""
        token = self.cookie.read(connection.headers.get("cookie"))
        # What no session of ours can be is not looked up.
        if token is None or len(token) != tokens.LENGTH:
            return None, None
        account = logins.session_of(self.database, token, at=self.clock())
        if account is None:
            return None, None
        return account, Login(token=token, form_tag=tokens.form_tag(token))

    async def log_in(self, request: AnyRequest, fields: Fields) -> Entered | None:
        """A new session, and the end of the one that came along; None for whatever does not fit."""
        login, at = typed(fields), self.clock()
        password = form_fields.single(fields, "password")
        # Before the password is looked at, so that right and wrong take the same time.
        await asyncio.sleep(self.delay.seconds(login))
        entered = await sync_to_thread(
            logins.log_in, self.database, self.zone, login, password, at=at
        )
        if entered is None:
            self.delay.failed(login)
            return None
        self.delay.succeeded(login)
        await sync_to_thread(self.log_out, request)
        return entered

    def log_out(self, request: AnyRequest | StaffRequest) -> None:
        """End the session of this request in the database, if it has one."""
        if request.auth is not None and request.user is not None:
            logins.log_out(
                self.database, self.zone, request.auth.token, request.user, at=self.clock()
            )


def typed(fields: Fields) -> str:
    """The login as somebody typed it, as accounts keep it."""
    return form_fields.single(fields, "login").strip().lower()[:LONGEST_LOGIN]
