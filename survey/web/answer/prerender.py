"""Makes the pages that are the same for everybody when the process starts.

Made on first request, a page would take longer for whoever is first: its time would tell whether
somebody was there before.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Scope
from litestar.types.asgi_types import HTTPRequestEvent

LANGUAGE = "{tag:str}"


async def make(
    app: ASGIApp, handlers: Iterable[HTTPRouteHandler], languages: Iterable[str]
) -> None:
    """Ask for every page that has no other variable part than its language."""
    tags = tuple(languages)
    for place in places(handlers, tags):
        await app(_scope(place), _receive, _send)


def places(handlers: Iterable[HTTPRouteHandler], languages: tuple[str, ...]) -> Iterator[str]:
    """The addresses of these pages."""
    for handler in handlers:
        if "GET" not in handler.http_methods:
            continue
        for path in sorted(handler.paths):
            spelled = {path.replace(LANGUAGE, tag) for tag in languages}
            yield from sorted(place for place in spelled if "{" not in place)


def _scope(place: str) -> Scope:
    return cast(
        Scope,
        {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": place,
            "raw_path": place.encode("ascii"),
            "root_path": "",
            "query_string": b"",
            "headers": [],
            "client": None,
            "server": None,
        },
    )


async def _receive() -> HTTPRequestEvent:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(_: Message) -> None:
    """Nobody is waiting for it: the page is kept where it was made."""
