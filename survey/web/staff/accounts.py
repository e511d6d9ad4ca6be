"""Accounts, for whoever administers them: list, add, roles, a new password, disable."""

from typing import ClassVar, Literal

from litestar import Controller, get, post
from litestar.params import FromPath

from survey.actions import accounts as actions
from survey.errors import NotFound
from survey.http import fields as form_fields
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.language import formats
from survey.linkage import passwords
from survey.model.accounts import LANGUAGES, ROLES, Account, Language, Role
from survey.model.problems import Problem
from survey.store import accounts
from survey.store.accounts import Filter
from survey.web.staff import frame, paging
from survey.web.staff.frame import Frame
from survey.web.staff.paging import Paging
from survey.web.staff.session import StaffRequest, allows
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
    """One account; `ask` is the act that is to be confirmed first: "", "disable" or "password"."""

    template: ClassVar[str] = "staff/account.html"

    frame: Frame
    account: Account
    since: str
    own: bool
    roles: tuple[str, ...]
    ask: str = ""
    every_role: tuple[Role, ...] = ROLES
    problems: tuple[Problem, ...] = ()


class PasswordView(View, frozen=True, kw_only=True):
    """A password that was made, shown this once."""

    template: ClassVar[str] = "staff/account_password.html"

    frame: Frame
    account: Account
    password: str
    added: bool


class AccountPages(Controller):
    """`/accounts` and what lies below it."""

    path = "/accounts"
    guards = (allows("administrator"),)

    @get("/", sync_to_thread=True)
    def every(self, request: StaffRequest, site: TheSite) -> Reply:
        """The list, searched, sorted and paged."""
        wish = paging.asked(request, tuple(accounts.ORDERS))
        asked = request.query_params.get("role", "")
        role: Role | Literal[""] = next((each for each in ROLES if each == asked), "")
        wanted = Filter(search=wish.search, role=role)
        with site.database.read() as tx:
            total = accounts.count(tx, wanted)
            where = paging.over("/accounts", wish, total, kept={"role": role})
            found = accounts.listed(
                tx, wanted, order=_order(where.order), skip=where.skip, most=paging.SIZE
            )
        around = frame.around(site, request, AREA)
        view = AccountsView(
            frame=around,
            accounts=tuple(found),
            since=tuple(formats.short_day(each.created_on, around.language.tag) for each in found),
            paging=where,
            role=role,
        )
        return site.show(request, view)

    @get("/new", sync_to_thread=True)
    def new(self, request: StaffRequest, site: TheSite) -> Reply:
        """The empty form."""
        return site.show(request, AddView(frame=frame.around(site, request, AREA)))

    @post("/new", sync_to_thread=True)
    def add(self, request: StaffRequest, site: TheSite, fields: TheFields) -> Reply:
        """Add an account with a password of ours and show that once."""
        login = form_fields.single(fields, "login").strip().lower()
        roles = fields.get("roles", ())
        language = _language(form_fields.single(fields, "language"))
        password = passwords.generate()
        made = actions.create(
            site.database,
            login=login,
            roles=roles,
            password=password,
            language=language,
            actor=request.user.actor,
            at=site.now(),
        )
        around = frame.around(site, request, AREA)
        if isinstance(made, Account):
            shown = PasswordView(frame=around, account=made, password=password, added=True)
            return site.show(request, shown)
        view = AddView(
            frame=around,
            login=login[:64],
            roles=tuple(roles),
            language=language,
            problems=tuple(made),
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
        """Give exactly the roles that are ticked."""
        roles = fields.get("roles", ())
        done = actions.give_roles(
            site.database, account_id, roles, actor=request.user.actor, at=site.now()
        )
        if isinstance(done, Account):
            return reply.see_other(f"/accounts/{account_id}?done=roles")
        return _shown(site, request, account_id, roles=tuple(roles), problems=tuple(done))

    @post("/{account_id:str}/password", sync_to_thread=True)
    def renew(self, request: StaffRequest, site: TheSite, account_id: FromPath[str]) -> Reply:
        """Make a new password and show it once; the old one and every session end."""
        password = passwords.generate()
        done = actions.give_password(
            site.database, account_id, password, actor=request.user.actor, at=site.now()
        )
        assert isinstance(done, Account)  # noqa: S101 - what we generate is never weak
        view = PasswordView(
            frame=frame.around(site, request, AREA), account=done, password=password, added=False
        )
        return site.show(request, view)

    @post("/{account_id:str}/disabled", sync_to_thread=True)
    def disable(
        self, request: StaffRequest, site: TheSite, fields: TheFields, account_id: FromPath[str]
    ) -> Reply:
        """Shut the account or open it again."""
        shut = form_fields.single(fields, "disabled") == "1"
        done = actions.disable(
            site.database, account_id, disabled=shut, actor=request.user.actor, at=site.now()
        )
        if isinstance(done, Account):
            said = "disabled" if shut else "enabled"
            return reply.see_other(f"/accounts/{account_id}?done={said}")
        return _shown(site, request, account_id, problems=tuple(done))


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
    if account is None:
        raise NotFound(account=account_id)
    around = frame.around(site, request, AREA)
    view = AccountView(
        frame=around,
        account=account,
        since=formats.day(account.created_on, around.language.tag),
        own=account.account_id == request.user.account_id,
        roles=account.roles if roles is None else roles,
        ask=request.query_params.get("ask", ""),
        problems=problems,
    )
    return site.show(request, view, status=422 if problems else 200)


def _order(asked: str) -> accounts.Order:
    return next((each for each in accounts.ORDERS if each == asked), "login")


def _language(sent: str) -> Language:
    return next((each for each in LANGUAGES if each == sent), "de")
