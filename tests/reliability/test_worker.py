"""Work that takes longer than a request: done once, taken up again, told how it ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from survey import worker
from survey.actions import jobs, schedule
from survey.errors import DatabaseError, WaveNotReady
from tests.load.servers import ROOT
from tests.world import homes
from tests.world.programmes import PROGRAMME

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
SECRET = "what Amira wrote"  # noqa: S105


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    world = homes.build(tmp_path_factory.mktemp("house"))
    yield world.home
    world.database.close()


def asked(home, kind, subject="w1", *, at=AT):
    with home.database.write() as tx:
        return jobs.request(tx, kind, subject, {}, by="dilan", at=at)


def found(home, job_id):
    with home.database.read() as tx:
        return jobs.find(tx, job_id)


def done(home, kind, work, *, at=AT, attempts=1):
    """The job after this many attempts at it by one worker."""
    job_id = asked(home, kind, at=at)
    for _ in range(attempts):
        job = jobs.claim(home.database, at=at)
        assert job.job_id == job_id
        worker.do(home, job, lambda now=at: now, threading.Event(), kinds={kind: work})
        at += jobs.LATER
    return found(home, job_id)


def test_a_job_is_done_and_its_steps_are_told_while_it_runs(home):
    steps = []

    def work(house, job, told):
        told("pages")
        steps.append(found(home, job.job_id).step)

    job = done(home, "steps", work)
    assert (job.state, job.message, job.finished_at) == ("done", "", AT)
    assert steps == ["pages"]


def test_an_error_that_says_what_is_wrong_fails_the_job_at_once_with_its_key(home):
    def work(house, job, told):
        raise WaveNotReady(wave="w1", state="open")

    job = done(home, "open-wave", work)
    assert (job.state, job.message) == ("failed", "wave-state")


def test_an_error_nobody_foresaw_is_tried_three_times_and_told_without_its_words(home, caplog):
    def work(house, job, told):
        raise ValueError(SECRET)

    job = done(home, "unforeseen", work, attempts=3)
    assert (job.state, job.message) == ("failed", "job-stopped")
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


def test_a_database_that_is_locked_is_tried_again_later(home):
    tries = []

    def work(house, job, told):
        tries.append(job.attempts)
        if len(tries) == 1:
            raise DatabaseError(reason="locked")

    job = done(home, "locked", work, attempts=2)
    assert (job.state, tries) == ("done", [1, 2])


def test_a_kind_that_nobody_knows_fails_and_stops_no_worker(home):
    job_id = asked(home, "unknown")
    at = AT
    for _ in range(3):
        worker.do(home, jobs.claim(home.database, at=at), lambda now=at: now, threading.Event())
        at += jobs.LATER
    assert found(home, job_id).state == "failed"


def test_a_worker_that_is_asked_to_end_gives_its_job_back_at_the_next_step(home):
    stop = threading.Event()

    def work(house, job, told):
        stop.set()
        told("pages")

    job_id = asked(home, "stopped")
    job = jobs.claim(home.database, at=AT)
    worker.do(home, job, lambda: AT, stop, kinds={"stopped": work})
    assert found(home, job_id).state == "waiting"
    assert jobs.claim(home.database, at=AT).job_id == job_id
    with home.database.write() as tx:
        tx.run("DELETE FROM job WHERE tenant = :tenant")


def test_whatever_the_schedule_wants_has_somebody_who_does_it():
    wanted = {kind for kind, _ in schedule.due(AT + timedelta(hours=8))}
    assert wanted <= set(worker.KINDS)


def test_retention_does_what_needs_no_key_where_a_key_is_missing(tmp_path):
    world = homes.build(tmp_path, days=(-90, -60), opened=False)
    key = tmp_path / "keys" / "evaluator" / PROGRAMME.programme_id / "pair"
    key.unlink()
    at = datetime.now(UTC)
    with world.database.write() as tx:
        jobs.once(tx, "retention", at.date().isoformat(), {}, by="test", at=at)
    job = jobs.claim(world.database, at=at)
    worker.do(world.home, job, lambda: at, threading.Event())
    after = found(world.home, job.job_id)
    assert (after.state, after.message) == ("failed", "key-missing")
    with world.database.read() as tx:
        assert tx._connection.execute("SELECT count(*) FROM invitation").fetchone() == (0,)
    world.database.close()


def test_two_workers_do_what_the_schedule_wants_once(home):
    did, stop = [], threading.Event()

    def work(house, job, told):
        did.append(job.job_id)

    kinds = dict.fromkeys(worker.KINDS, work)
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    threads = [
        threading.Thread(target=worker.run, args=(home, lambda: at, stop), kwargs={"kinds": kinds})
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    wanted = sorted(f"{kind}-{subject}" for kind, subject in schedule.due(at))
    for _ in range(600):
        if len(did) >= len(wanted):
            break
        time.sleep(0.05)
    time.sleep(2 * worker.PAUSE)  # for whoever would do it again
    stop.set()
    for thread in threads:
        thread.join()
    assert sorted(did) == wanted


def test_a_worker_killed_in_the_middle_is_replaced_and_the_work_is_done_once(home):
    job_id = asked(home, "slow", at=datetime.now(UTC))
    first = start(home)
    wait_for(home.directory / "begun-1")
    assert found(home, job_id).step == "begun"
    first.kill()
    first.wait()
    assert found(home, job_id).state == "running"
    second = start(home)
    try:
        wait_for(home.directory / "begun-2")
        (home.directory / "go").touch()
        for _ in range(1200):
            if found(home, job_id).over:
                break
            time.sleep(0.05)
    finally:
        second.kill()
        second.wait()
    job = found(home, job_id)
    assert (job.state, job.attempts) == ("done", 2)


def test_a_worker_that_was_only_asleep_writes_nothing_into_a_job_taken_up_by_another(home):
    (home.directory / "go").unlink(missing_ok=True)
    for each in home.directory.glob("begun-*"):
        each.unlink()
    job_id = asked(home, "slow", "w2", at=datetime.now(UTC))
    sleeper, other = start(home), None
    try:
        wait_for(home.directory / "begun-1")
        os.kill(sleeper.pid, signal.SIGSTOP)
        other = start(home)
        wait_for(home.directory / "begun-2")
        (home.directory / "go").touch()
        os.kill(sleeper.pid, signal.SIGCONT)
        for _ in range(1200):
            if found(home, job_id).over:
                break
            time.sleep(0.05)
    finally:
        for process in (sleeper, other):
            if process:
                process.kill()
                process.wait()
    job = found(home, job_id)
    assert (job.state, job.attempts) == ("done", 2)


def start(home):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.slow_worker", str(home.directory)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def wait_for(path):
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never came")
