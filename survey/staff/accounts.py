"""What changes accounts of staff: each with its audit entry, none with a password in it.

On the pages nobody does alone what gives somebody a right or a password (`approvals`); whoever has
a shell on the server does, and its user stands in the audit.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

from msgspec.structs import replace

from survey.engine.database import Database, Transaction
from survey.errors import NotFound
from survey.linkage import passwords
from survey.model import accounts as model
from survey.model.accounts import Account, Language, Role
from survey.model.problems import Problem
from survey.staff import audit
from survey.staff.store import accounts, sessions

Outcome: TypeAlias = Account | list[Problem]


def check(login: str, roles: Collection[str]) -> list[Problem]:
    """What somebody must put right before there can be such an account."""
    found = []
    if not model.LOGIN.fullmatch(login):
        found.append(Problem(field="login", message="login-form"))
    return found + check_roles(roles)


def check_roles(roles: Collection[str]) -> list[Problem]:
    """Why these roles cannot be given to one person; empty when they can."""
    known: list[Role] = [role for role in model.ROLES if role in roles]
    if not known or set(roles) - set(known):
        return [Problem(field="roles", message="roles-none")]
    if model.excluded(known):
        return [Problem(field="roles", message="roles-apart")]
    return []


def check_password(plain: str) -> list[Problem]:
    """Why this password will not do; empty when it will."""
    fault = passwords.weak(plain)
    return [Problem(field="password", message=fault)] if fault else []


def create(
    database: Database,
    *,
    login: str,
    roles: Collection[str],
    password: str,
    language: Language = "de",
    actor: str,
    at: datetime,
) -> Outcome:
    """A new account, or what is to be put right."""
    faults = check(login, roles) + check_password(password)
    if faults:
        return faults
    # Slow on purpose, so before the write: nobody else may wait for it.
    made = passwords.make(password)
    with database.write() as tx:
        return add(tx, login, roles, made, language=language, actor=actor, at=at)


def add(
    tx: Transaction,
    login: str,
    roles: Collection[str],
    made: str,
    *,
    language: Language,
    actor: str,
    at: datetime,
    **said: str,
) -> Outcome:
    """The same in a transaction; `made` is the digest of the password, `said` is for the audit."""
    account = Account(
        account_id=secrets.token_hex(8),
        login=login,
        roles=ordered(roles),
        language=language,
        created_on=at.date(),
    )
    if not accounts.add(tx, account, made):
        return [Problem(field="login", message="login-taken")]
    audit.note(tx, actor, "account-create", login, at=at, roles=account.roles, **said)
    return account


def give_roles(
    database: Database, account_id: str, roles: Collection[str], *, actor: str, at: datetime
) -> Outcome:
    """The account with exactly these roles, or what is to be put right.

    Raises:
        NotFound: no such account
    """
    faults = check_roles(roles)
    if faults:
        return faults
    with database.write() as tx:
        return have_roles(tx, need(tx, account_id), roles, actor=actor, at=at)


def have_roles(
    tx: Transaction,
    before: Account,
    roles: Collection[str],
    *,
    actor: str,
    at: datetime,
    **said: str,
) -> Outcome:
    """The same in a transaction; `said` is for the audit."""
    after = replace(before, roles=ordered(roles))
    if nobody_left(tx, before, after):
        return [Problem(field="roles", message="last-administrator")]
    if after != before:
        accounts.keep(tx, after)
        old, new = before.roles, after.roles
        audit.note(tx, actor, "account-roles", before.login, at=at, old=old, new=new, **said)
    return after


def give_password(
    database: Database, account_id: str, password: str, *, actor: str, at: datetime
) -> Outcome:
    """The account with a new password, logged out everywhere; or what is to be put right.

    Raises:
        NotFound: no such account
    """
    faults = check_password(password)
    if faults:
        return faults
    made = passwords.make(password)
    with database.write() as tx:
        account = need(tx, account_id)
        have_password(tx, account, made, actor=actor, at=at)
    return account


def have_password(
    tx: Transaction, account: Account, made: str, *, actor: str, at: datetime, **said: str
) -> None:
    """The same in a transaction; `made` is what the password was made into."""
    accounts.keep_password(tx, account.account_id, made)
    ended = sessions.end_all(tx, account.account_id)
    audit.note(tx, actor, "account-password", account.login, at=at, sessions_ended=ended, **said)


def disable(
    database: Database, account_id: str, *, disabled: bool = True, actor: str, at: datetime
) -> Outcome:
    """The account, shut and logged out everywhere at once, or open again.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        return be_disabled(tx, need(tx, account_id), disabled=disabled, actor=actor, at=at)


def be_disabled(
    tx: Transaction, before: Account, *, disabled: bool, actor: str, at: datetime, **said: str
) -> Outcome:
    """The same in a transaction; `said` is for the audit."""
    after = replace(before, disabled=disabled)
    if nobody_left(tx, before, after):
        return [Problem(field="disabled", message="last-administrator")]
    if after != before:
        accounts.keep(tx, after)
        ended = sessions.end_all(tx, before.account_id)
        action = "account-disable" if disabled else "account-enable"
        audit.note(tx, actor, action, before.login, at=at, sessions_ended=ended, **said)
    return after


def speak(
    database: Database, account_id: str, language: Language, *, actor: str, at: datetime
) -> None:
    """Show this person the staff pages in another language.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        account = need(tx, account_id)
        if account.language != language:
            accounts.keep(tx, replace(account, language=language))
            audit.note(tx, actor, "account-language", account.login, at=at, language=language)


def need(tx: Transaction, account_id: str) -> Account:
    """The account of this id.

    Raises:
        NotFound: there is none
    """
    account = accounts.find(tx, account_id)
    if account is None:
        raise NotFound(account=account_id)
    return account


def ordered(roles: Collection[str]) -> tuple[Role, ...]:
    """These roles as an account keeps them."""
    return tuple(role for role in model.ROLES if role in roles)


def nobody_left(tx: Transaction, before: Account, after: Account) -> bool:
    """True if nobody could hand out rights any more; only the shell could mend that."""

    def administers(account: Account) -> bool:
        return "administrator" in account.roles and not account.disabled

    return (
        administers(before)
        and not administers(after)
        and accounts.working(tx, "administrator") <= 1
    )
