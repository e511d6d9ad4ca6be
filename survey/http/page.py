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
from survey.http.style import Style, Stylesheet

Visit: TypeAlias = Request[Any, Any, State]
T = TypeVar("T")

_PACKED: Header = (b"content-encoding", b"gzip")
_HTML: Header = (b"content-type", b"text/html; charset=utf-8")
# Every question, language and choice of a form many times over; a kept page is about 14 kB.
_MOST_KEPT = 2048
_KEEPING = threading.Lock()
# Stands for a form's tag, which is as long (`survey.linkage.drafts.Session.form_tag`).
_BLANK = "\x01" * 32


def header(visit: Visit, name: bytes) -> str | None:
    """One header of a request, `name` in lower case; without making an object of all of them."""
    for key, value in visit.scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


class View(Struct, frozen=True, kw_only=True):
    """Base of the typed content of a page."""

    template: ClassVar[str]
    style: ClassVar[tuple[str, ...]] = ()


class Made(Struct, frozen=True, kw_only=True):
    """A page to be rendered, and how long pages of its kind are.

    Args:
        spare: bytes by which pages with somebody's answers may be longer, packed; 0 if none has any
        least: bytes that pages of its kind have at least
    """

    view: View
    language: str
    spare: int = 0
    least: int = 0


class Alike(Struct, frozen=True, kw_only=True):
    """A page that differs from person to person in its form's tag alone, and pages of its kind.

    Args:
        key: all that the page depends on besides the tag, nothing of one person alone
        make: gives the page, with the tag it is handed; asked once per key
    """

    key: Hashable
    make: Callable[[str], Made]


Kept: TypeAlias = tuple[type[View], packing.Spliced | packing.Whole]


class Shell(Struct, frozen=True, kw_only=True):
    """The headers of one style, with and without compression."""

    style: Style
    packed: tuple[Header, ...]
    plain: tuple[Header, ...]


class Pages:
    """Renders views in every language; made once per process."""

    def __init__(
        self, sheet: Stylesheet, environments: Mapping[str, Environment], *, https: bool
    ) -> None:
        self._sheet = sheet
        self._environments = environments
        self._https = https
        self._shells: dict[tuple[str, ...], Shell] = {}
        self._wholes: dict[Hashable, packing.Whole] = {}
        self._spliced: dict[Hashable, Kept] = {}

    def html(self, view: View, language: str) -> bytes:
        """The page in this language, uncompressed."""
        template = self._environments[language].get_template(view.template)
        # Our own file, minified: escaping would change it, and the policy names its hash.
        css = Markup(self._shell(type(view)).style.css)  # noqa: S704
        return template.render(view=view, css=css).encode("utf-8")

    def one(
        self,
        visit: Visit,
        view: View,
        language: str,
        *extra: Header,
        status: int = 200,
        alike: Alike | None = None,
    ) -> Reply:
        """A page that only this person gets.

        Args:
            alike: the page as long as which it is on the wire
        """
        page = self.html(view, language)
        packed = reply.takes_gzip(header(visit, b"accept-encoding"))
        if alike is None:
            body = packing.pack(page) if packed else page
        else:
            # None of it depends on this person, so that the first to see it is told from nobody.
            length = self._alike(alike)[1].length
            body = packing.pack(page, length) if packed else packing.even(page)
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

    def tagged(self, visit: Visit, alike: Alike, tag: str) -> Reply:
        """A page that tells nothing of anybody.

        Args:
            tag: hexadecimal, of one length for everybody
        """
        kind, page = self._alike(alike)
        packed = reply.takes_gzip(header(visit, b"accept-encoding"))
        stretch = tag.encode("ascii")
        body = page.packed(stretch) if packed else page.plain(stretch)
        return self._reply(kind, body, (), packed=packed, status=200)

    def _alike(self, alike: Alike) -> Kept:
        """The page rendered and compressed once."""
        kept = self._spliced.get(alike.key)
        if kept is None:
            made = alike.make(_BLANK)
            page, blank = self.html(made.view, made.language), _BLANK.encode("ascii")
            # Not every page has a form.
            if blank in page:
                packed: packing.Spliced | packing.Whole = packing.Spliced(
                    page, blank, spare=made.spare, least=made.least
                )
            else:
                packed = packing.Whole(page, spare=made.spare, least=made.least)
            kept = (type(made.view), packed)
            _keep(self._spliced, alike.key, kept)
        return kept

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
