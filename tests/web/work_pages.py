"""A house in which waves stand everywhere they can, and a sample of every page about them.

w1 is open, w2 planned, w3 closed with texts nobody has agreed on, w4 closed and frozen;
w5 has a report with everything that results can show, w6 is withdrawn; of w7 and w8 it was not
looked at yet what a report would show, for w8 somebody has asked for it.
"""

from msgspec.structs import replace

from survey.actions import reports, wave_changes
from survey.actions.comments import review
from survey.engine.database import Transaction
from survey.model import snapshots as encoding
from survey.model.comments import Proposal
from survey.model.snapshots import Quote
from survey.report import make
from survey.report_types import SATISFACTION
from survey.store import documents, fieldwork, jobs, snapshots
from survey.store.fieldwork import Weekly
from survey.store.snapshots import Frozen
from tests.report import papers
from tests.web.staff_pages import Sample
from tests.world import answers
from tests.world.programmes import NOW
from tests.world.world import World

FILE = "satisfaction-internal-de.pdf"
DRAFT = (
    "programme=zufriedenheit&chosen=satisfaction/default&wave=w9&number=9&opens=2031-03-01"
    "&closes=2031-03-31&label=Team+Nord&invited=268&label=Team+West&invited=61"
    "&label=Team+Klein&invited=12"
)


def freeze(tx: Transaction, wave_id: str) -> None:
    """Let a wave have a report with everything that a page of results can show."""
    shown = papers.snapshot(selection="full")
    arabic = Quote(text=answers.TEXTS[-1])
    first, *others = shown.comments
    comments = (replace(first, texts=(arabic, *first.texts)), *others)
    body = encoding.text(replace(shown, comments=comments))
    row = Frozen(wave_id=wave_id, report=SATISFACTION.name, body=body, frozen_on=NOW.date())
    assert snapshots.freeze(tx, row)


def prepare(world: World) -> str:
    """Bring waves to where they can stand; gives the id of a job that is not over."""
    database = world.database
    world.plan("w2", 2)
    world.plan("w6", 6)
    wave_changes.withdraw(database, "w6", because="Umzug des Hauses", actor="test", at=NOW)
    services = world.closed("w3", 3)
    first = review.read(services, "w3", actor="test", at=NOW)[0]
    suggestion = Proposal(text="[Person im Jobcenter] hat mir sehr geholfen.")
    review.propose(services, first.comment_id, 0, suggestion, actor="staff:jana", at=NOW)
    make.preview(world.home, "w3", SATISFACTION.name, lambda _: None)
    world.closed("w4", 4)
    make.freeze(services, "w4", SATISFACTION.name, lambda _: None)
    for wave_id, number in (("w7", 7), ("w8", 8)):
        world.closed(wave_id, number, answered=0)
    reports.look_ahead(database, "w8", SATISFACTION.name, actor="staff:dilan", at=NOW)
    world.plan("w5", 5)
    with database.write() as tx:
        freeze(tx, "w5")
        for week, answered in (("2026-W44", 0), ("2026-W45", 10), ("2026-W46", 20)):
            fieldwork.add(tx, Weekly(wave_id="w1", week=week, answered=answered))
        documents.keep(
            tx,
            documents.Document(
                document_id="d4",
                wave_id="w4",
                name=FILE,
                media_type="application/pdf",
                made_on=NOW.date(),
                body=b"%PDF-1.7",
            ),
        )
    return reports.order(
        database,
        "w3",
        papers.request("internal", "de"),
        actor="staff:dilan",
        at=NOW,
    )


def samples(world: World) -> list[Sample]:
    """Every page about waves; prepares the house the first time."""
    with world.database.read() as tx:
        known = jobs.of_subject(tx, "report", "w3")
    job_id = known[0].job_id if known else prepare(world)
    return [
        *_waves(),
        _of("remarks", "/remarks", "/remarks"),
        _of("remark", "/remarks/{wave_id:str}", "/remarks/w3", who="enno"),
        _of("remark-second", "/remarks/{wave_id:str}", "/remarks/w3?tab=proposed", who="enno"),
        _of("remark-none", "/remarks/{wave_id:str}", "/remarks/w3?tab=done", who="enno"),
        _of("reports", "/reports", "/reports"),
        _of("report-before", "/reports/{wave_id:str}", "/reports/w3"),
        _of("report-not-looked", "/reports/{wave_id:str}", "/reports/w7"),
        _of("report-looking", "/reports/{wave_id:str}", "/reports/w8"),
        _of("report-after", "/reports/{wave_id:str}", "/reports/w4"),
        _of("report-read-only", "/reports/{wave_id:str}", "/reports/w3", who="farah"),
        _of("report-too-early", "/reports/{wave_id:str}", "/reports/w1", status=409),
        _of(
            "report-unconfirmed",
            "/reports/{wave_id:str}",
            "/reports/w3",
            fields={"name": "w4"},
            action="/reports/w3",
            status=422,
        ),
        _of("job", "/jobs/{job_id:str}", f"/jobs/{job_id}"),
        _of("results", "/results/{wave_id:str}", "/results/w4"),
        _of("results-full", "/results/{wave_id:str}", "/results/w5"),
        _of("results-too-early", "/results/{wave_id:str}", "/results/w3", status=404),
    ]


def _waves() -> list[Sample]:
    wave, new = "/waves/{wave_id:str}", "/waves/new"
    return [
        _of("overview-farah", "/", "/", who="farah"),
        _of("overview-enno", "/", "/", who="enno"),
        _of("waves", "/waves", "/waves"),
        _of("waves-sorted", "/waves", "/waves?sort=-state"),
        _of("waves-not-found", "/waves", "/waves?q=nichts"),
        _of("wave-planned", wave, "/waves/w2"),
        _of("wave-open", wave, "/waves/w1?done=opened"),
        _of("wave-closed", wave, "/waves/w3"),
        _of("wave-published", wave, "/waves/w4"),
        _of("wave-read-only", wave, "/waves/w1", who="farah"),
        _of("wave-withdrawn", wave, "/waves/w6"),
        _of("change", f"{wave}/change", "/waves/w2/change"),
        _of("change-title", f"{wave}/change", "/waves/w1/change"),
        _of(
            "change-all-wrong",
            f"{wave}/change",
            "/waves/w2/change",
            fields={"title": "", "opens": "", "closes": ""},
            action="/change",
            status=422,
        ),
        _of("prolong", f"{wave}/prolong", "/waves/w1/prolong"),
        _of(
            "prolong-no-day",
            f"{wave}/prolong",
            "/waves/w1/prolong",
            fields={"closes": ""},
            action="/prolong",
            status=422,
        ),
        _of("withdraw", f"{wave}/withdraw", "/waves/w2/withdraw"),
        _of(
            "withdraw-no-reason",
            f"{wave}/withdraw",
            "/waves/w2/withdraw",
            fields={"because": ""},
            action="/withdraw",
            status=422,
        ),
        _of("close", f"{wave}/close", "/waves/w1/close"),
        _of(
            "close-other-name",
            f"{wave}/close",
            "/waves/w1/close",
            fields={"name": "w2"},
            action="/close",
            status=422,
        ),
        _of("questions", f"{wave}/questions", "/waves/w2/questions"),
        _of("questions-arabic", f"{wave}/questions", "/waves/w1/questions?told=ar", who="farah"),
        _of(
            "questions-planned",
            "/programmes/{programme_id:str}/questions",
            "/programmes/zufriedenheit/questions?form=satisfaction&selection=full",
        ),
        _of("fieldwork", f"{wave}/fieldwork", "/waves/w1/fieldwork"),
        _of("fieldwork-no-week", f"{wave}/fieldwork", "/waves/w3/fieldwork"),
        _of("fieldwork-too-early", f"{wave}/fieldwork", "/waves/w2/fieldwork", status=409),
        _of("programmes", "/programmes", "/programmes"),
        _of("programme", "/programmes/{programme_id:str}", "/programmes/zufriedenheit"),
        _of("new-programme", new, new),
        _of("new-form", new, f"{new}?step=form&programme=zufriedenheit"),
        _of("new-people", new, f"{new}?step=people&{DRAFT}"),
        _of("new-outlook", new, f"{new}?step=outlook&{DRAFT}"),
        _of("new-check", new, f"{new}?step=check&{DRAFT}"),
        _of("new-nothing", new, f"{new}?step=form", status=422),
        _of(
            "new-all-wrong",
            new,
            f"{new}?step=outlook&programme=zufriedenheit&chosen=satisfaction/default&wave=W+9"
            "&number=1&opens=2031-03-31&closes=2031-03-01",
            status=422,
        ),
    ]


def _of(name: str, route: str, address: str, *, who: str = "dilan", **more: object) -> Sample:
    return Sample(name=name, route=route, address=address, who=who, **more)  # type: ignore[arg-type]
