"""The table of jobs: a worker has a job when its UPDATE was the one that changed the row.

Times are compared as they are written, so every one of them is in UTC.
"""

from datetime import datetime

import msgspec
from msgspec import Struct, structs

from survey.engine.database import Transaction
from survey.model.jobs import Job, State

COLUMNS = """
    job_id, kind, subject, details, state, step, message, attempts, requested_by, requested_at,
    due_at, claimed_at, finished_at
"""


class _Row(Struct, frozen=True, kw_only=True):
    job_id: str
    kind: str
    subject: str
    details: str
    state: State
    step: str
    message: str
    attempts: int
    requested_by: str
    requested_at: datetime
    due_at: datetime
    claimed_at: datetime | None
    finished_at: datetime | None


def add(tx: Transaction, job: Job) -> bool:
    """False when a job of this id is there already."""
    added = tx.run(
        f"""
        INSERT INTO job (tenant, {COLUMNS})
        VALUES (:tenant, :job_id, :kind, :subject, :details, :state, :step, :message, :attempts,
                :requested_by, :requested_at, :due_at, :claimed_at, :finished_at)
        ON CONFLICT (tenant, job_id) DO NOTHING
        """,  # noqa: S608 - COLUMNS is a constant above
        {**structs.asdict(job), "details": msgspec.json.encode(job.details).decode()},
    )
    return added == 1


def find(tx: Transaction, job_id: str) -> Job | None:
    """The job of this id, None when there is none."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM job WHERE tenant = :tenant AND job_id = :job_id",  # noqa: S608
        {"job_id": job_id},
        into=_Row,
    )
    return _job(row) if row else None


def of_subject(tx: Transaction, kind: str, subject: str) -> list[Job]:
    """All jobs of a kind about one subject, the last one requested first."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM job
        WHERE tenant = :tenant AND kind = :kind AND subject = :subject
        ORDER BY requested_at DESC, job_id
        """,  # noqa: S608
        {"kind": kind, "subject": subject},
        into=_Row,
    )
    return [_job(row) for row in rows]


def takeable(tx: Transaction, *, at: datetime, gone: datetime) -> list[Job]:
    """Jobs that wait and are due, and those whose worker was last heard of before `gone`."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM job
        WHERE tenant = :tenant
            AND ((state = 'waiting' AND due_at <= :at)
                OR (state = 'running' AND claimed_at < :gone))
        ORDER BY due_at, job_id
        """,  # noqa: S608
        {"at": at, "gone": gone},
        into=_Row,
    )
    return [_job(row) for row in rows]


def claim(tx: Transaction, job: Job, *, at: datetime, gone: datetime) -> bool:
    """Take this job as it was read; False when somebody was faster or its worker lives."""
    taken = tx.run(
        """
        UPDATE job SET state = 'running', attempts = attempts + 1, claimed_at = :at, step = ''
        WHERE tenant = :tenant AND job_id = :job_id AND state = :state AND attempts = :attempts
            AND (state = 'waiting' OR claimed_at < :gone)
        """,
        {
            "job_id": job.job_id,
            "state": job.state,
            "attempts": job.attempts,
            "at": at,
            "gone": gone,
        },
    )
    return taken == 1


def tell(tx: Transaction, job: Job, step: str, *, at: datetime) -> bool:
    """Write down how far it is; False when the claim is not ours any more."""
    written = tx.run(
        """
        UPDATE job SET step = :step, claimed_at = :at
        WHERE tenant = :tenant AND job_id = :job_id AND state = 'running' AND attempts = :attempts
        """,
        {"job_id": job.job_id, "attempts": job.attempts, "step": step, "at": at},
    )
    return written == 1


def beat(tx: Transaction, job: Job, *, at: datetime) -> bool:
    """A sign of life; False when the claim is not ours any more."""
    beaten = tx.run(
        """
        UPDATE job SET claimed_at = :at
        WHERE tenant = :tenant AND job_id = :job_id AND state = 'running' AND attempts = :attempts
        """,
        {"job_id": job.job_id, "attempts": job.attempts, "at": at},
    )
    return beaten == 1


def end(tx: Transaction, job: Job, state: State, message: str, *, at: datetime) -> bool:
    """Finish a running job; False when the claim is not ours any more."""
    ended = tx.run(
        """
        UPDATE job SET state = :state, message = :message, finished_at = :at
        WHERE tenant = :tenant AND job_id = :job_id AND state = 'running' AND attempts = :attempts
        """,
        {
            "job_id": job.job_id,
            "attempts": job.attempts,
            "state": state,
            "message": message,
            "at": at,
        },
    )
    return ended == 1


def again(tx: Transaction, job: Job, *, due_at: datetime) -> bool:
    """Put a running job back, to be taken when it is due; False when it is not ours any more."""
    put = tx.run(
        """
        UPDATE job SET state = 'waiting', step = '', due_at = :due_at
        WHERE tenant = :tenant AND job_id = :job_id AND state = 'running' AND attempts = :attempts
        """,
        {"job_id": job.job_id, "attempts": job.attempts, "due_at": due_at},
    )
    return put == 1


def revive(tx: Transaction, job: Job, *, due_at: datetime) -> bool:
    """Let a failed job wait again; False when somebody was faster."""
    revived = tx.run(
        """
        UPDATE job SET state = 'waiting', step = '', message = '', due_at = :due_at,
            finished_at = NULL
        WHERE tenant = :tenant AND job_id = :job_id AND state = 'failed' AND attempts = :attempts
        """,
        {"job_id": job.job_id, "attempts": job.attempts, "due_at": due_at},
    )
    return revived == 1


def _job(row: _Row) -> Job:
    details = msgspec.json.decode(row.details, type=dict[str, str])
    return Job(**{**structs.asdict(row), "details": details})
