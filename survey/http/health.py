"""Whether the process can work; no counts, because nothing that people did may be read from it."""

from collections.abc import Callable

import msgspec
from litestar import get
from litestar.handlers import HTTPRouteHandler

from survey.errors import DatabaseError
from survey.http.reply import Header, Reply

_HEADERS: tuple[Header, ...] = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


def handler(schema: Callable[[], str]) -> HTTPRouteHandler:
    """The route `/health`; `schema` asks the database for its version."""

    @get("/health", sync_to_thread=False)
    def health() -> Reply:
        try:
            state = {"status": "ok", "schema": schema()}
        except DatabaseError:
            return Reply(b'{"status":"database"}', [*_HEADERS], 503)
        return Reply(msgspec.json.encode(state), [*_HEADERS])

    return health
