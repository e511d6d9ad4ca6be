"""Planning a wave in five steps, with what it will be able to show and what people will read."""

from typing import ClassVar

from litestar import get, post

from survey.actions import waves
from survey.errors import Refused, WaveNotReady
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model.problems import Problem
from survey.model.roles import ZONE
from survey.web.staff import frame
from survey.web.staff.frame import Frame
from survey.web.staff.new_wave import facts, wave_draft
from survey.web.staff.new_wave.facts import Known, Outlook, Planned
from survey.web.staff.new_wave.wave_draft import STEPS, Draft, Step
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite

# Rows left empty under those that are filled, for units to come.
SPARE = 2


class NewWaveView(View, frozen=True, kw_only=True):
    """One step; `steps` with the address of each that is done, empty for the others."""

    template: ClassVar[str] = "staff/new_wave.html"

    frame: Frame
    step: Step
    steps: tuple[tuple[Step, str], ...]
    back: str
    draft: Draft
    hidden: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    known: Known
    rows: tuple[tuple[str, str], ...]
    outlook: Outlook | None
    planned: Planned | None
    today: str
    rate: str


@get("/waves/new", guards=[allows("quality_manager")], sync_to_thread=True)
def new_wave_show(request: StaffRequest, site: TheSite) -> Reply:
    """The step that was asked for, or the first before it that is not in order yet."""
    fields = form_fields.parsed(request.scope["query_string"])
    draft = wave_draft.read(fields)
    wanted = form_fields.single(fields, "step")
    step: Step = next((name for name in STEPS if name == wanted), STEPS[0])
    known = facts.known(site, draft)
    draft = facts.filled(draft, step, known)
    for earlier in STEPS[: STEPS.index(step)]:
        problems = wave_draft.problems(draft, earlier, known.taken, site.today())
        if problems:
            return _page(request, site, draft, earlier, known, problems)
    return _page(request, site, draft, step, known, [])


@post("/waves/new", guards=[allows("quality_manager")], sync_to_thread=True)
def new_wave_add(request: StaffRequest, site: TheSite, fields: TheFields) -> Reply:
    """Plan the wave and freeze its form, or show the step that is not in order."""
    draft = wave_draft.read(fields)
    known = facts.known(site, draft)
    draft = facts.filled(draft, "check", known)
    for step in STEPS:
        problems = wave_draft.problems(draft, step, known.taken, site.today())
        if problems:
            return _page(request, site, draft, step, known, problems)
    asked = facts.asked(draft, known)
    try:
        waves.create(
            site.database,
            asked.wave,
            asked.published,
            actor=ZONE.actor(request.user),
            at=site.now(),
        )
    except WaveNotReady:
        withdrawn = [Problem(field="form", message="form-withdrawn")]
        return _page(request, site, draft, "form", known, withdrawn)
    except Refused:
        # Somebody took the id or the number after it was looked up.
        both = [Problem(field=name, message="taken-meanwhile") for name in ("wave", "number")]
        return _page(request, site, draft, "people", facts.known(site, draft), both)
    return reply.see_other(f"/waves/{asked.wave.wave_id}?done=created")


def _page(
    request: StaffRequest,
    site: StaffSite,
    draft: Draft,
    step: Step,
    known: Known,
    problems: list[Problem],
) -> Reply:
    draft, problems = facts.mended(draft, known, problems)
    at = STEPS.index(step)
    around = frame.frame_for(site, request, "waves")
    tag = around.language.tag
    later = step in ("outlook", "check")
    rate = known.before.rate if known.before else None
    view = NewWaveView(
        frame=around,
        step=step,
        steps=tuple(
            (other, wave_draft.address(draft, other) if STEPS.index(other) < at else "")
            for other in STEPS
        ),
        back=wave_draft.address(draft, STEPS[at - 1]) if at else "/waves",
        draft=draft,
        hidden=tuple(_hidden(draft, step)),
        problems=tuple(problems),
        known=known,
        rows=(*draft.rows, *[("", "")] * SPARE),
        outlook=facts.outlook(draft, known) if later else None,
        planned=facts.planned(request, site, draft, known) if later else None,
        today=formats.day(site.today(), tag),
        rate="" if rate is None else formats.percent(rate, tag),
    )
    return site.show(request, view, status=422 if problems else 200)


def _hidden(draft: Draft, step: Step) -> list[tuple[str, str]]:
    """Hidden fields of a step: all values of the draft that the step has no field for."""
    own = {
        "programme": {"programme"},
        "form": {"form", "selection"},
        "people": {"title", "wave", "number", "opens", "closes", "label", "invited"},
        "outlook": {"k"},
        "check": set(),
    }[step]
    return [(name, value) for name, value in wave_draft.pairs(draft) if name not in own]
