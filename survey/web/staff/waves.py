"""Waves: the list, one wave, opening it, and closing it for good."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from survey.actions import jobs, releases, titles, wave_plans, waves
from survey.actions import wave_close as closing
from survey.actions.wave_plans import Group
from survey.errors import KeyMissing, WaveNotReady
from survey.form import load
from survey.form.load import Published
from survey.home import Services, WaveContext
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.fields import Fields
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model import modes
from survey.model.form import Text
from survey.model.problems import Problem
from survey.model.roles import ZONE, Role
from survey.model.waves import Wave
from survey.store import forms, programmes
from survey.store import waves as wave_rows
from survey.web.staff import frame, listing, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.new_wave import wave_draft
from survey.web.staff.new_wave.wave_draft import Draft
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite
from survey.web.staff.wave_status import WaveStatus

TheDesk: TypeAlias = NamedDependency[Services]

PLANNERS: tuple[Role, ...] = ("quality_manager",)
READERS: tuple[Role, ...] = ("quality_manager", "privacy_officer")
# The first is how the page opens: by programme, the newest wave first.
KEYS: Mapping[str, Callable[[WaveStatus], Any]] = {
    "programme": lambda status: (status.programme.title, -status.wave.number),
    "wave": lambda status: status.wave.title.casefold(),
    "state": lambda status: wave_status.ORDER.index(status.key),
    "days": lambda status: status.wave.last_day,
    "answered": lambda status: status.share,
}


class WavesView(View, frozen=True, kw_only=True):
    """All waves by programme, or those that were searched for."""

    template: ClassVar[str] = "staff/waves.html"

    frame: Frame
    days: Days
    listing: Listed[WaveStatus]
    may_plan: bool


class WaveView(View, frozen=True, kw_only=True):
    """One wave.

    Args:
        missing: keys of what has to happen before it can be opened
        copy: where a new wave with the same form, threshold and units is planned; empty for one at
            devices
    """

    template: ClassVar[str] = "staff/wave.html"

    frame: Frame
    days: Days
    at: WaveStatus
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    acts: bool
    copy: str


class CloseView(View, frozen=True, kw_only=True):
    """What closing means; the title is typed to confirm it.

    Args:
        early: before the day people were told is over
        texts: people could write something, which has to `wait` for that day
        shows: people could show something to their case managers
    """

    template: ClassVar[str] = "staff/wave_close.html"

    frame: Frame
    days: Days
    at: WaveStatus
    early: bool
    texts: bool
    wait: bool
    shows: bool
    typed: str
    because: str
    problems: tuple[Problem, ...] = ()


@get("/waves", guards=[allows(*READERS)], sync_to_thread=True)
def waves_show(request: StaffRequest, site: TheSite) -> Reply:
    """All waves."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        every = wave_status.list_all(tx, days.today)
    view = WavesView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        listing=listing.listed(every, request, "/waves", keys=KEYS, words=_words),
        may_plan=request.user.may(PLANNERS),
    )
    return site.show(request, view)


@get("/waves/{wave_id:str}", guards=[allows(*READERS)], sync_to_thread=True)
def wave_show(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """One wave with what has to be done next."""
    return _wave(request, site, wave_id)


@post("/waves/{wave_id:str}/open", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_open(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """Open a wave: from now on codes work. Its page lists what is missing."""
    try:
        waves.open_wave(site.database, wave_id, actor=ZONE.actor(request.user), at=site.now())
    except WaveNotReady:
        return _wave(request, site, wave_id, status=409)
    return reply.see_other(f"/waves/{wave_id}?done=opened")


@get("/waves/{wave_id:str}/close", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_close_ask(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """What closing means, and the field for the name."""
    return _close(request, site, wave_id, {}, ())


@post("/waves/{wave_id:str}/close", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_close(
    request: StaffRequest,
    site: TheSite,
    services: TheDesk,
    wave_id: FromPath[str],
    fields: TheFields,
) -> Reply:
    """Close it for good, take the texts out of the urn, have the tables written anew."""
    with site.database.read() as tx:
        wave = wave_rows.find(tx, wave_id)
    problems = _unconfirmed(fields, wave, Days.of(site, request).today)
    if problems:
        return _close(request, site, wave_id, fields, problems)
    _refuse_without_keys(site, services, wave_id)
    actor, at = ZONE.actor(request.user), site.now()
    because = " ".join(form_fields.single(fields, "because").split())
    closing.close(services, wave_id, actor=actor, at=at, because=because, early=site.settings.demo)
    with site.database.write() as tx:
        jobs.request(tx, "rewrite", wave_id, {}, by=actor, at=at)
    return reply.see_other(f"/waves/{wave_id}?done=closed")


def _wave(request: StaffRequest, site: StaffSite, wave_id: str, *, status: int = 200) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        confirmed = programmes.ceremony(tx, at.programme.programme_id) is not None
        groups = wave_plans.groups(tx, wave_id)
        published = load.published(forms.find(tx, at.wave.form_version).body)
    view = WaveView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        groups=groups,
        missing=_missing(at.wave, days, confirmed=confirmed),
        acts=request.user.may(PLANNERS),
        copy=_copy(at.wave, published, groups),
    )
    return site.show(request, view, status=status)


def _copy(wave: Wave, published: Published, groups: tuple[Group, ...]) -> str:
    if not modes.is_invited(wave.mode):
        return ""
    draft = Draft(
        programme=wave.programme_id,
        form=wave.form_id,
        selection=published.selection,
        k=str(wave.thresholds.k),
        label=tuple(group.label for group in groups),
        invited=tuple(str(group.invited) for group in groups),
    )
    return wave_draft.address(draft, "people")


def _missing(wave: Wave, days: Days, *, confirmed: bool) -> tuple[str, ...]:
    if wave.state not in ("planned", "sampled"):
        return ()
    open_ends = {
        "keys": not confirmed,
        "sample": modes.is_invited(wave.mode) and wave.state == "planned",
        "print": modes.has_letters(wave.mode) and not wave.print_destroyed,
        "over": days.today > wave.closes_on,
    }
    return tuple(key for key, missing in open_ends.items() if missing)


def _unconfirmed(fields: Fields, wave: Wave, today: date) -> tuple[Problem, ...]:
    """What is missing before a wave may be closed: its title, and a reason before the last day."""
    wrong = []
    reason = " ".join(form_fields.single(fields, "because").split())
    if today <= wave.closes_on and not reason:
        wrong.append(Problem(field="because", message="no-reason"))
    if len(reason) > waves.LONGEST_REASON:
        wrong.append(Problem(field="because", message="reason-too-long"))
    typed = form_fields.single(fields, "name").strip()
    if not titles.same(typed, wave.title):
        wrong.append(Problem(field="name", message="other-name" if typed else "no-name"))
    return tuple(wrong)


def _close(
    request: StaffRequest,
    site: StaffSite,
    wave_id: str,
    fields: Fields,
    problems: tuple[Problem, ...],
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        published = load.published(forms.find(tx, at.wave.form_version).body)
    if at.wave.state != "open":
        raise WaveNotReady(wave=wave_id, state=at.wave.state)
    early = days.today <= at.wave.closes_on
    texts = any(isinstance(question, Text) for question in published.form.questions)
    view = CloseView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        early=early,
        texts=texts,
        wait=texts and early and not site.settings.demo,
        shows=releases.releases_on(
            WaveContext(wave=at.wave, programme=at.programme, published=published)
        ),
        typed=form_fields.single(fields, "name")[:120],
        because=form_fields.single(fields, "because")[:300],
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _refuse_without_keys(site: StaffSite, services: Services, wave_id: str) -> None:
    """Before anything is closed: a programme made after this process began has no keys here."""
    with site.database.read() as tx:
        programme_id = wave_rows.find(tx, wave_id).programme_id
    if programme_id not in services.keys:
        raise KeyMissing(programme=programme_id, cure="start the server anew")


def _words(status: WaveStatus) -> str:
    wave, programme = status.wave, status.programme
    return f"{wave.title} {wave.wave_id} {programme.title} {programme.programme_id}"
