"""A report in the making: its named steps, until the files are there.

A script asks again every two seconds; without one a link does. The page never reloads by itself:
that would take the focus away from whoever reads it (WCAG failure F41).
"""

from typing import ClassVar, Literal, TypeAlias

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import jobs, reports
from survey.errors import NotFound
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model.jobs import Job
from survey.store import documents, waves
from survey.store.documents import Listed
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.reports import VIEWERS
from survey.web.staff.session import allows
from survey.web.staff.site import TheSite

Step: TypeAlias = Literal["waiting", "answers", "figures", "chapters", "pages"]
# What a step of the report begins with when it tells how far it is, in the order they come.
STEPS: tuple[tuple[Step, tuple[str, ...]], ...] = (
    ("waiting", ()),
    ("answers", ("answers", "another report")),
    ("figures", ("figures",)),
    ("chapters", ("chapter",)),
    ("pages", ("pages",)),
)


class Fault(Struct, frozen=True, kw_only=True):
    """What stopped a job: the key of its sentence, and what that names.

    Args:
        kind: of a document, "character" or "picture"
        character: by its number and name
        chapter: the heading under which it stands, empty where that is not known
    """

    key: str
    kind: str = ""
    character: str = ""
    chapter: str = ""


class JobView(View, frozen=True, kw_only=True):
    """The job, the title of its wave, the step it is at, what stopped it, the wave's files."""

    template: ClassVar[str] = "staff/job.html"

    frame: Frame
    job: Job
    wave: str
    steps: tuple[Step, ...]
    at: int
    fault: Fault
    documents: tuple[Listed, ...]


@get("/jobs/{job_id:str}", guards=[allows(*VIEWERS)], sync_to_thread=True)
def job_show(request: StaffRequest, site: TheSite, job_id: FromPath[str]) -> Reply:
    """How far a report is."""
    with site.database.read() as tx:
        job = jobs.find(tx, job_id)
        if job is None or job.kind != reports.KIND:
            raise NotFound(job=job_id)
        made = documents.of_wave(tx, job.subject)
        title = waves.find(tx, job.subject).title
    view = JobView(
        frame=frame.frame_for(site, request, "reports"),
        job=job,
        wave=title,
        steps=tuple(step for step, _ in STEPS),
        at=_at(job),
        fault=_fault(job),
        documents=tuple(made),
    )
    return site.show(request, view)


def _fault(job: Job) -> Fault:
    key, kind, character, chapter = [*job.message.split("\t"), "", "", ""][:4]
    return Fault(key=key, kind=kind, character=character, chapter=chapter)


def _at(job: Job) -> int:
    """The place of the step in the list; beyond its end when all is done."""
    if job.state == "done":
        return len(STEPS)
    if job.state == "waiting":
        return 0
    places = (place for place, (_, heads) in enumerate(STEPS) if job.step.startswith(heads or "\0"))
    return next(places, 1)
