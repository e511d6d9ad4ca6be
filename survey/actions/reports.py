"""Asking for a report: only of a closed wave, once however often it is asked, and written down."""

from datetime import datetime

import msgspec

from survey.actions import audit, jobs
from survey.engine.database import Database, Transaction
from survey.errors import WaveNotReady
from survey.model import modes
from survey.model import previews as encoded
from survey.model.jobs import Job
from survey.model.previews import Preview
from survey.report_types import UNNAMED, ReportRequest
from survey.store import jobs as rows
from survey.store import previews, waves

KIND, PREVIEW = "report", "preview"


def order(
    database: Database, wave_id: str, request: ReportRequest, *, actor: str, at: datetime
) -> str:
    """The id of the job that makes this report; one that is under way is not begun twice.

    Raises:
        NotFound: no such wave
        WaveNotReady: it is not closed, or nobody was invited to it by letter
    """
    details: dict[str, str] = msgspec.to_builtins(request)
    with database.write() as tx:
        _refuse_unreportable(tx, wave_id)
        before = jobs.latest(tx, KIND, wave_id, **details)
        job_id = jobs.request(tx, KIND, wave_id, details, by=actor, at=at)
        if before is None or before.job_id != job_id:
            audit.note(
                tx,
                actor,
                "report-requested",
                wave_id,
                at=at,
                edition=request.edition,
                language=request.language,
            )
    return job_id


def look_ahead(database: Database, wave_id: str, report: str, *, actor: str, at: datetime) -> None:
    """Ask for the preview of a report; it is made once for each wave, however often it is asked.

    Raises:
        NotFound: no such wave
        WaveNotReady: it is not closed, or nobody was invited to it by letter
    """
    with database.write() as tx:
        _refuse_unreportable(tx, wave_id)
        if previews.find(tx, wave_id, report) is not None:
            return
        before = _preview_job(tx, wave_id, report)
        if before is None or before.state == "failed":
            jobs.request(tx, PREVIEW, wave_id, {"report": report}, by=actor, at=at)
            audit.note(tx, actor, "preview-requested", wave_id, at=at)


def foreseen(tx: Transaction, wave_id: str, report: str) -> tuple[Preview | None, Job | None]:
    """The preview of a report of a wave, and the last job that was asked to make it."""
    stored = previews.find(tx, wave_id, report)
    preview = encoded.read(stored.body) if stored else None
    return preview, _preview_job(tx, wave_id, report)


def report_of(job: Job) -> str:
    """The name of the report that a job is about."""
    return job.details.get("report", UNNAMED)


def under_way(database: Database, wave_id: str) -> Job | None:
    """The last report job of a wave if it is not over."""
    with database.read() as tx:
        last = jobs.latest(tx, KIND, wave_id)
    return last if last is not None and not last.over else None


def _refuse_unreportable(tx: Transaction, wave_id: str) -> None:
    wave = waves.find(tx, wave_id)
    if wave.state != "closed" or not modes.has_report(wave.mode):
        raise WaveNotReady(wave=wave_id, state=wave.state)


def _preview_job(tx: Transaction, wave_id: str, report: str) -> Job | None:
    of_report = (job for job in rows.of_subject(tx, PREVIEW, wave_id) if report_of(job) == report)
    return next(of_report, None)
