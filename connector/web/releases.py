"""*Gezeigtes*: which of one's own cases show something now; the words stand on the case's page."""

from typing import ClassVar

from litestar import get
from msgspec import Struct

from connector.cases import released
from connector.web import frame
from connector.web.cases import PATH as CASES
from connector.web.frame import Frame
from connector.web.session import allows
from connector.web.site import TheSite
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats


class Row(Struct, frozen=True, kw_only=True):
    """One case."""

    href: str
    number: str
    until: str
    unread: bool


class ShownView(View, frozen=True, kw_only=True):
    """`pulled_on` is empty before the first pull; `stale`: too long ago to show anything."""

    template: ClassVar[str] = "cases/shown.html"

    frame: Frame
    rows: tuple[Row, ...]
    pulled_on: str
    stale: bool


@get("/shown", guards=[allows("case_manager")], sync_to_thread=True)
def shown(request: StaffRequest, site: TheSite) -> Reply:
    """The list, which is empty for most case managers most of the time."""
    listing = released.listed(
        site.database, site.case_key, request.user, at=site.clock(), today=site.today()
    )
    language = site.language(request)
    view = ShownView(
        frame=frame.frame_for(site, request, "shown"),
        rows=tuple(
            Row(
                href=f"{CASES}/{case.address}",
                number=case.number,
                until=formats.brief(case.until, language),
                unread=case.unread,
            )
            for case in listing.cases
        ),
        pulled_on=formats.brief(listing.pulled_on, language) if listing.pulled_on else "",
        stale=listing.stale,
    )
    return site.show(request, view)
