"""Turns whatever stopped a request into a page, in one place.

The page is told a status and the key of a sentence, never the exception: what a person reads and
what is logged hold nothing of what was sent. The log gets ids and counts from our own errors, and
of unforeseen ones the type and the lines of code, not the message, which may quote a value.
"""

import logging
import traceback
from collections.abc import Callable
from typing import TypeAlias

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from survey.errors import ResonanzError
from survey.http.page import Visit
from survey.http.reply import Reply

Teller: TypeAlias = Callable[[Visit, int, str], Reply]

_log = logging.getLogger("resonanz.problems")
_KEYS = {404: "not-found", 405: "wrong-method", 413: "too-large", 415: "not-a-form"}


def handlers(tell: Teller) -> ExceptionHandlersMap:
    """Exception handlers of an application whose pages are made by `tell`."""

    def ours(visit: Visit, error: ResonanzError) -> Response[bytes]:
        if error.status >= 500:
            _log.error("%s: %s", type(error).__name__, error)
        return response(tell(visit, error.status, error.message))

    def of_http(visit: Visit, error: HTTPException) -> Response[bytes]:
        if error.status_code >= 500:
            return unforeseen(visit, error)
        key = _KEYS.get(error.status_code, "malformed")
        return response(tell(visit, error.status_code, key))

    def unforeseen(visit: Visit, error: Exception) -> Response[bytes]:
        lines = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s\n%s", type(error).__name__, lines)
        return response(tell(visit, 500, "went-wrong"))

    return {ResonanzError: ours, HTTPException: of_http, Exception: unforeseen}


def response(reply: Reply) -> Response[bytes]:
    """A problem's reply as a litestar response."""
    headers = {name.decode("ascii"): value.decode("ascii") for name, value in reply.headers}
    # litestar adds the charset to a text's type itself.
    kind = headers.pop("content-type", "").partition(";")[0] or None
    return Response(reply.body, status_code=reply.status, headers=headers, media_type=kind)
