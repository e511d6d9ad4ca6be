"""The worker: does what is asked for in the job table and what the schedule wants, one at a time.

Any number of workers may run beside one database. A job is done by whoever claims it first; a
worker that dies leaves a job that another takes up. Nothing here is fast and nothing has to be:
pages never wait for it.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from traceback import format_tb
from typing import TypeAlias

import msgspec

from survey.actions import fieldwork, jobs, releases, reports, retention, schedule
from survey.errors import ClaimLost, DatabaseError, ResonanzError
from survey.home import Home
from survey.model.jobs import Job, Progress
from survey.report import make
from survey.report_types import ReportRequest

log = logging.getLogger("resonanz.worker")

Kind: TypeAlias = Callable[[Home, Job, Progress], None]
Clock: TypeAlias = Callable[[], datetime]

# Seconds between two looks for work.
PAUSE = 1.0


def _report(home: Home, job: Job, progress: Progress) -> None:
    """Make a report of the wave that is the job's subject; kept whole or not at all."""
    make.file(
        home,
        job.subject,
        msgspec.convert(dict(job.details), ReportRequest),
        progress,
        made_on=job.requested_at.astimezone(home.settings.zone).date(),
        by=job.requested_by,
    )


def _preview(home: Home, job: Job, progress: Progress) -> None:
    """Look at what a report of the wave that is the job's subject would show."""
    make.preview(home, job.subject, reports.report_of(job), progress)


def _fieldwork(home: Home, job: Job, _progress: Progress) -> None:
    """Count the week that is the job's subject, which has ended."""
    fieldwork.note(home.database, fieldwork.monday(job.subject) + fieldwork.WEEK)


def _releases(home: Home, job: Job, progress: Progress) -> None:
    """Hand on what was released for the Monday of the job's week, or before."""
    progress("releases")
    releases.hand_over_due(home.services(), fieldwork.monday(job.subject))


def _retention(home: Home, job: Job, progress: Progress) -> None:
    """Delete what is past its time on the job's day; what needs no key first."""
    progress("retention")
    retention.run(home.database, date.fromisoformat(job.subject), at=job.requested_at)
    retention.take_up(home.services(), at=job.requested_at)


def _rewrite(home: Home, _job: Job, _progress: Progress) -> None:
    home.database.rewrite()


KINDS: Mapping[str, Kind] = {
    reports.KIND: _report,
    reports.PREVIEW: _preview,
    "fieldwork": _fieldwork,
    "releases": _releases,
    "retention": _retention,
    "rewrite": _rewrite,
}


class Stopping(Exception):
    """The worker was asked to end while it was at work."""


class Pulse:
    """Gives signs of life for the job that is being done, from a thread beside the work."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._here, self._clock = home, clock
        self._job: Job | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def of(self, job: Job) -> Iterator[None]:
        """While the block runs, this job's worker lives."""
        self._job = job
        try:
            yield
        finally:
            self._job = None

    def _run(self) -> None:
        while not self._over.wait(jobs.BEAT.total_seconds()):
            job = self._job
            if job is None:
                continue
            try:
                jobs.beat(self._here.database, job, at=self._clock())
            except DatabaseError as error:
                log.warning("no sign of life: %s", error)


def run(
    home: Home,
    clock: Clock,
    stop: threading.Event,
    *,
    kinds: Mapping[str, Kind] = KINDS,
    gone: timedelta = jobs.GONE,
) -> None:
    """Work until `stop` is set; what is being done then waits for the next worker.

    Args:
        clock: gives the moment with the zone of the house, in which its days and weeks begin
        gone: how long a worker may give no sign of life before its job is taken up
    """
    with Pulse(home, clock) as pulse:
        while not stop.is_set():
            try:
                schedule.ask(home.database, clock())
                job = jobs.claim(home.database, at=clock(), gone=gone)
                if job is not None:
                    with pulse.of(job):
                        do(home, job, clock, stop, kinds=kinds)
                    continue
            except DatabaseError as error:
                # Locked or full: it may pass, and whoever serves pages says so too.
                log.warning("%s", error)
            stop.wait(PAUSE)


def do(
    home: Home,
    job: Job,
    clock: Clock,
    stop: threading.Event,
    *,
    kinds: Mapping[str, Kind] = KINDS,
) -> None:
    """Do a claimed job and write down how it ended."""

    def progress(message: str) -> None:
        if stop.is_set():
            raise Stopping
        jobs.step(home.database, job, message, at=clock())

    try:
        kinds[job.kind](home, job, progress)
    except ClaimLost:
        log.warning("job %s was taken up by another worker", job.job_id)
    except Exception as error:
        _broken_off(home, job, error, at=clock())
    else:
        jobs.finish(home.database, job, at=clock())


def _broken_off(home: Home, job: Job, error: Exception, *, at: datetime) -> None:
    """Leave the job to the next worker, to a later try, or failed with the reason."""
    match error:
        case Stopping():
            jobs.give_back(home.database, job, at=at)
        case DatabaseError():
            log.warning("job %s (%s): %s", job.job_id, job.kind, error)
            jobs.put_back(home.database, job, at=at)
        case ResonanzError():
            # It says what is wrong, and would say so again.
            log.warning("job %s (%s): %s", job.job_id, job.kind, error)
            jobs.fail(home.database, job, error.told, at=at)
        case _:
            # The place, never the message: that may hold a piece of what was worked on.
            place = "".join(format_tb(error.__traceback__))
            log.error("job %s (%s): %s\n%s", job.job_id, job.kind, type(error).__name__, place)
            jobs.put_back(home.database, job, at=at)
