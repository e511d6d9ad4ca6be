"""Results: the frozen snapshot of a wave as a page, with the files beside it."""

from datetime import date
from typing import ClassVar

from litestar import get
from litestar.params import FromPath

from survey.actions import snapshots
from survey.errors import NotFound
from survey.http.page import View
from survey.http.reply import Reply
from survey.model.setting import Setting
from survey.store import documents, waves
from survey.store.documents import Listed
from survey.web.staff import frame, results_figures, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.reports import VIEWERS
from survey.web.staff.results_figures import Figures
from survey.web.staff.session import StaffRequest, allows
from survey.web.staff.site import TheSite


class ResultsView(View, frozen=True, kw_only=True):
    """What was frozen, in the language of who looks."""

    template: ClassVar[str] = "staff/results.html"

    frame: Frame
    days: Days
    setting: Setting
    frozen_on: date
    figures: Figures
    unfinished: bool
    documents: tuple[Listed, ...]


@get("/results/{wave_id:str}", guards=[allows(*VIEWERS)], sync_to_thread=True)
def results_show(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """The published figures of a wave; before the freezing there are none."""
    with site.database.read() as tx:
        waves.find(tx, wave_id)
        made = documents.of_wave(tx, wave_id)
    frozen = snapshots.frozen(site.database, wave_id, wave_status.REPORT)
    if frozen is None:
        raise NotFound(wave=wave_id, reason="not frozen yet")
    days = Days.of(site, request)
    words = site.translators[days.tag]
    view = ResultsView(
        frame=frame.around(site, request, "reports"),
        days=days,
        setting=frozen.snapshot.setting,
        frozen_on=frozen.frozen_on,
        figures=results_figures.of(frozen.snapshot, days.tag, words.gettext),
        unfinished=frozen.snapshot.redaction == "unfinished",
        documents=tuple(made),
    )
    return site.show(request, view)
