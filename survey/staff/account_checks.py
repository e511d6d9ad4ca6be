"""What somebody must put right before an account can be made or changed."""

from collections.abc import Collection

from survey.engine.database import Transaction
from survey.linkage import passwords
from survey.model.accounts import LOGIN, Account
from survey.model.problems import Problem
from survey.model.zones import Zone
from survey.staff.store import accounts


def check_new(zone: Zone, login: str, roles: Collection[str]) -> list[Problem]:
    """What somebody must put right before there can be such an account."""
    problems = check_roles(zone, roles)
    if LOGIN.fullmatch(login):
        return problems
    return [Problem(field="login", message="login-form"), *problems]


def check_roles(zone: Zone, roles: Collection[str]) -> list[Problem]:
    """Why these roles cannot be given to one person; empty when they can."""
    if not roles or not set(roles) <= set(zone.roles):
        return [Problem(field="roles", message="roles-none")]
    if zone.excluded(roles):
        return [Problem(field="roles", message="roles-apart")]
    return []


def check_password(plain: str) -> list[Problem]:
    """Why this password will not do; empty when it will."""
    fault = passwords.weak(plain)
    return [Problem(field="password", message=fault)] if fault else []


def check_remaining(
    tx: Transaction, zone: Zone, before: Account, after: Account, *, field: str
) -> list[Problem]:
    """Why this account must not lose what it has: nobody else could do what it does."""
    for role in zone.required:
        lost = _works(before, role) and not _works(after, role)
        if lost and accounts.working(tx, role) <= 1:
            return [Problem(field=field, message=f"last-{role}")]
    return []


def _works(account: Account, role: str) -> bool:
    return role in account.roles and not account.disabled
