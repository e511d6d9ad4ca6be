"""Pages on the data held by the connector and their protection; the accessibility statement."""

from typing import ClassVar

from litestar import get

from connector.state import pulls, releases
from connector.web import frame
from connector.web.frame import Frame
from connector.web.site import TheSite
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import AnyRequest
from survey.settings import barrier_link
from survey.staff import logins


class AboutView(View, frozen=True, kw_only=True):
    """The sentences take their numbers from the code that keeps them."""

    template: ClassVar[str] = "cases/about.html"

    frame: Frame
    stale_days: int
    ended_days: int
    idle_minutes: int
    longest_hours: int
    barrier_address: str
    barrier_link: str


@get("/about", sync_to_thread=False)
def about(request: AnyRequest, site: TheSite) -> Reply:
    """Open to everybody in the house: nothing here is about a case."""
    address = site.home.settings.barrier_address
    view = AboutView(
        frame=frame.frame_for(site, request, "about"),
        stale_days=pulls.STALE.days,
        ended_days=releases.ENDED_DAYS,
        idle_minutes=int(logins.IDLE.total_seconds() // 60),
        longest_hours=int(logins.LONGEST.total_seconds() // 3600),
        barrier_address=address,
        barrier_link=barrier_link(address),
    )
    return site.show(request, view)
