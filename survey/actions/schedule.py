"""Scheduled work: the jobs due at a moment, each requested once.

Work that was due while nobody worked is asked for as soon as somebody does; of several times that
were missed, the last one is enough, because every kind does all that is there to be done.
"""

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from survey.actions import jobs
from survey.engine.database import Database
from survey.model.jobs import Job

BY = "schedule"
# When least people are about: rewriting keeps everybody else from writing for a moment.
NIGHT = time(2)

Due: TypeAlias = tuple[str, str]


def due(now: datetime) -> list[Due]:
    """Kind and subject of everything the schedule wants done by `now`, in the house's own time."""
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    wanted = [
        # The week that has ended, and the slot in which releases of the weeks before are handed on.
        ("fieldwork", _week(monday - timedelta(days=1))),
        ("releases", _week(monday)),
        ("retention", today.isoformat()),
    ]
    if now.time() >= NIGHT:
        wanted.append(("rewrite", today.isoformat()))
    return wanted


def ask(database: Database, now: datetime) -> list[Due]:
    """Ask for what is due and was not asked for before, or failed on an earlier day.

    Gives what was asked for now. A key that was not there yesterday may be there today.
    """
    wanted = due(now)
    with database.read() as tx:
        known = [(task, jobs.only(tx, *task)) for task in wanted]
    asked = []
    for task, job in known:
        if job is not None and not _failed_before(job, now):
            continue
        with database.write() as tx:
            if job is None:
                is_asked = jobs.once(tx, *task, {}, by=BY, at=now)
            else:
                is_asked = jobs.once_more(tx, job, at=now)
        if is_asked:
            asked.append(task)
    return asked


def _failed_before(job: Job, now: datetime) -> bool:
    if job.state != "failed" or job.finished_at is None:
        return False
    return job.finished_at.astimezone(now.tzinfo).date() < now.date()


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
