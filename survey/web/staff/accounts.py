"""Accounts, for whoever administers them: list, disable, and ask for a new one, for roles and
passwords, which a second person agrees to (`approvals`).
"""

from typing import ClassVar, Literal

from litestar import Controller, get, post
from litestar.params import FromPath

from survey.actions import approvals as requests
from survey.actions.approvals import WaitingRequest
from survey.errors import NotFound
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model.accounts import LANGUAGES, Account, Language
from survey.model.approvals import Request
from survey.model.problems import Problem
from survey.model.roles import ROLES, ZONE, Role
from survey.staff import accounts as actions
from survey.staff.store import accounts
from survey.staff.store.accounts import Filter
from survey.store import approvals
from survey.web.staff import frame, paging
from survey.web.staff.frame import Frame
from survey.web.staff.paging import Paging
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite

AREA = "accounts"


class AccountsView(View, frozen=True, kw_only=True):
    """One page of the list; `since` is the day each was added, in the order of `accounts`."""

    template: ClassVar[str] = "staff/accounts.html"

    frame: Frame
    accounts: tuple[Account, ...]
    since: tuple[str, ...]
    paging: Paging
    role: Role | Literal[""]
    every_role: tuple[Role, ...] = ROLES


class AddView(View, frozen=True, kw_only=True):
    """The form of a new account, as it was sent if something is to be put right."""

    template: ClassVar[str] = "staff/account_add.html"

    frame: Frame
    login: str = ""
    roles: tuple[str, ...] = ()
    language: str = "de"
    every_role: tuple[Role, ...] = ROLES
    problems: tuple[Problem, ...] = ()


class AccountView(View, frozen=True, kw_only=True):
    """One account; `ask` is the act that is to be confirmed first: "", "disable" or "password".

    Args:
        waiting: what a second person has not agreed to yet
    """

    template: ClassVar[str] = "staff/account.html"

    frame: Frame
    account: Account
    since: str
    own: bool
    roles: tuple[str, ...]
    waiting: tuple[Request, ...]
    ask: str = ""
    every_role: tuple[Role, ...] = ROLES
    problems: tuple[Problem, ...] = ()


class HalfView(View, frozen=True, kw_only=True):
    """Half of a password that was made, shown this once.

    Args:
        second: the half of who agreed, after which the password counts
        deciders: who could agree; the shell helps where nobody could
    """

    template: ClassVar[str] = "staff/account_half.html"

    frame: Frame
    request: Request
    half: str
    second: bool = False
    deciders: tuple[str, ...] = ()


class AccountPages(Controller):
    """`/accounts` and what lies below it."""

    path = "/accounts"
    guards = (allows("administrator"),)

    @get("/", sync_to_thread=True)
    def every(self, request: StaffRequest, site: TheSite) -> Reply:
        """The list, searched, sorted and paged."""
        wish = paging.asked(request, tuple(accounts.ORDERS))
        asked = request.query_params.get("role", "")
        role: Role | Literal[""] = next(
            (role_name for role_name in ROLES if role_name == asked), ""
        )
        wanted = Filter(search=wish.search, role=role)
        with site.database.read() as tx:
            total = accounts.count(tx, wanted)
            where = paging.over("/accounts", wish, total, kept={"role": role})
            rows = accounts.listed(
                tx, wanted, order=_order(where.order), skip=where.skip, most=paging.SIZE
            )
        around = frame.frame_for(site, request, AREA)
        view = AccountsView(
            frame=around,
            accounts=tuple(rows),
            since=tuple(
                formats.short_day(account.created_on, around.language.tag) for account in rows
            ),
            paging=where,
            role=role,
        )
        return site.show(request, view)

    @get("/new", sync_to_thread=True)
    def new(self, request: StaffRequest, site: TheSite) -> Reply:
        """The empty form."""
        return site.show(request, AddView(frame=frame.frame_for(site, request, AREA)))

    @post("/new", sync_to_thread=True)
    def add(self, request: StaffRequest, site: TheSite, fields: TheFields) -> Reply:
        """Ask for an account with a password of ours, and show its first half once."""
        login = form_fields.single(fields, "login").strip().lower()
        roles = fields.get("roles", ())
        language = _language(form_fields.single(fields, "language"))
        asked = requests.ask_account(
            site.database,
            login=login,
            roles=roles,
            language=language,
            by=request.user,
            at=site.now(),
        )
        if isinstance(asked, WaitingRequest):
            return _half(site, request, asked)
        view = AddView(
            frame=frame.frame_for(site, request, AREA),
            login=login[:64],
            roles=tuple(roles),
            language=language,
            problems=tuple(asked),
        )
        return site.show(request, view, status=422)

    @get("/{account_id:str}", sync_to_thread=True)
    def one(self, request: StaffRequest, site: TheSite, account_id: FromPath[str]) -> Reply:
        """One account and what can be done with it."""
        return _shown(site, request, account_id)

    @post("/{account_id:str}/roles", sync_to_thread=True)
    def give_roles(
        self, request: StaffRequest, site: TheSite, fields: TheFields, account_id: FromPath[str]
    ) -> Reply:
        """Ask for exactly the roles that are ticked; take away those that are not at once."""
        roles = fields.get("roles", ())
        done = requests.ask_roles(site.database, account_id, roles, by=request.user, at=site.now())
        match done:
            case WaitingRequest():
                return reply.see_other(f"/accounts/{account_id}?done=asked")
            case Account():
                return reply.see_other(f"/accounts/{account_id}?done=roles")
            case _:
                return _shown(site, request, account_id, roles=tuple(roles), problems=tuple(done))

    @post("/{account_id:str}/password", sync_to_thread=True)
    def renew(self, request: StaffRequest, site: TheSite, account_id: FromPath[str]) -> Reply:
        """Ask for a new password and show its first half once."""
        asked = requests.ask_password(site.database, account_id, by=request.user, at=site.now())
        return _half(site, request, asked)

    @post("/{account_id:str}/disabled", sync_to_thread=True)
    def disable(
        self, request: StaffRequest, site: TheSite, fields: TheFields, account_id: FromPath[str]
    ) -> Reply:
        """Shut the account at once, or ask that it be open again."""
        by, at = request.user, site.now()
        if form_fields.single(fields, "disabled") != "1":
            requests.ask_open(site.database, account_id, by=by, at=at)
            return reply.see_other(f"/accounts/{account_id}?done=asked")
        done = actions.disable(site.database, ZONE, account_id, actor=ZONE.actor(by), at=at)
        if isinstance(done, Account):
            return reply.see_other(f"/accounts/{account_id}?done=disabled")
        return _shown(site, request, account_id, problems=tuple(done))


def _half(site: StaffSite, request: StaffRequest, asked: WaitingRequest) -> Reply:
    with site.database.read() as tx:
        deciders = requests.deciders(tx, asked.request)
    view = HalfView(
        frame=frame.frame_for(site, request, AREA),
        request=asked.request,
        half=asked.half,
        deciders=tuple(decider.login for decider in deciders),
    )
    return site.show(request, view)


def _shown(
    site: StaffSite,
    request: StaffRequest,
    account_id: str,
    *,
    roles: tuple[str, ...] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Reply:
    with site.database.read() as tx:
        account = accounts.find(tx, account_id)
        every = approvals.list_all(tx)
    if account is None:
        raise NotFound(account=account_id)
    around = frame.frame_for(site, request, AREA)
    view = AccountView(
        frame=around,
        account=account,
        since=formats.day(account.created_on, around.language.tag),
        own=account.account_id == request.user.account_id,
        roles=account.roles if roles is None else roles,
        waiting=tuple(
            request_row
            for request_row in every
            if request_row.login == account.login and not request_row.over(site.today())
        ),
        ask=request.query_params.get("ask", ""),
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _order(asked: str) -> accounts.Order:
    return next((order for order in accounts.ORDERS if order == asked), "login")


def _language(sent: str) -> Language:
    return next((language for language in LANGUAGES if language == sent), "de")
