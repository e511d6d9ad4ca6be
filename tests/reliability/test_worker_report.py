"""A report asked for on a page: made by the worker, whole or not at all, whoever is killed."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from survey import worker
from survey.actions import jobs, reports, wave_close
from survey.report import make
from survey.staff.store import audit
from survey.store import documents
from tests.load.servers import ROOT
from tests.report import papers
from tests.world import homes


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    world = homes.build(tmp_path_factory.mktemp("house"))
    wave_close.close(world.home.services(), "w1", actor="test", at=datetime.now(UTC))
    yield world.home
    world.database.close()


def ordered(home, edition="council", language="de"):
    return reports.order(
        home.database, "w1", papers.request(edition, language), actor="dilan", at=datetime.now(UTC)
    )


def found(home, job_id):
    with home.database.read() as tx:
        return jobs.find(tx, job_id)


def files(home):
    with home.database.read() as tx:
        return {
            each.name: documents.find(tx, each.document_id) for each in documents.of_wave(tx, "w1")
        }


def test_a_worker_killed_in_the_middle_of_a_report_leaves_no_half_of_it(home):
    job_id = ordered(home)
    first = start(home)
    try:
        wait_for(lambda: found(home, job_id).step.startswith("chapter"))
    finally:
        first.kill()
        first.wait()
    assert files(home) == {}
    assert not list(home.directory.rglob("*.part"))
    second = start(home)
    try:
        wait_for(lambda: found(home, job_id).over)
    finally:
        second.kill()
        second.wait()
    job = found(home, job_id)
    assert (job.state, job.attempts) == ("done", 2)
    [paper] = files(home).values()
    assert paper.name == "satisfaction-w1-council-de.pdf"
    again = make.document(
        home,
        "w1",
        papers.request("council", "de"),
        lambda _: None,
    )
    assert paper.body == again
    # Frozen by who asked, not by the account that the worker runs as.
    with home.database.read() as tx:
        frozen = [each.actor for each in audit.list_all(tx) if each.action == "report-frozen"]
    assert frozen == ["dilan"]


def test_each_edition_and_language_is_a_file_of_its_own(home):
    for edition, language in [("council", "en"), ("internal", "de"), ("internal", "en")]:
        ordered(home, edition, language)
    while (job := jobs.claim(home.database, at=datetime.now(UTC))) is not None:
        worker.do(home, job, lambda: datetime.now(UTC), threading.Event())
    made = files(home)
    assert len(made) == 4
    for paper in made.values():
        assert len(pypdf.PdfReader(BytesIO(paper.body)).pages) > 2


def test_a_report_of_an_open_wave_that_slipped_through_fails_with_the_reason(tmp_path):
    world = homes.build(tmp_path)
    home = world.home
    details = {"report": "satisfaction", "edition": "council", "language": "de"}
    at = datetime.now(UTC)
    with home.database.write() as tx:
        job_id = jobs.request(tx, "report", "w1", details, by="dilan", at=at)
    worker.do(home, jobs.claim(home.database, at=at), lambda: at, threading.Event())
    job = found(home, job_id)
    assert (job.state, job.message) == ("failed", "wave-state")
    assert files(home) == {}
    home.database.close()


def start(home):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.slow_worker", str(home.directory)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def wait_for(come):
    for _ in range(1200):
        if come():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")
