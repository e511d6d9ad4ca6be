"""*Fall*: one case, and what its person shows its case manager at the moment."""

from typing import ClassVar

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from connector.cases import caseload
from connector.cases.caseload import OpenCase, ReleasedWave
from connector.web import frame
from connector.web.frame import Frame
from connector.web.session import allows
from connector.web.site import TheSite
from survey.errors import NotFound
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model.exchange import ReleasedBlock


class Panel(Struct, frozen=True, kw_only=True):
    """Panel of a case page: the releases of one wave, with their days."""

    programme: str
    wave: int
    from_on: str
    until: str
    fresh: bool
    blocks: tuple[ReleasedBlock, ...]


class CaseView(View, frozen=True, kw_only=True):
    """`pulled_on` is empty before the first pull; `stale`: too long ago to show anything."""

    template: ClassVar[str] = "cases/case.html"

    frame: Frame
    number: str
    kind: str
    since: str
    until: str
    panels: tuple[Panel, ...]
    pulled_on: str
    stale: bool


@get("/cases/{address:str}", guards=[allows("case_manager")], sync_to_thread=True)
def case_show(request: StaffRequest, site: TheSite, address: FromPath[str]) -> Reply:
    """The case if it is hers.

    Raises:
        NotFound: it is somebody else's, or there is none
    """
    opened = caseload.open_case(
        site.database,
        site.case_key,
        request.user,
        address,
        at=site.clock(),
        today=site.today(),
    )
    if opened is None:
        raise NotFound()
    return site.show(
        request, _view(frame.frame_for(site, request, "cases"), opened, site.language(request))
    )


def _view(around: Frame, opened: OpenCase, language: str) -> CaseView:
    case = opened.case
    return CaseView(
        frame=around,
        number=case.number,
        kind=case.kind,
        since=formats.brief(case.started_on, language),
        until=formats.brief(case.ended_on, language) if case.ended_on else "",
        panels=tuple(_panel(wave, language) for wave in opened.shown),
        pulled_on=formats.brief(opened.pulled_on, language) if opened.pulled_on else "",
        stale=opened.stale,
    )


def _panel(wave: ReleasedWave, language: str) -> Panel:
    return Panel(
        programme=wave.programme,
        wave=wave.wave,
        from_on=formats.brief(wave.from_on, language),
        until=formats.brief(wave.until, language),
        fresh=wave.fresh,
        blocks=wave.blocks,
    )
