"""Pages people work on all day: style and scripts are files that the browser keeps.

Unlike the pages of recipients, which carry their style inside to arrive in one request. A page may
hold a session's form tag beside what was searched for and is compressed all the same: the session's
cookie is `SameSite=Strict`, so that no other site can make a browser ask for it.
"""

from collections.abc import Mapping

from jinja2 import Environment

from survey.http import packing, reply
from survey.http.page import View, Visit, header
from survey.http.reply import Header, Reply
from survey.http.static import StaticFiles

# Set by htmx when only a part of the page is to be replaced.
_PARTIAL = (b"hx-request-type", "partial")


class LinkedPages:
    """Renders views in every language; templates find a file's address by `file("staff.css")`."""

    def __init__(
        self, environments: Mapping[str, Environment], files: StaticFiles, *, https: bool
    ) -> None:
        self._environments = environments
        for environment in environments.values():
            environment.globals["file"] = files.address
        self._headers: tuple[Header, ...] = (
            (b"content-type", b"text/html; charset=utf-8"),
            *reply.security("'self'", connect="'self'", https=https),
        )

    def html(self, view: View, language: str) -> bytes:
        """The page in this language, uncompressed."""
        template = self._environments[language].get_template(view.template)
        return template.render(view=view).encode("utf-8")

    def one(
        self, visit: Visit, view: View, language: str, *extra: Header, status: int = 200
    ) -> Reply:
        """A page that only this person gets."""
        page = self.html(view, language)
        headers = [*self._headers, *extra]
        if reply.takes_gzip(header(visit, b"accept-encoding")):
            headers.append((b"content-encoding", b"gzip"))
            page = packing.pack(page)
        return Reply(page, headers, status)


def is_partial(visit: Visit) -> bool:
    """True if a script asks for the part of a page that changes."""
    name, value = _PARTIAL
    return header(visit, name) == value
