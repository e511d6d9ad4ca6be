"""Changes of accounts that two people make: one asks, another agrees.

Who asks and whom it is about cannot agree, whatever else they may; a second account of one person
cannot come to be either, because it would have to be asked for in the same way. Of a new password
each of the two gets one half, so that neither can log in before its owner has it. Rights are taken
away and accounts shut by one person alone: that must not wait for anybody.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import audit
from survey.engine.database import Database, Transaction
from survey.errors import NotFound, RequestOver, SecondPerson
from survey.linkage import passwords
from survey.model.accounts import Account, Language
from survey.model.approvals import APPROVERS, WITH_PASSWORD, Kind, Request, State
from survey.model.problems import Problem
from survey.model.proofs import Password
from survey.model.roles import ZONE
from survey.staff import account_checks as checks
from survey.staff import accounts
from survey.staff.store import accounts as account_rows
from survey.store import approvals
from survey.store.approvals import Secret


class WaitingRequest(Struct, frozen=True, kw_only=True):
    """What waits now; `half` is the first half of a new password, for who asked, shown once."""

    request: Request
    half: str = ""


class Approved(Struct, frozen=True, kw_only=True):
    """What was done; `half` is the second half of a new password, for who agreed, shown once."""

    request: Request
    half: str = ""


Outcome: TypeAlias = WaitingRequest | list[Problem]


def ask_account(
    database: Database,
    *,
    login: str,
    roles: Collection[str],
    language: Language,
    by: Account,
    at: datetime,
) -> Outcome:
    """Ask for a new account, or what is to be put right first."""
    faults = checks.check_new(ZONE, login, roles)
    if faults:
        return faults
    with database.read() as tx:
        if account_rows.by_login(tx, login) is not None:
            return [Problem(field="login", message="login-taken")]
    return _ask(database, "account", login, ZONE.ordered(roles), language, by=by, at=at)


def ask_roles(
    database: Database, account_id: str, roles: Collection[str], *, by: Account, at: datetime
) -> Account | Outcome:
    """Ask for other roles; what only takes some away is done at once and gives the account.

    Raises:
        NotFound: no such account
    """
    faults = checks.check_roles(ZONE, roles)
    if faults:
        return faults
    with database.write() as tx:
        account = accounts.require(tx, account_id)
        if set(roles) <= set(account.roles):
            return accounts.set_roles(tx, ZONE, account, roles, actor=ZONE.actor(by), at=at)
        wanted = ZONE.ordered(roles)
        after = replace(account, roles=wanted)
        if faults := checks.check_remaining(tx, ZONE, account, after, field="roles"):
            return faults
    return _ask(database, "roles", account.login, wanted, account.language, by=by, at=at)


def ask_password(
    database: Database, account_id: str, *, by: Account, at: datetime
) -> WaitingRequest:
    """Ask for a new password; the old one counts until somebody has agreed.

    Raises:
        NotFound: no such account
    """
    return _ask_about(database, "password", account_id, by=by, at=at)


def ask_open(database: Database, account_id: str, *, by: Account, at: datetime) -> WaitingRequest:
    """Ask for a shut account to be open again: somebody may know its password.

    Raises:
        NotFound: no such account
    """
    return _ask_about(database, "open", account_id, by=by, at=at)


def may_decide(request: Request, person: Account) -> bool:
    """Whether this person could agree: with the role, and neither asking nor meant."""
    return person.may(APPROVERS) and person.login not in (request.asked_by, request.login)


def deciders(tx: Transaction, request: Request) -> list[Account]:
    """Everybody who could agree to it."""
    every = account_rows.Filter()
    known = account_rows.listed(tx, every, most=account_rows.count(tx, every))
    return [account for account in known if not account.disabled and may_decide(request, account)]


def approve(
    database: Database, request_id: str, *, by: Account, at: datetime
) -> Approved | list[Problem]:
    """Do what was asked for; or why it cannot be done any more.

    Raises:
        NotFound: no such request
        SecondPerson: this person must not
        RequestOver: it is over
    """
    with database.write() as tx:
        request = _waiting(tx, request_id, at)
        person = accounts.require(tx, by.account_id)
        if person.disabled or not may_decide(request, person):
            raise SecondPerson(request=request_id)
        if not _may_ask(tx, request.asked_by):
            return [Problem(field="approve", message="asker-gone")]
        secret = approvals.secret(tx, request_id)
        done = _done(tx, request, secret.password, actor=ZONE.actor(person), at=at)
        if isinstance(done, list):
            return done
        approvals.decide(tx, request_id, "approved", by=person.login, on=at.date())
        return Approved(request=request, half=secret.half)


def refuse(database: Database, request_id: str, *, by: Account, at: datetime) -> State:
    """End it: withdrawn by who asked, else refused; also by the person it is about.

    Raises:
        NotFound: no such request
        RequestOver: it is over
    """
    with database.write() as tx:
        request = _waiting(tx, request_id, at)
        state: State = "withdrawn" if by.login == request.asked_by else "refused"
        _end(tx, request, state, actor=ZONE.actor(by), login=by.login, at=at)
    return state


def _ask_about(
    database: Database, kind: Kind, account_id: str, *, by: Account, at: datetime
) -> WaitingRequest:
    with database.read() as tx:
        account = accounts.require(tx, account_id)
    return _ask(database, kind, account.login, account.roles, account.language, by=by, at=at)


def _ask(
    database: Database,
    kind: Kind,
    login: str,
    roles: tuple[str, ...],
    language: Language,
    *,
    by: Account,
    at: datetime,
) -> WaitingRequest:
    first, secret = "", Secret(password="", half="")
    if kind in WITH_PASSWORD:
        plain = passwords.generate()
        first, second = passwords.halves(plain)
        # Slow on purpose, so before the write.
        secret = Secret(password=passwords.make(plain), half=second)
    request = Request(
        request_id=secrets.token_hex(8),
        kind=kind,
        login=login,
        roles=roles,
        language=language,
        asked_by=by.login,
        asked_on=at.date(),
    )
    with database.write() as tx:
        for approval in approvals.list_all(tx):
            if approval.state == "waiting" and (approval.kind, approval.login) == (kind, login):
                # The newer one counts, whoever asked for it; nobody agrees to what nobody wants.
                _end(tx, approval, "withdrawn", actor=ZONE.actor(by), login=by.login, at=at)
        approvals.add(tx, request, secret)
        audit.note(tx, ZONE.actor(by), "request-made", login, at=at, kind=kind, roles=roles)
    return WaitingRequest(request=request, half=first)


def _waiting(tx: Transaction, request_id: str, at: datetime) -> Request:
    request = approvals.find(tx, request_id)
    if request is None:
        raise NotFound(request=request_id)
    if request.over(at.date()):
        raise RequestOver(request=request_id)
    return request


def _may_ask(tx: Transaction, login: str) -> bool:
    account = account_rows.by_login(tx, login)
    return account is not None and not account.disabled and account.may(("administrator",))


def _done(
    tx: Transaction, request: Request, made: str, *, actor: str, at: datetime
) -> Account | list[Problem]:
    details = {"asked_by": request.asked_by}
    if request.kind == "account":
        account = accounts.new(ZONE, request.login, request.roles, language=request.language, at=at)
        proof = Password(digest=made)
        return accounts.add(tx, ZONE, account, proof, actor=actor, at=at, **details)
    known = account_rows.by_login(tx, request.login)
    if known is None:
        return [Problem(field="approve", message="account-gone")]
    match request.kind:
        case "roles":
            return accounts.set_roles(tx, ZONE, known, request.roles, actor=actor, at=at, **details)
        case "password":
            proof = Password(digest=made)
            accounts.set_password(tx, ZONE, known, proof, actor=actor, at=at, **details)
            return known
        case "open":
            return accounts.set_disabled(
                tx, ZONE, known, disabled=False, actor=actor, at=at, **details
            )
        case _:
            assert_never(request.kind)


def _end(
    tx: Transaction, request: Request, state: State, *, actor: str, login: str, at: datetime
) -> None:
    if not approvals.decide(tx, request.request_id, state, by=login, on=at.date()):
        raise RequestOver(request=request.request_id)
    action: audit.Action = "request-withdrawn" if state == "withdrawn" else "request-refused"
    audit.note(
        tx, actor, action, request.login, at=at, kind=request.kind, asked_by=request.asked_by
    )
