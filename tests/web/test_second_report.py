"""A second report beside the first: worker, tables and pages take it from the registry."""

import threading

import msgspec
import pytest
from click.testing import CliRunner
from msgspec import Struct

from survey import clock, report_types, worker
from survey.actions import jobs, reports
from survey.cli import report
from survey.model.file_formats import PDF, FileFormat
from survey.model.jobs import Job
from survey.model.previews import Preview
from survey.report import registry
from survey.report.measure import open_waves
from survey.report.measure.measured import Measured
from survey.report.registry import Report
from survey.report_types import ReportType
from survey.store import documents, previews, snapshots
from tests.world import staff

TEXT = FileFormat(name="text", title="Text", media_type="text/plain", ending=".txt")
CONFIRMED = {"report": "domains", "edition": "council", "language": "en", "format": "text"}
CONFIRMED |= {"name": "Zufriedenheit w3", "read": "1"}


class Domains(Struct, frozen=True, kw_only=True):
    """A snapshot that says in how many parts answers of a wave were kept."""

    wave_id: str
    domains: int


def measure(services, wave, known, progress):
    opened = open_waves.open_wave(services, wave.wave_id, progress)
    progress("figures")
    number = len({q.block for q in opened.published.form.questions})
    return Measured(snapshot=Domains(wave_id=wave.wave_id, domains=number), registry=known)


def render(snapshot, *, language, edition, progress):
    progress("pages")
    return f"{edition.kind} {language}: {snapshot.domains}".encode()


SECOND = Report(
    type=ReportType(
        name="domains",
        title="Bereiche",
        summary="Write how answers were kept.",
        editions=("council",),
        formats=(PDF, TEXT),
    ),
    frozen_with=lambda _tx, _wave: (),
    measure=measure,
    text=lambda snapshot: msgspec.json.encode(snapshot).decode(),
    read=lambda body: msgspec.json.decode(body, type=Domains),
    preview=lambda _snapshot, answered: Preview(answered=answered, lines=(), units=()),
    render={PDF.name: render, TEXT.name: render},
)


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setitem(report_types.REPORT_TYPES, SECOND.type.name, SECOND.type)
    monkeypatch.setitem(registry.REPORTS, SECOND.type.name, SECOND)
    world = staff.build(tmp_path, letters=20)
    world.closed("w3", 3)
    return world


def work(world) -> list[Job]:
    """Do all that was asked for, as a worker does."""
    done = []
    while (job := jobs.claim(world.database, at=clock.now())) is not None:
        worker.do(world.home, job, clock.now, threading.Event())
        with world.database.read() as tx:
            done.append(jobs.find(tx, job.job_id))
    return done


def test_it_is_previewed_frozen_made_and_handed_out(world):
    dilan = world.browser("dilan")
    page = dilan.get("/reports/w3?report=domains").text
    assert "Bereiche" in page
    assert "Zufriedenheit" in page
    staff.send(dilan, "/reports/w3/preview", {"report": "domains"})
    assert [job.state for job in work(world) if job.kind == reports.PREVIEW] == ["done"]
    with world.database.read() as tx:
        assert previews.find(tx, "w3", "domains") is not None
        assert previews.find(tx, "w3", report_types.UNNAMED) is None
    page = dilan.get("/reports/w3?report=domains").text
    assert 'value="internal"' not in page
    assert 'name="format" value="text"' in page
    reply = staff.send(dilan, "/reports/w3", CONFIRMED)
    assert reply.headers["location"].startswith("/jobs/")
    assert [job.state for job in work(world)] == ["done"]
    with world.database.read() as tx:
        frozen = snapshots.of_wave(tx, "w3")
        (document,) = documents.of_wave(tx, "w3")
    assert [row.report for row in frozen] == ["domains"]
    assert (document.name, document.media_type) == ("domains-w3-council-en.txt", "text/plain")
    file = dilan.get(f"/documents/{document.document_id}")
    assert file.headers["content-type"] == "text/plain"
    assert file.text.startswith("council en: ")
    # The other report of the wave is as free as before.
    assert 'action="/reports/w3/preview"' in dilan.get("/reports/w3").text


def test_an_edition_or_format_of_another_report_is_refused(world):
    dilan = world.browser("dilan")
    for wrong in ({"edition": "internal"}, {"format": "xlsx"}):
        reply = staff.send(dilan, "/reports/w3", CONFIRMED | wrong)
        assert reply.status_code == 422
    assert dilan.get("/reports/w3?report=nothing").status_code == 404


def test_a_wave_with_another_report_frozen_counts_as_published(world):
    dilan = world.browser("dilan")
    staff.send(dilan, "/reports/w3/preview", {"report": "domains"})
    work(world)
    staff.send(dilan, "/reports/w3", CONFIRMED)
    work(world)
    assert "/results/w3" in dilan.get("/reports").text


def test_its_command_offers_its_own_editions_and_formats():
    told = CliRunner().invoke(report.command_of(SECOND.type), ["--help"]).output
    assert "Write how answers were kept." in told
    assert "--edition [council]" in told
    assert "--format [pdf|text]" in told


def test_a_job_from_before_there_were_several_is_about_the_first(world):
    with world.database.write() as tx:
        jobs.request(tx, reports.PREVIEW, "w3", {}, by="dilan", at=clock.now())
    work(world)
    with world.database.read() as tx:
        assert previews.find(tx, "w3", report_types.UNNAMED) is not None
        _, job = reports.foreseen(tx, "w3", report_types.UNNAMED)
    assert job is not None
    assert job.state == "done"
