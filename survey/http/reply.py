"""What goes back to a browser: bytes and headers, made ready before the request wherever possible.

A reply is its own small ASGI application: litestar passes it on untouched, without building a
second response around it. The headers of a page are the same on every page of one style.
"""

from litestar.types import Receive, Scope, Send

Header = tuple[bytes, bytes]

# Nothing may be loaded that we did not write; nothing may be framed; forms go only to us.
_POLICY = (
    "default-src 'none'; style-src {style}; script-src 'self'; img-src data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# no-referrer would make browsers send `Origin: null` with a form: the guard could not read it.
_ALWAYS: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=()"),
)
_LASTING = (b"strict-transport-security", b"max-age=31536000")


class Reply:
    """A status, headers and a body, sent as they are."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, body: bytes, headers: list[Header], status: int = 200) -> None:
        self.body = body
        self.headers = headers
        self.status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send both events; `content-length` is added here."""
        length = (b"content-length", b"%d" % len(self.body))
        await send(
            {
                "type": "http.response.start",
                "status": self.status,
                "headers": [*self.headers, length],
            }
        )
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


def security(style: str = "'none'", *, connect: str = "", https: bool) -> tuple[Header, ...]:
    """The headers of every page whose style has this source and whose scripts may ask `connect`."""
    directives = _POLICY.format(style=style) + (f"; connect-src {connect}" if connect else "")
    policy = (b"content-security-policy", directives.encode("ascii"))
    return (*_ALWAYS, policy, _LASTING) if https else (*_ALWAYS, policy)


def see_other(place: str, *extra: Header) -> Reply:
    """Go there with GET: the answer to every form that was kept."""
    headers = [(b"location", place.encode("ascii")), (b"cache-control", b"no-store"), *extra]
    return Reply(b"", headers, 303)


def takes_gzip(accepted: str | None) -> bool:
    """True if a browser that sent this Accept-Encoding unpacks gzip."""
    return accepted is not None and "gzip" in accepted and "gzip;q=0" not in accepted
