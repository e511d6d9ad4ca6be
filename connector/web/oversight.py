"""Oversight pages for data protection and administration: who read, who may; never a case."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from litestar import Controller, get
from msgspec import Struct

from connector.programme_end import ACTOR as PULL
from connector.roles import ZONE
from connector.state import case_managers
from connector.state.audit import ACTIONS, SHELL, Action
from connector.web import frame, lists
from connector.web.frame import Frame
from connector.web.lists import Pager
from connector.web.session import allows
from connector.web.site import TheSite
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model.accounts import Account
from survey.staff import audit as actions
from survey.staff.store import accounts, audit
from survey.staff.store.audit import Chained, Filter

PATH = "/audit"
PAGE = 50


class Line(Struct, frozen=True, kw_only=True):
    """One entry; of the digests their beginning, enough to compare."""

    number: int
    day: str
    time: str
    actor: str
    action: str
    subject: str


class Chain(Struct, frozen=True, kw_only=True):
    """The chain as it was found: whole, or broken at an entry."""

    entries: int
    last: str
    checked: bool
    broken_at: int | None


class AuditView(View, frozen=True, kw_only=True):
    """`check` is where the whole chain is looked through."""

    template: ClassVar[str] = "cases/audit.html"

    frame: Frame
    actor: str
    action: str
    actions: tuple[Action, ...]
    actors: tuple[str, ...]
    lines: tuple[Line, ...]
    pager: Pager
    chain: Chain
    check: str


class Entry(Struct, frozen=True, kw_only=True):
    """One account; `sign` stands for it in the imported cases."""

    account: Account
    sign: str
    since: str


class AccountsView(View, frozen=True, kw_only=True):
    """Everybody who may open these pages."""

    template: ClassVar[str] = "cases/accounts.html"

    frame: Frame
    entries: tuple[Entry, ...]


class Oversight(Controller):
    """Read only: accounts are changed on the command line."""

    @get(PATH, guards=[allows("privacy_officer")], sync_to_thread=True)
    def audit(self, request: StaffRequest, site: TheSite) -> Reply:
        """The log, the latest first."""
        asked = request.query_params
        action = asked.get("action", "")
        wanted = Filter(
            actor=asked.get("actor", "")[:64], action=action if action in ACTIONS else ""
        )
        with site.database.read() as tx:
            total = audit.count(tx, wanted)
            page = min(lists.number(asked.get("page")), max(1, -(-total // PAGE)))
            entries = audit.matching(tx, wanted, skip=(page - 1) * PAGE, most=PAGE)
            end = audit.last(tx)
            actors = [account.login for account in accounts.list_all(tx)]
            broken = actions.verify(tx, ZONE).broken_at if "check" in asked else None
        query = {"actor": wanted.actor, "action": wanted.action}
        language = site.language(request)
        view = AuditView(
            frame=frame.frame_for(site, request, "audit"),
            **query,
            actions=ACTIONS,
            actors=(SHELL, PULL, *sorted(actors)),
            lines=tuple(_line(entry, language, site.home.settings.zone) for entry in entries),
            pager=lists.pager(PATH, {**query}, page=page, size=PAGE, found=total),
            chain=Chain(
                entries=end.number,
                last=end.hash.hex()[:16],
                checked="check" in asked,
                broken_at=broken,
            ),
            check=lists.address(PATH, {**query, "check": 1}),
        )
        return site.show(request, view)

    @get("/accounts", guards=[allows("administrator")], sync_to_thread=True)
    def accounts(self, request: StaffRequest, site: TheSite) -> Reply:
        """The page of accounts that may open case pages, by role."""
        with site.database.read() as tx:
            every = accounts.list_all(tx)
            signs = {manager.account_id: manager.sign for manager in case_managers.list_all(tx)}
        language = site.language(request)
        view = AccountsView(
            frame=frame.frame_for(site, request, "accounts"),
            entries=tuple(
                Entry(
                    account=account,
                    sign=signs.get(account.account_id, ""),
                    since=formats.brief(account.created_on, language),
                )
                for account in every
            ),
        )
        return site.show(request, view)


def _line(entry: Chained, language: str, zone: ZoneInfo) -> Line:
    there = entry.at.astimezone(zone)
    return Line(
        number=entry.number,
        day=formats.brief(there.date(), language),
        time=f"{there:%H:%M}",
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject if len(entry.subject) < 64 else entry.subject[:12],
    )
