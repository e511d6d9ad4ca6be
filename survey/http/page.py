"""A view struct and a template become a page; pages that many get are made once.

A view names its template and the parts of the style it needs as class variables; it is the only
thing in the template's context, as `view`.
"""

import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any, ClassVar, TypeAlias, TypeVar

from jinja2 import Environment
from litestar.connection import Request
from litestar.datastructures import State
from markupsafe import Markup
from msgspec import Struct

from survey.http import packing, reply
from survey.http.reply import Header, Reply
from survey.http.style import Sheet, Style

Visit: TypeAlias = Request[Any, Any, State]
T = TypeVar("T")

_PACKED: Header = (b"content-encoding", b"gzip")
_HTML: Header = (b"content-type", b"text/html; charset=utf-8")
# Every question, language and choice of a form many times over; a kept page is about 14 kB.
_MOST_KEPT = 2048
_KEEPING = threading.Lock()


def header(visit: Visit, name: bytes) -> str | None:
    """One header of a request, `name` in lower case; without making an object of all of them."""
    for found, value in visit.scope["headers"]:
        if found == name:
            return value.decode("latin-1")
    return None


class View(Struct, frozen=True, kw_only=True):
    """What one page shows."""

    template: ClassVar[str]
    style: ClassVar[tuple[str, ...]] = ()


class Shell(Struct, frozen=True, kw_only=True):
    """The headers of one style, with and without compression."""

    style: Style
    packed: tuple[Header, ...]
    plain: tuple[Header, ...]


class Pages:
    """Renders views in every language; made once per process."""

    def __init__(
        self, sheet: Sheet, environments: Mapping[str, Environment], *, https: bool
    ) -> None:
        self._sheet = sheet
        self._environments = environments
        self._https = https
        self._shells: dict[tuple[str, ...], Shell] = {}
        self._wholes: dict[Hashable, packing.Whole] = {}
        self._spliced: dict[Hashable, tuple[type[View], packing.Spliced]] = {}

    def html(self, view: View, language: str) -> bytes:
        """The page in this language, uncompressed."""
        template = self._environments[language].get_template(view.template)
        # Our own file, minified: escaping would change it, and the policy names its hash.
        css = Markup(self._shell(type(view)).style.css)  # noqa: S704
        return template.render(view=view, css=css).encode("utf-8")

    def one(
        self, visit: Visit, view: View, language: str, *extra: Header, status: int = 200
    ) -> Reply:
        """A page that only this person gets."""
        page = self.html(view, language)
        packed = reply.takes_gzip(header(visit, b"accept-encoding"))
        body = packing.pack(page) if packed else page
        return self._reply(type(view), body, extra, packed=packed, status=status)

    def shared(
        self, visit: Visit, view: View, language: str, *extra: Header, status: int = 200
    ) -> Reply:
        """A page that is the same for everybody who sees this view; rendered once."""
        key = (view, language)
        page = self._wholes.get(key)
        if page is None:
            page = packing.Whole(self.html(view, language))
            _keep(self._wholes, key, page)
        packed = reply.takes_gzip(header(visit, b"accept-encoding"))
        body = page.packed() if packed else page.plain()
        return self._reply(type(view), body, extra, packed=packed, status=status)

    def tagged(
        self, visit: Visit, key: Hashable, make: Callable[[str], tuple[View, str]], tag: str
    ) -> Reply:
        """A page that differs from person to person only in its form's tag.

        Args:
            key: all that the page depends on besides the tag, nothing of one person alone
            make: gives the view and its language, with the tag it is handed; asked once per key
            tag: hexadecimal, of one length for everybody
        """
        found = self._spliced.get(key)
        if found is None:
            blank = "\x01" * len(tag)
            view, language = make(blank)
            page = packing.Spliced(self.html(view, language), blank.encode("ascii"))
            found = (type(view), page)
            _keep(self._spliced, key, found)
        kind, page = found
        packed = reply.takes_gzip(header(visit, b"accept-encoding"))
        stretch = tag.encode("ascii")
        body = page.packed(stretch) if packed else page.plain(stretch)
        return self._reply(kind, body, (), packed=packed, status=200)

    def _reply(
        self, kind: type[View], body: bytes, extra: tuple[Header, ...], *, packed: bool, status: int
    ) -> Reply:
        shell = self._shell(kind)
        headers = shell.packed if packed else shell.plain
        return Reply(body, [*headers, *extra], status)

    def _shell(self, kind: type[View]) -> Shell:
        shell = self._shells.get(kind.style)
        if shell is None:
            style = self._sheet.style(kind.style)
            headers = (_HTML, *reply.security(style.source, https=self._https))
            shell = Shell(style=style, plain=headers, packed=(*headers, _PACKED))
            self._shells[kind.style] = shell
        return shell


def _keep(kept: dict[Hashable, T], key: Hashable, page: T) -> None:
    """Make room by forgetting the oldest: memory stays bounded whatever is asked for."""
    with _KEEPING:
        if len(kept) >= _MOST_KEPT:
            del kept[next(iter(kept))]
        kept[key] = page
