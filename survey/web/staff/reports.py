"""Reports: what can be reported, freezing the figures with the first one, and the files made."""

from datetime import date
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath

from survey import report_types
from survey.actions import fieldwork as counting
from survey.actions import reports, titles, wave_plans
from survey.actions.wave_plans import Group
from survey.errors import NotFound, WaveNotReady
from survey.form import load
from survey.home import Services
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.fields import Fields
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import tags
from survey.model import modes
from survey.model.jobs import Job
from survey.model.previews import Preview
from survey.model.problems import Problem
from survey.model.roles import ZONE, Role
from survey.model.wording import Wording
from survey.report_types import REPORT_TYPES, ReportRequest, ReportType
from survey.store import documents, fieldwork, forms
from survey.store.documents import Listed as Document
from survey.web.staff import frame, listing, report_texts, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.report_texts import Texts
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite
from survey.web.staff.wave_status import WaveStatus
from survey.web.staff.waves import PLANNERS, TheDesk

# What is published may be read by everybody who works on it; asking for it is the planners'.
VIEWERS: tuple[Role, ...] = ("quality_manager", "editor", "privacy_officer")


class ReportsView(View, frozen=True, kw_only=True):
    """Closed waves by letter, the newest first."""

    template: ClassVar[str] = "staff/reports.html"

    frame: Frame
    days: Days
    listing: Listed[WaveStatus]
    orders: bool


class ReportView(View, frozen=True, kw_only=True):
    """One wave's report.

    Args:
        report: which of the reports that a wave can have, `reports`
        frozen_on: the day it was frozen
        groups: who was invited; part of what will be frozen
        agreed: texts that two people agreed to print
        weeks: rows of the weekly count
        due: when its last row is written; None where it is there
        foreseen: what would be shown and what not; None before that was looked at
        looking: the job that looks, if it was asked for
        names: of what figures are about, by id, in the language of the page where there is one
        documents: the files made so far
        job: one that is under way
        fields: what was sent and not taken
    """

    template: ClassVar[str] = "staff/report.html"

    frame: Frame
    days: Days
    at: WaveStatus
    report: ReportType
    reports: tuple[ReportType, ...]
    frozen_on: date | None
    groups: tuple[Group, ...]
    texts: tuple[Texts, ...]
    weeks: int
    due: date | None
    foreseen: Preview | None
    looking: Job | None
    names: dict[str, str]
    documents: tuple[Document, ...]
    job: Job | None
    orders: bool
    edition: str
    language: str
    file_format: str
    typed: str
    problems: tuple[Problem, ...]


@get("/reports", guards=[allows(*VIEWERS)], sync_to_thread=True)
def reports_show(request: StaffRequest, site: TheSite) -> Reply:
    """What can be reported, and what is published."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        every = [
            status
            for status in wave_status.list_all(tx, days.today)
            if status.wave.state == "closed" and modes.has_report(status.wave.mode)
        ]
    view = ReportsView(
        frame=frame.frame_for(site, request, "reports"),
        days=days,
        listing=listing.listed(
            every,
            request,
            "/reports",
            keys={
                "closed": lambda status: -status.wave.last_day.toordinal(),
                "wave": lambda status: status.wave.title.casefold(),
                "state": lambda status: wave_status.ORDER.index(status.key),
            },
            words=lambda status: (
                f"{status.wave.title} {status.wave.wave_id} {status.programme.title}"
            ),
        ),
        orders=request.user.may(PLANNERS),
    )
    return site.show(request, view)


@get("/reports/{wave_id:str}", guards=[allows(*VIEWERS)], sync_to_thread=True)
def report_show(
    request: StaffRequest, site: TheSite, services: TheDesk, wave_id: FromPath[str]
) -> Reply:
    """What will be frozen, or what was made of what is frozen; `?report=` chooses the report."""
    report = report_types.find(request.query_params.get("report", report_types.UNNAMED))
    return _page(request, site, services, wave_id, report, {}, ())


@post("/reports/{wave_id:str}", guards=[allows(*PLANNERS)], sync_to_thread=True)
def report_order(
    request: StaffRequest,
    site: TheSite,
    services: TheDesk,
    fields: TheFields,
    wave_id: FromPath[str],
) -> Reply:
    """Ask for a report; the first one needs the name of the wave, because it freezes."""
    report = _asked_for(fields)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, Days.of(site, request).today)
        foreseen, _ = reports.foreseen(tx, wave_id, report.name)
    problems = _problems(fields, at, report, looked=foreseen is not None)
    if problems and at.wave.state == "closed":
        return _page(request, site, services, wave_id, report, fields, problems)
    job_id = reports.order(
        site.database,
        wave_id,
        _request(fields, report),
        actor=ZONE.actor(request.user),
        at=site.now(),
    )
    return reply.see_other(f"/jobs/{job_id}")


@post("/reports/{wave_id:str}/preview", guards=[allows(*PLANNERS)], sync_to_thread=True)
def report_preview(
    request: StaffRequest, site: TheSite, fields: TheFields, wave_id: FromPath[str]
) -> Reply:
    """Ask for the preview of what would be hidden, before anything is frozen."""
    report = _asked_for(fields)
    reports.look_ahead(
        site.database, wave_id, report.name, actor=ZONE.actor(request.user), at=site.now()
    )
    return reply.see_other(f"{address(wave_id, report)}#preview")


@get("/documents/{document_id:str}", guards=[allows(*VIEWERS)], sync_to_thread=True)
def document_take(site: TheSite, document_id: FromPath[str]) -> Reply:
    """A file that a job made."""
    with site.database.read() as tx:
        document = documents.find(tx, document_id)
    if document is None:
        raise NotFound(document=document_id)
    named = f'attachment; filename="{_plain(document.name)}"'
    headers = [
        (b"content-type", document.media_type.encode("ascii")),
        (b"content-disposition", named.encode("ascii")),
        *reply.security(https=site.settings.staff_url.startswith("https:")),
    ]
    return Reply(document.body, headers)


def address(wave_id: str, report: ReportType) -> str:
    """Where the report of a wave is asked for; only another than the first is named."""
    named = "" if report.name == report_types.UNNAMED else f"?report={report.name}"
    return f"/reports/{wave_id}{named}"


def _asked_for(fields: Fields) -> ReportType:
    return report_types.find(form_fields.single(fields, "report") or report_types.UNNAMED)


def _request(fields: Fields, report: ReportType) -> ReportRequest:
    """The document that was asked for; of an open wave, for which there is none, the first."""
    edition, file_format = (form_fields.single(fields, name) for name in ("edition", "format"))
    return ReportRequest(
        report=report.name,
        edition=next((kind for kind in report.editions if kind == edition), report.editions[0]),
        language=form_fields.single(fields, "language"),
        file_format=file_format or report.formats[0].name,
    )


def _problems(
    fields: Fields, at: WaveStatus, report: ReportType, *, looked: bool
) -> tuple[Problem, ...]:
    wrong = []
    if form_fields.single(fields, "edition") not in report.editions:
        wrong.append(Problem(field="edition", message="choose-edition"))
    if form_fields.single(fields, "language") not in report.languages:
        wrong.append(Problem(field="language", message="choose-language"))
    if form_fields.single(fields, "format") not in ("", *(f.name for f in report.formats)):
        wrong.append(Problem(field="format", message="choose-format"))
    if report.name not in at.frozen:
        if not looked:
            wrong.append(Problem(field="preview", message="no-preview"))
        elif "read" not in fields:
            wrong.append(Problem(field="read", message="confirm"))
        if not titles.same(form_fields.single(fields, "name"), at.wave.title):
            wrong.append(Problem(field="name", message="other-name"))
    return tuple(wrong)


def _page(
    request: StaffRequest,
    site: StaffSite,
    services: Services,
    wave_id: str,
    report: ReportType,
    fields: Fields,
    problems: tuple[Problem, ...],
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        groups = wave_plans.groups(tx, wave_id)
        weeks = fieldwork.of_wave(tx, wave_id)
        made = documents.of_wave(tx, wave_id)
        foreseen, looking = reports.foreseen(tx, wave_id, report.name)
        asked = load.published(forms.find(tx, at.wave.form_version).body)
    if at.wave.state != "closed" or not modes.has_report(at.wave.mode):
        raise WaveNotReady(wave=wave_id, state=at.wave.state)
    words = asked.wordings
    due = counting.next_numbers(at.wave.last_day)
    view = ReportView(
        frame=frame.frame_for(site, request, "reports"),
        days=days,
        at=at,
        report=report,
        reports=tuple(REPORT_TYPES.values()),
        frozen_on=at.frozen.get(report.name),
        groups=groups,
        texts=report_texts.of(services, at.wave, asked.form)
        if report.name not in at.frozen
        else (),
        weeks=len(weeks),
        due=due if days.today < due else None,
        foreseen=foreseen,
        looking=looking,
        names=_names(words.get(site.language(request)) or words[tags.SOURCE]),
        documents=tuple(made),
        job=reports.under_way(site.database, wave_id),
        orders=request.user.may(PLANNERS),
        edition=form_fields.single(fields, "edition") or report.editions[0],
        language=form_fields.single(fields, "language") or site.language(request),
        file_format=form_fields.single(fields, "format") or report.formats[0].name,
        typed=form_fields.single(fields, "name")[:80],
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _names(words: Wording) -> dict[str, str]:
    names = {key: question.short or question.label for key, question in words.questions.items()}
    return {**names, **words.constructs}


def _plain(name: str) -> str:
    """A file's name that no header can misread."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in name
    )
