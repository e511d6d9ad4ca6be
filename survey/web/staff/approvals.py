"""What waits for a second person: changes of accounts, asked for by one, agreed to by another."""

from collections.abc import Callable
from typing import Any, ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import approvals as actions
from survey.actions.approvals import Approved
from survey.errors import NotFound
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model.accounts import Account
from survey.model.approvals import APPROVERS, STATES, Request
from survey.model.problems import Problem
from survey.staff.store import accounts
from survey.store import approvals
from survey.web.staff import frame, listing
from survey.web.staff.accounts import HalfView
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite

AREA = "approvals"


class Line(Struct, frozen=True, kw_only=True):
    """One request as the list shows it; `decides` if who looks could agree to it."""

    request: Request
    waiting: bool
    decides: bool


# How the list can be sorted; without a wish what waits stands first, the newest on top.
KEYS: dict[str, Callable[[Line], Any]] = {
    "latest": lambda line: (not line.waiting, -line.request.asked_on.toordinal()),
    "login": lambda line: line.request.login,
    "by": lambda line: line.request.asked_by,
    "asked": lambda line: line.request.asked_on,
    "state": lambda line: (not line.waiting, STATES.index(line.request.state)),
}


class ApprovalsView(View, frozen=True, kw_only=True):
    """The list of all requests of the last weeks."""

    template: ClassVar[str] = "staff/approvals.html"

    frame: Frame
    days: Days
    listing: Listed[Line]


class ApprovalView(View, frozen=True, kw_only=True):
    """One request.

    Args:
        before: roles of the account now, None where there is none yet
        own: who looks has asked for it, and may withdraw it
        about: it is about who looks, who may refuse it
        deciders: who could agree
    """

    template: ClassVar[str] = "staff/approval.html"

    frame: Frame
    days: Days
    request: Request
    before: tuple[str, ...] | None
    waiting: bool
    own: bool
    about: bool
    deciders: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@get("/approvals", guards=[allows(*APPROVERS)], sync_to_thread=True)
def approvals_show(request: StaffRequest, site: TheSite) -> Reply:
    """The list of requests for approval, waiting and decided."""
    days, user = Days.of(site, request), request.user
    with site.database.read() as tx:
        every = approvals.list_all(tx)
    lines = [
        Line(
            request=approval,
            waiting=not approval.over(days.today),
            decides=not approval.over(days.today) and actions.may_decide(approval, user),
        )
        for approval in every
    ]
    view = ApprovalsView(
        frame=frame.frame_for(site, request, AREA),
        days=days,
        listing=listing.listed(lines, request, "/approvals", keys=KEYS, words=_words),
    )
    return site.show(request, view)


@get("/approvals/{request_id:str}", guards=[allows(*APPROVERS)], sync_to_thread=True)
def approval_show(request: StaffRequest, site: TheSite, request_id: FromPath[str]) -> Reply:
    """The page of one request for approval, with the change it would make."""
    return _page(request, site, request_id, ())


@post("/approvals/{request_id:str}", guards=[allows(*APPROVERS)], sync_to_thread=True)
def approval_decide(
    request: StaffRequest, site: TheSite, fields: TheFields, request_id: FromPath[str]
) -> Reply:
    """Agree, refuse or withdraw."""
    by, at = request.user, site.now()
    if form_fields.single(fields, "act") != "approve":
        state = actions.refuse(site.database, request_id, by=by, at=at)
        return reply.see_other(f"/approvals/{request_id}?done={state}")
    done = actions.approve(site.database, request_id, by=by, at=at)
    if not isinstance(done, Approved):
        return _page(request, site, request_id, tuple(done))
    if not done.half:
        return reply.see_other(f"/approvals/{request_id}?done=approved")
    around = frame.frame_for(site, request, AREA)
    view = HalfView(frame=around, request=done.request, half=done.half, second=True)
    return site.show(request, view)


def waiting_for(site: StaffSite, person: Account) -> int:
    """How many requests this person could agree to."""
    if not person.may(APPROVERS):
        return 0
    with site.database.read() as tx:
        every = approvals.list_all(tx)
    today = site.today()
    return sum(
        actions.may_decide(approval, person) and not approval.over(today) for approval in every
    )


def _page(
    request: StaffRequest, site: StaffSite, request_id: str, problems: tuple[Problem, ...]
) -> Reply:
    days, user = Days.of(site, request), request.user
    with site.database.read() as tx:
        approval = approvals.find(tx, request_id)
        if approval is None:
            raise NotFound(request=request_id)
        known = accounts.by_login(tx, approval.login)
        deciders = actions.deciders(tx, approval)
    view = ApprovalView(
        frame=frame.frame_for(site, request, AREA),
        days=days,
        request=approval,
        before=known.roles if known else None,
        waiting=not approval.over(days.today),
        own=approval.asked_by == user.login,
        about=approval.login == user.login,
        deciders=tuple(decider.login for decider in deciders),
        problems=problems,
    )
    return site.show(request, view, status=409 if problems else 200)


def _words(line: Line) -> str:
    return f"{line.request.login} {line.request.asked_by} {line.request.decided_by}"
