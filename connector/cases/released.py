"""The cases in which somebody shows their case manager something at the moment, and no others.

It leads where she could go by opening every case of hers, and tells nothing more: what is shown is
read on the case's own page alone. That the list was read is logged where there is something in it.
"""

from datetime import date, datetime

from msgspec import Struct

from connector.roles import ZONE
from connector.state import audit, pulls, releases, visits
from connector.state.releases import Showing
from survey.engine.database import Database, Transaction
from survey.linkage import pseudonyms
from survey.model.accounts import Account


class Showed(Struct, frozen=True, kw_only=True):
    """A case with releases; `address` names it on pages, `unread` if a release was never opened."""

    address: str
    number: str
    until: date
    unread: bool


class Listed(Struct, frozen=True, kw_only=True):
    """The list of cases with releases; empty when the last pull is `stale`."""

    cases: tuple[Showed, ...]
    pulled_on: date | None
    stale: bool


def listed(
    database: Database, case_key: bytes, account: Account, *, at: datetime, today: date
) -> Listed:
    """Her cases in which something is shown, unread ones first, then by number."""
    with database.write() as tx:
        pulled = pulls.last(tx)
        if pulled is None or pulls.is_stale(pulled, today):
            return Listed(cases=(), pulled_on=pulled.pulled_on if pulled else None, stale=True)
        showings = releases.showing(tx, account, on=today, ended_since=releases.ended_since(today))
        cases = [_showed(tx, case_key, account, showing) for showing in showings]
        if cases:
            audit.note(tx, ZONE.actor(account), "release.list", account.login, at=at)
    cases.sort(key=lambda case: (not case.unread, case.number))
    return Listed(cases=tuple(cases), pulled_on=pulled.pulled_on, stale=False)


def _showed(tx: Transaction, case_key: bytes, account: Account, showing: Showing) -> Showed:
    visit = visits.find(tx, account.account_id, showing.case_index)
    return Showed(
        address=showing.case_index.hex(),
        number=pseudonyms.open_case(case_key, showing.sealed_case),
        until=showing.until,
        unread=visit is None or visit.seen < showing.latest_pull,
    )
