"""Results: the frozen snapshot of a wave as a page."""

from datetime import date
from typing import ClassVar, assert_never

from litestar import get
from litestar.params import FromPath

from survey import report_types
from survey.errors import NotFound
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model import snapshots as encoding
from survey.model.setting import Setting
from survey.model.snapshots import SatisfactionSnapshot
from survey.store import snapshots, waves
from survey.web.staff import frame
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.reports import VIEWERS
from survey.web.staff.results import figures
from survey.web.staff.results.figures import Figures
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheSite


class ResultsView(View, frozen=True, kw_only=True):
    """The figures of a satisfaction report, in the language of who looks."""

    template: ClassVar[str] = "staff/results.html"

    frame: Frame
    days: Days
    setting: Setting
    frozen_on: date
    figures: Figures
    unfinished: bool


@get("/results/{wave_id:str}", guards=[allows(*VIEWERS)], sync_to_thread=True)
def results_show(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """The published figures of a wave, none before the freezing; `?report=` chooses the report."""
    report = report_types.find(request.query_params.get("report", report_types.UNNAMED))
    with site.database.read() as tx:
        waves.find(tx, wave_id)
        row = snapshots.find(tx, wave_id, report.name)
    if row is None:
        raise NotFound(wave=wave_id, reason="not frozen yet")
    snapshot = encoding.read(row.body)
    match snapshot:
        case SatisfactionSnapshot():
            return site.show(request, _satisfaction(request, site, snapshot, row.frozen_on))
        case _:
            assert_never(snapshot)


def _satisfaction(
    request: StaffRequest, site: StaffSite, snapshot: SatisfactionSnapshot, frozen_on: date
) -> ResultsView:
    days = Days.of(site, request)
    words = site.translators[days.tag]
    return ResultsView(
        frame=frame.frame_for(site, request, "reports"),
        days=days,
        setting=snapshot.setting,
        frozen_on=frozen_on,
        figures=figures.of(snapshot, days.tag, words.gettext),
        unfinished=snapshot.redaction == "unfinished",
    )
