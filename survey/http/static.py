"""The few files a page may ask for, named in a list, each under a name that changes with it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from survey.errors import NotFound
from survey.http.reply import Header, Reply

_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".opus": b"audio/ogg",
    ".webm": b"video/webm",
}
_ALWAYS: tuple[Header, ...] = (
    # A name stands for its content for ever, so that a browser need never ask twice.
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class StaticFiles:
    """Files held in memory; nothing else in their folders can be asked for."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._names: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, bytes]] = {}
        for path in files:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:12]
            name = f"{path.stem}.{digest}{path.suffix}"
            self._names[path.name] = f"/static/{name}"
            self._files[name] = (content, _TYPES[path.suffix])

    def address(self, name: str) -> str:
        """The address of a static file."""
        return self._names[name]

    def handler(self) -> HTTPRouteHandler:
        """The route that serves static files."""

        @get("/static/{name:str}", sync_to_thread=False)
        def file(name: FromPath[str]) -> Reply:
            if name not in self._files:
                raise NotFound()
            content, kind = self._files[name]
            return Reply(content, [(b"content-type", kind), *_ALWAYS])

        return file
