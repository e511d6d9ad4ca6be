"""Changing a wave: its plan while nobody is invited, its title always, its last day while open."""

from datetime import date
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from survey.actions import wave_changes, wave_plans, waves
from survey.actions.wave_changes import Correction
from survey.actions.wave_plans import FormChoice
from survey.engine.database import Transaction
from survey.errors import WaveNotReady
from survey.form import load
from survey.form.load import Published
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.fields import Fields
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model import modes
from survey.model.problems import Problem
from survey.model.roles import ZONE
from survey.model.waves import Thresholds, Wave
from survey.store import forms
from survey.store import waves as wave_rows
from survey.web.staff import frame, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.new_wave import wave_draft
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite
from survey.web.staff.wave_status import WaveStatus
from survey.web.staff.waves import PLANNERS


class Typed(Struct, frozen=True, kw_only=True):
    """A change of a wave as typed; `chosen` is form and selection with a slash between."""

    title: str
    opens: str
    closes: str
    chosen: str
    k: str


class ChangeView(View, frozen=True, kw_only=True):
    """All that was planned, or the title alone once people are invited (`whole` is False)."""

    template: ClassVar[str] = "staff/wave_change.html"

    frame: Frame
    days: Days
    at: WaveStatus
    whole: bool
    forms: tuple[FormChoice, ...]
    ks: tuple[int, ...]
    typed: Typed
    problems: tuple[Problem, ...] = ()


class ProlongView(View, frozen=True, kw_only=True):
    """What a later last day means; `latest` is the last one possible."""

    template: ClassVar[str] = "staff/wave_prolong.html"

    frame: Frame
    days: Days
    at: WaveStatus
    latest: date
    typed: str
    problems: tuple[Problem, ...] = ()


class WithdrawView(View, frozen=True, kw_only=True):
    """What giving up a planned wave means."""

    template: ClassVar[str] = "staff/wave_withdraw.html"

    frame: Frame
    days: Days
    at: WaveStatus
    typed: str
    problems: tuple[Problem, ...] = ()


@get("/waves/{wave_id:str}/change", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_change_ask(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """The fields as they are."""
    return _change(request, site, wave_id, None, ())


@post("/waves/{wave_id:str}/change", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_change(
    request: StaffRequest, site: TheSite, wave_id: FromPath[str], fields: TheFields
) -> Reply:
    """Keep what was typed, or say what is wrong with it."""
    with site.database.read() as tx:
        wave = wave_rows.find(tx, wave_id)
        asked = load.published(forms.find(tx, wave.form_version).body)
        taken = frozenset(
            other.title for other in wave_rows.list_all(tx) if other.wave_id != wave.wave_id
        )
    typed = _typed(fields, wave, asked)
    problems = _problems(typed, wave, taken, site.today())
    if problems:
        return _change(request, site, wave_id, typed, problems)
    who, at = ZONE.actor(request.user), site.now()
    if wave.state == "planned":
        wanted = _wanted(typed, wave, asked)
        if not wave_changes.same(wave, wanted):
            wave_changes.correct(site.database, wave_id, wanted, actor=who, at=at)
    else:
        wave_changes.rename(site.database, wave_id, typed.title, actor=who, at=at)
    return reply.see_other(f"/waves/{wave_id}?done=changed")


@get("/waves/{wave_id:str}/prolong", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_prolong_ask(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """What a later last day means, and the field for it."""
    return _prolong(request, site, wave_id, "", ())


@post("/waves/{wave_id:str}/prolong", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_prolong(
    request: StaffRequest, site: TheSite, wave_id: FromPath[str], fields: TheFields
) -> Reply:
    """Set the later day, or say why it cannot be."""
    typed = form_fields.single(fields, "closes").strip()[:32]
    with site.database.read() as tx:
        wave = wave_rows.find(tx, wave_id)
    day = wave_draft.day(typed)
    if day is None:
        return _prolong(request, site, wave_id, typed, (Problem(field="closes", message="no-day"),))
    if day <= wave.closes_on or day < site.today():
        problem = Problem(field="closes", message="not-later")
        return _prolong(request, site, wave_id, typed, (problem,))
    if day > wave_changes.latest_day(wave):
        problem = Problem(field="closes", message="too-late")
        return _prolong(request, site, wave_id, typed, (problem,))
    wave_changes.prolong(site.database, wave_id, day, actor=ZONE.actor(request.user), at=site.now())
    return reply.see_other(f"/waves/{wave_id}?done=prolonged")


@get("/waves/{wave_id:str}/withdraw", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_withdraw_ask(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """What giving up means, and the field for the reason."""
    return _withdraw(request, site, wave_id, "", ())


@post("/waves/{wave_id:str}/withdraw", guards=[allows(*PLANNERS)], sync_to_thread=True)
def wave_withdraw(
    request: StaffRequest, site: TheSite, wave_id: FromPath[str], fields: TheFields
) -> Reply:
    """Give it up; the row stays."""
    because = " ".join(form_fields.single(fields, "because").split())
    if not because or len(because) > waves.LONGEST_REASON:
        message = "reason-too-long" if because else "no-reason"
        problem = Problem(field="because", message=message)
        return _withdraw(request, site, wave_id, because, (problem,))
    wave_changes.withdraw(
        site.database, wave_id, because=because, actor=ZONE.actor(request.user), at=site.now()
    )
    return reply.see_other(f"/waves/{wave_id}?done=withdrawn")


def _change(
    request: StaffRequest,
    site: StaffSite,
    wave_id: str,
    typed: Typed | None,
    problems: tuple[Problem, ...],
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        asked = load.published(forms.find(tx, at.wave.form_version).body)
    whole = at.wave.state == "planned"
    offered = wave_plans.forms() if whole and modes.is_invited(at.wave.mode) else []
    view = ChangeView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        whole=whole,
        forms=tuple(offered),
        ks=tuple(k for k in wave_draft.KS if k >= at.wave.thresholds.k),
        typed=typed or _as_it_is(at.wave, asked),
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _prolong(
    request: StaffRequest,
    site: StaffSite,
    wave_id: str,
    typed: str,
    problems: tuple[Problem, ...],
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = _in_state(tx, wave_id, days, "open")
    view = ProlongView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        latest=wave_changes.latest_day(at.wave),
        typed=typed,
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _withdraw(
    request: StaffRequest,
    site: StaffSite,
    wave_id: str,
    typed: str,
    problems: tuple[Problem, ...],
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = _in_state(tx, wave_id, days, "planned")
    view = WithdrawView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        typed=typed[: waves.LONGEST_REASON],
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _in_state(tx: Transaction, wave_id: str, days: Days, state: str) -> WaveStatus:
    at = wave_status.of_wave(tx, wave_id, days.today)
    if at.wave.state != state:
        raise WaveNotReady(wave=wave_id, state=at.wave.state)
    return at


def _as_it_is(wave: Wave, asked: Published) -> Typed:
    return Typed(
        title=wave.title,
        opens=wave.opens_on.isoformat(),
        closes=wave.closes_on.isoformat(),
        chosen=f"{wave.form_id}/{asked.selection}",
        k=str(wave.thresholds.k),
    )


def _typed(fields: Fields, wave: Wave, asked: Published) -> Typed:
    """Read the sent fields; a field that the page does not have keeps the wave's value."""
    as_it_is = _as_it_is(wave, asked)
    sent = {
        name: " ".join(fields[name][-1].split())[:200]
        for name in Typed.__struct_fields__
        if name in fields and (wave.state == "planned" or name == "title")
    }
    return replace(as_it_is, **sent)


def _problems(typed: Typed, wave: Wave, taken: frozenset[str], today: date) -> tuple[Problem, ...]:
    wrong = wave_draft.title_problems(typed.title, taken)
    if not typed.title:
        wrong.append(Problem(field="title", message="no-title"))
    if wave.state == "planned":
        wrong += wave_draft.day_problems(typed.opens, typed.closes, today)
        if typed.k not in {str(k) for k in wave_draft.KS if k >= wave.thresholds.k}:
            wrong.append(Problem(field="k", message="choose-k"))
        if modes.is_invited(wave.mode) and typed.chosen not in {
            f"{form.form_id}/{name}" for form in wave_plans.forms() for name, _ in form.selections
        }:
            wrong.append(Problem(field="form", message="choose-form"))
    return tuple(wrong)


def _wanted(typed: Typed, wave: Wave, asked: Published) -> Correction:
    opens, closes = wave_draft.day(typed.opens), wave_draft.day(typed.closes)
    form_id, _, selection = typed.chosen.partition("/")
    other = typed.chosen != f"{wave.form_id}/{asked.selection}"
    k = int(typed.k)
    return Correction(
        title=typed.title,
        opens_on=opens or wave.opens_on,
        closes_on=closes or wave.closes_on,
        thresholds=Thresholds(
            k=k,
            k_sensitive=max(wave.thresholds.k_sensitive, k),
            k_up=wave.thresholds.k_up,
            comments=wave.thresholds.comments,
        ),
        published=load.publish(load.form(form_id), load.wordings(form_id), selection)
        if other
        else None,
    )
