"""Writes must come from our own pages.

Method: three signs, in this order, each of which can refuse.
1. The form's tag. Every form of a person with a session carries an HMAC of that session; another
   site cannot know it, and the stale tab of another person on the same phone carries another one.
2. `Sec-Fetch-Site` (W3C Fetch Metadata), set by the browser and out of a page's reach: only
   `same-origin` and `none` (typed, reloaded) pass.
3. `Origin`, for browsers without it: its host must be the host that was asked.
A request with neither header comes from no browser that could be misused across sites; what it may
do was decided by the tag, or, where there is no session yet, needs a code. There is no limit per
address: all visitors of a jobcenter share one.
"""

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from survey.errors import Refused


class WrongTag(Refused):
    """The form belongs to another session than the cookie; nothing of it was kept."""

    status, message = 409, "wrong-tag"


class ForeignWrite(Refused):
    """The form was sent from another site; nothing of it was kept."""

    status, message = 403, "foreign-write"


def check_tag(sent: str, expected: str) -> None:
    """First sign, for forms of a session.

    Raises:
        WrongTag: the form was made for another session, or its tag was changed
    """
    # Bytes, because compare_digest refuses text beyond ASCII, and anything may have been sent.
    if not hmac.compare_digest(sent.encode("utf-8"), expected.encode("utf-8")):
        raise WrongTag()


def check_site(headers: Mapping[str, str]) -> None:
    """Second and third sign, for every write.

    Raises:
        ForeignWrite: the browser says that another site sent this
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise ForeignWrite(sec_fetch_site=site)
        return
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise ForeignWrite()
