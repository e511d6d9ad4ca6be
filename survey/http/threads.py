"""Where a handler's work is done: on the event loop, or in a thread when statements go over a wire.

On SQLite a page is made faster on the event loop than a thread is begun, and a commit is waited for
by nobody else for long. Behind a wire everybody would wait for the statement of one.
"""

import asyncio
from collections.abc import Callable, Iterable
from copy import copy
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from litestar.handlers import HTTPRouteHandler

from survey.engine.database import Database

P = ParamSpec("P")
T = TypeVar("T")


def fitting(
    handlers: Iterable[HTTPRouteHandler], database: Database
) -> tuple[HTTPRouteHandler, ...]:
    """The handlers as this database wants them; those that are coroutines stay as they are."""
    return tuple(_threaded(handler) if database.waits else handler for handler in handlers)


async def apart(
    database: Database, work: Callable[P, T], *arguments: P.args, **named: P.kwargs
) -> T:
    """Do a coroutine's work with the database where it holds nobody up."""
    if database.waits:
        return await asyncio.to_thread(work, *arguments, **named)
    return work(*arguments, **named)


def _threaded(handler: HTTPRouteHandler) -> HTTPRouteHandler:
    work = handler.fn
    if asyncio.iscoroutinefunction(work):
        return handler

    @wraps(work)
    async def apart_always(*arguments: Any, **named: Any) -> Any:
        return await asyncio.to_thread(work, *arguments, **named)

    # A copy: the list of handlers is shared by every application of the process. Not by
    # `sync_to_thread`: litestar 2.25 wraps twice where GET and POST have one address.
    own = copy(handler)
    own.sync_to_thread = None
    return own(apart_always)
