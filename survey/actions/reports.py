"""Asking for a report: only of a closed wave, once however often it is asked, and written down."""

from datetime import datetime
from typing import Literal, TypeAlias, get_args

from survey.actions import jobs
from survey.engine.database import Database, Transaction
from survey.errors import WaveNotReady
from survey.model import modes
from survey.model import previews as encoded
from survey.model.jobs import Job
from survey.model.previews import Preview
from survey.staff import audit
from survey.store import previews, waves

KIND, PREVIEW, REPORT = "report", "preview", "satisfaction"
Edition: TypeAlias = Literal["internal", "council"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)
LANGUAGES = ("de", "en")


def order(
    database: Database, wave_id: str, edition: Edition, language: str, *, actor: str, at: datetime
) -> str:
    """The id of the job that makes this report; one that is under way is not begun twice.

    Raises:
        NotFound: no such wave
        WaveNotReady: it is not closed, or nobody was invited to it by letter
    """
    details = {"report": REPORT, "edition": edition, "language": language}
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "closed" or not modes.has_report(wave.mode):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        before = jobs.latest(tx, KIND, wave_id, **details)
        job_id = jobs.request(tx, KIND, wave_id, details, by=actor, at=at)
        if before is None or before.job_id != job_id:
            audit.note(
                tx, actor, "report-requested", wave_id, at=at, edition=edition, language=language
            )
    return job_id


def look_ahead(database: Database, wave_id: str, *, actor: str, at: datetime) -> None:
    """Have it measured what a report would show; once for each wave, however often it is asked.

    Raises:
        NotFound: no such wave
        WaveNotReady: it is not closed, or nobody was invited to it by letter
    """
    with database.write() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "closed" or not modes.has_report(wave.mode):
            raise WaveNotReady(wave=wave_id, state=wave.state)
        if previews.find(tx, wave_id, REPORT) is not None:
            return
        before = jobs.latest(tx, PREVIEW, wave_id)
        if before is None or before.state == "failed":
            jobs.request(tx, PREVIEW, wave_id, {}, by=actor, at=at)
            audit.note(tx, actor, "preview-requested", wave_id, at=at)


def foreseen(tx: Transaction, wave_id: str) -> tuple[Preview | None, Job | None]:
    """What the report of a wave would show, and the last job that was asked to find out."""
    stored = previews.find(tx, wave_id, REPORT)
    found = encoded.read(stored.body) if stored else None
    return found, jobs.latest(tx, PREVIEW, wave_id)


def under_way(database: Database, wave_id: str) -> Job | None:
    """The last report job of a wave if it is not over."""
    with database.read() as tx:
        last = jobs.latest(tx, KIND, wave_id)
    return last if last is not None and not last.over else None
