import threading
from datetime import UTC, datetime, timedelta

import pytest

from survey.actions import jobs
from survey.errors import ClaimLost
from survey.model.jobs import MOST_ATTEMPTS
from tests import databases

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
SOON = AT + timedelta(seconds=1)
LONG_AFTER = AT + timedelta(hours=1)


# Everything on both engines.
database = databases.database


def asked(database, subject="w1", *, at=AT, due_at=None, **details):
    with database.write() as tx:
        return jobs.request(tx, "report", subject, details, by="dilan", at=at, due_at=due_at)


def found(database, job_id):
    with database.read() as tx:
        return jobs.find(tx, job_id)


def test_a_job_that_was_asked_for_waits_with_all_it_was_asked_with(database):
    job = found(database, asked(database, edition="council", language="de"))
    assert (job.kind, job.subject, job.state, job.attempts) == ("report", "w1", "waiting", 0)
    assert job.details == {"edition": "council", "language": "de"}
    assert (job.requested_by, job.requested_at, job.due_at) == ("dilan", AT, AT)


def test_the_same_work_asked_for_twice_is_one_job_until_it_is_over(database):
    first = asked(database, edition="council")
    assert asked(database, edition="council") == first
    assert asked(database, edition="internal") != first
    jobs.finish(database, jobs.claim(database, at=SOON), at=SOON)
    jobs.finish(database, jobs.claim(database, at=SOON), at=SOON)
    assert asked(database, edition="council", at=SOON) != first


def test_the_latest_job_of_a_subject_is_found_by_its_details(database):
    asked(database, edition="council")
    internal = asked(database, edition="internal", at=SOON)
    with database.read() as tx:
        assert jobs.latest(tx, "report", "w1").job_id == internal
        assert jobs.latest(tx, "report", "w1", edition="internal").job_id == internal
        assert jobs.latest(tx, "report", "w1", edition="council").job_id != internal
        assert jobs.latest(tx, "report", "w2") is None


def test_a_job_that_is_due_later_is_not_taken_before(database):
    asked(database, due_at=LONG_AFTER)
    assert jobs.claim(database, at=SOON) is None
    assert jobs.claim(database, at=LONG_AFTER).attempts == 1


def test_twenty_jobs_and_eight_workers_make_each_job_taken_once(database):
    wanted = {asked(database, f"w{number}") for number in range(20)}
    taken: list[str] = []

    def work():
        while (job := jobs.claim(database, at=SOON)) is not None or len(taken) < len(wanted):
            if job is not None:
                taken.append(job.job_id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 20
    assert set(taken) == wanted


def test_a_job_whose_worker_gives_no_sign_of_life_is_taken_up_by_another(database):
    asked(database)
    dead = jobs.claim(database, at=AT)
    assert jobs.claim(database, at=SOON) is None
    other = jobs.claim(database, at=LONG_AFTER)
    assert (other.job_id, other.attempts) == (dead.job_id, 2)


def test_a_worker_that_comes_back_after_its_job_was_taken_up_changes_nothing(database):
    asked(database)
    dead = jobs.claim(database, at=AT)
    jobs.claim(database, at=LONG_AFTER)
    with pytest.raises(ClaimLost):
        jobs.step(database, dead, "half", at=LONG_AFTER)
    assert not jobs.beat(database, dead, at=LONG_AFTER)
    assert not jobs.finish(database, dead, at=LONG_AFTER)
    assert found(database, dead.job_id).state == "running"


def test_a_sign_of_life_keeps_a_long_job(database):
    asked(database)
    job = jobs.claim(database, at=AT)
    assert jobs.beat(database, job, at=LONG_AFTER)
    assert jobs.claim(database, at=LONG_AFTER + timedelta(seconds=5)) is None


def test_a_job_that_was_left_behind_too_often_fails_with_a_reason(database):
    job_id = asked(database)
    at = AT
    for _ in range(MOST_ATTEMPTS):
        assert jobs.claim(database, at=at).job_id == job_id
        at += timedelta(hours=1)
    assert jobs.claim(database, at=at) is None
    job = found(database, job_id)
    assert (job.state, job.message, job.over) == ("failed", "job-died", True)


def test_a_job_put_back_waits_a_while_and_fails_when_it_was_put_back_too_often(database):
    job_id = asked(database)
    at = AT
    for _ in range(MOST_ATTEMPTS):
        jobs.put_back(database, jobs.claim(database, at=at), at=at)
        assert jobs.claim(database, at=at) is None
        at += jobs.LATER
    assert found(database, job_id).message == "job-stopped"


def test_work_that_is_due_once_is_asked_for_once_however_many_ask(database):
    def ask():
        with database.write() as tx:
            return jobs.once(tx, "retention", "2026-11-23", {}, by="schedule", at=AT)

    assert [ask() for _ in range(3)] == [True, False, False]
    jobs.finish(database, jobs.claim(database, at=SOON), at=SOON)
    assert not ask()
