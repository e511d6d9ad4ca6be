"""Asking for long work, and doing it one worker at a time.

Whoever has claimed a job is told by the number of its attempts: a worker that was thought dead and
comes back finds that nothing it writes is taken any more.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from survey.engine.database import Database, Transaction
from survey.errors import ClaimLost
from survey.model.jobs import MOST_ATTEMPTS, Job
from survey.store import jobs

# A worker gives a sign of life every BEAT; after GONE without one its job is taken up by another.
BEAT = timedelta(seconds=10)
GONE = timedelta(seconds=60)
# Whoever waited for somebody else's write has a job again after this.
LATER = timedelta(minutes=1)


def request(
    tx: Transaction,
    kind: str,
    subject: str,
    details: Mapping[str, str],
    *,
    by: str,
    at: datetime,
    due_at: datetime | None = None,
) -> str:
    """Ask for work; gives the id under which its progress can be followed.

    What is asked for already and not over is not asked for twice: its id is given back.
    """
    for known in jobs.of_subject(tx, kind, subject):
        if not known.over and known.details == details:
            return known.job_id
    job = _job(secrets.token_hex(16), kind, subject, details, by, at, due_at or at)
    jobs.add(tx, job)
    return job.job_id


def once(
    tx: Transaction, kind: str, subject: str, details: Mapping[str, str], *, by: str, at: datetime
) -> bool:
    """Ask for work that is done once for its subject, however many ask; False when it was asked."""
    return jobs.add(tx, _job(_only(kind, subject), kind, subject, details, by, at, at))


def only(tx: Transaction, kind: str, subject: str) -> Job | None:
    """The work that is done once for its subject, None when nobody asked for it."""
    return jobs.find(tx, _only(kind, subject))


def once_more(tx: Transaction, job: Job, *, at: datetime) -> bool:
    """Try a failed job again; False when somebody else does."""
    return jobs.revive(tx, job, due_at=at.astimezone(UTC))


def find(tx: Transaction, job_id: str) -> Job | None:
    """The job of this id, None when there is none."""
    return jobs.find(tx, job_id)


def latest(tx: Transaction, kind: str, subject: str, **details: str) -> Job | None:
    """The last job of this kind about this subject with these details, None when there is none."""
    for job in jobs.of_subject(tx, kind, subject):
        if all(job.details.get(name) == value for name, value in details.items()):
            return job
    return None


def claim(database: Database, *, at: datetime, gone: timedelta = GONE) -> Job | None:
    """Take one job that is due or was left behind, None when there is nothing to do.

    A job that was left behind too often fails instead: it may be what kills the workers.
    """
    at = at.astimezone(UTC)
    with database.read() as tx:
        waiting = jobs.takeable(tx, at=at, gone=at - gone)
    for job in waiting:
        with database.write() as tx:
            if job.state == "running" and job.attempts >= MOST_ATTEMPTS:
                jobs.end(tx, job, "failed", "job-died", at=at)
            elif jobs.claim(tx, job, at=at, gone=at - gone):
                return replace(job, state="running", attempts=job.attempts + 1, claimed_at=at)
    return None


def step(database: Database, job: Job, text: str, *, at: datetime) -> None:
    """Write down how far a claimed job is.

    Raises:
        ClaimLost: another worker has it
    """
    with database.write() as tx:
        if not jobs.tell(tx, job, text, at=at.astimezone(UTC)):
            raise ClaimLost(job=job.job_id)


def beat(database: Database, job: Job, *, at: datetime) -> bool:
    """A sign of life; False when another worker has the job."""
    with database.write() as tx:
        return jobs.beat(tx, job, at=at.astimezone(UTC))


def finish(database: Database, job: Job, *, at: datetime) -> bool:
    """The claimed job is done; False when another worker has it."""
    with database.write() as tx:
        return jobs.end(tx, job, "done", "", at=at.astimezone(UTC))


def fail(database: Database, job: Job, message: str, *, at: datetime) -> bool:
    """The claimed job cannot be done; `message` is the key of the sentence that says why."""
    with database.write() as tx:
        return jobs.end(tx, job, "failed", message, at=at.astimezone(UTC))


def put_back(database: Database, job: Job, *, at: datetime) -> bool:
    """What stopped the claimed job may pass: it is tried again later, or fails when tried often."""
    at = at.astimezone(UTC)
    with database.write() as tx:
        if job.attempts >= MOST_ATTEMPTS:
            return jobs.end(tx, job, "failed", "job-stopped", at=at)
        return jobs.again(tx, job, due_at=at + LATER)


def give_back(database: Database, job: Job, *, at: datetime) -> bool:
    """The worker ends before the claimed job is done; the next one may have it at once."""
    with database.write() as tx:
        return jobs.again(tx, job, due_at=at.astimezone(UTC))


def _only(kind: str, subject: str) -> str:
    return f"{kind}-{subject}"


def _job(
    job_id: str,
    kind: str,
    subject: str,
    details: Mapping[str, str],
    by: str,
    at: datetime,
    due_at: datetime,
) -> Job:
    return Job(
        job_id=job_id,
        kind=kind,
        subject=subject,
        details=dict(details),
        state="waiting",
        step="",
        message="",
        attempts=0,
        requested_by=by,
        requested_at=at.astimezone(UTC),
        due_at=due_at.astimezone(UTC),
        claimed_at=None,
        finished_at=None,
    )
