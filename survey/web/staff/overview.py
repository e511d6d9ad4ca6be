"""The start: programmes and their waves."""

from typing import ClassVar

from litestar import get

from survey.http.page import View
from survey.http.reply import Reply
from survey.language import formats
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.store import programmes, waves
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.session import StaffRequest, allows
from survey.web.staff.site import TheSite


class OverviewView(View, frozen=True, kw_only=True):
    """Programmes with their waves, newest first."""

    template: ClassVar[str] = "staff/overview.html"

    frame: Frame
    today: str
    groups: tuple[tuple[Programme, tuple[Wave, ...]], ...]


@get("/", guards=[allows()], sync_to_thread=True)
def overview_show(request: StaffRequest, site: TheSite) -> Reply:
    """What is going on."""
    around = frame.around(site, request, "overview")
    with site.database.read() as tx:
        every = programmes.every(tx)
        all_waves = waves.every(tx)
    view = OverviewView(
        frame=around,
        today=formats.day(site.clock().astimezone().date(), around.language.tag),
        groups=tuple(
            (each, tuple(w for w in reversed(all_waves) if w.programme_id == each.programme_id))
            for each in every
        ),
    )
    return site.show(request, view)
