"""Changes of accounts: each with its entry in the audit, none with a password in it.

Functions that take a transaction leave it to their caller who must agree to the change; those that
take a database are for one person alone. Which roles there are is said by the zone.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

from msgspec.structs import replace

from survey.engine.database import Database, Transaction
from survey.errors import NotFound
from survey.linkage import passwords
from survey.model.accounts import Account, Language
from survey.model.problems import Problem
from survey.model.proofs import Password, Proof
from survey.model.zones import Change, Zone
from survey.staff import account_checks as checks
from survey.staff import audit
from survey.staff.store import accounts, proofs, sessions

Outcome: TypeAlias = Account | list[Problem]


def made_of(plain: str) -> Password:
    """What to keep of a password; slow on purpose, so never in a transaction."""
    return Password(digest=passwords.make(plain))


def create(
    database: Database,
    zone: Zone,
    *,
    login: str,
    roles: Collection[str],
    password: str,
    language: Language = "de",
    actor: str,
    at: datetime,
) -> Outcome:
    """A new account, or what is to be put right."""
    faults = checks.check_new(zone, login, roles) + checks.check_password(password)
    if faults:
        return faults
    proof = made_of(password)
    account = new(zone, login, roles, language=language, at=at)
    with database.write() as tx:
        return add(tx, zone, account, proof, actor=actor, at=at)


def new(
    zone: Zone,
    login: str,
    roles: Collection[str],
    *,
    language: Language,
    at: datetime,
    name: str = "",
) -> Account:
    """An account that nobody has yet; nothing is kept."""
    return Account(
        account_id=secrets.token_hex(8),
        login=login,
        name=name,
        roles=zone.ordered(roles),
        language=language,
        created_on=at.date(),
    )


def add(
    tx: Transaction,
    zone: Zone,
    account: Account,
    proof: Proof,
    *,
    actor: str,
    at: datetime,
    **details: str,
) -> Outcome:
    """Keep a new account with its first proof of identity; `details` are for the audit."""
    if not accounts.add(tx, account):
        return [Problem(field="login", message="login-taken")]
    proofs.keep(tx, account.account_id, proof)
    note(tx, zone, "create", account, actor=actor, at=at, roles=account.roles, **details)
    return account


def give_roles(
    database: Database,
    zone: Zone,
    account_id: str,
    roles: Collection[str],
    *,
    actor: str,
    at: datetime,
) -> Outcome:
    """The account with exactly these roles, or what is to be put right.

    Raises:
        NotFound: no such account
    """
    faults = checks.check_roles(zone, roles)
    if faults:
        return faults
    with database.write() as tx:
        return set_roles(tx, zone, require(tx, account_id), roles, actor=actor, at=at)


def set_roles(
    tx: Transaction,
    zone: Zone,
    before: Account,
    roles: Collection[str],
    *,
    actor: str,
    at: datetime,
    **details: str,
) -> Outcome:
    """The account with exactly these roles; `details` are for the audit."""
    after = replace(before, roles=zone.ordered(roles))
    if faults := checks.check_remaining(tx, zone, before, after, field="roles"):
        return faults
    if after != before:
        accounts.keep(tx, after)
        old, new = before.roles, after.roles
        note(tx, zone, "roles", before, actor=actor, at=at, old=old, new=new, **details)
    return after


def give_password(
    database: Database, zone: Zone, account_id: str, password: str, *, actor: str, at: datetime
) -> Outcome:
    """The account with a new password, logged out everywhere; or what is to be put right.

    Raises:
        NotFound: no such account
    """
    faults = checks.check_password(password)
    if faults:
        return faults
    proof = made_of(password)
    with database.write() as tx:
        account = require(tx, account_id)
        set_password(tx, zone, account, proof, actor=actor, at=at)
    return account


def set_password(
    tx: Transaction,
    zone: Zone,
    account: Account,
    proof: Password,
    *,
    actor: str,
    at: datetime,
    **details: str,
) -> int:
    """Let another password count and end every session; gives how many there were."""
    proofs.keep(tx, account.account_id, proof)
    ended = sessions.end_all(tx, account.account_id)
    note(tx, zone, "password", account, actor=actor, at=at, sessions_ended=ended, **details)
    return ended


def disable(
    database: Database,
    zone: Zone,
    account_id: str,
    *,
    disabled: bool = True,
    actor: str,
    at: datetime,
) -> Outcome:
    """The account, shut and logged out everywhere at once, or open again.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        before = require(tx, account_id)
        return set_disabled(tx, zone, before, disabled=disabled, actor=actor, at=at)


def set_disabled(
    tx: Transaction,
    zone: Zone,
    before: Account,
    *,
    disabled: bool,
    actor: str,
    at: datetime,
    **details: str,
) -> Outcome:
    """The account, shut with every session of it ended, or open; `details` are for the audit."""
    after = replace(before, disabled=disabled)
    if faults := checks.check_remaining(tx, zone, before, after, field="disabled"):
        return faults
    if after != before:
        accounts.keep(tx, after)
        ended = sessions.end_all(tx, before.account_id)
        change: Change = "disable" if disabled else "enable"
        note(tx, zone, change, before, actor=actor, at=at, sessions_ended=ended, **details)
    return after


def set_language(
    database: Database,
    zone: Zone,
    account_id: str,
    language: Language,
    *,
    actor: str,
    at: datetime,
) -> None:
    """Show this person the pages in another language.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        account = require(tx, account_id)
        if account.language != language:
            accounts.keep(tx, replace(account, language=language))
            note(tx, zone, "language", account, actor=actor, at=at, language=language)


def require(tx: Transaction, account_id: str) -> Account:
    """The account of this id.

    Raises:
        NotFound: there is none
    """
    account = accounts.find(tx, account_id)
    if account is None:
        raise NotFound(account=account_id)
    return account


def note(
    tx: Transaction,
    zone: Zone,
    change: Change,
    account: Account,
    *,
    actor: str,
    at: datetime,
    **details: object,
) -> None:
    """Write a change of an account into the audit, where the zone has a name for it."""
    action = zone.changes.get(change)
    if action is not None:
        audit.note(tx, actor, action, account.login, at=at, **details)
