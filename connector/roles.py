"""Roles of staff who open the case pages; nobody has two of them."""

from itertools import combinations
from typing import Literal, TypeAlias, get_args

from survey.model.zones import Zone

# case_manager: her own cases; administrator: the list of accounts; privacy_officer: the audit.
Role: TypeAlias = Literal["case_manager", "administrator", "privacy_officer"]

ROLES: tuple[Role, ...] = get_args(Role)

ZONE = Zone(
    roles=ROLES,
    # So that no two rights ever meet in one person's hand.
    apart=tuple(frozenset(pair) for pair in combinations(ROLES, 2)),
    # Accounts are made on the command line, by whoever has the home.
    required=(),
    # The language of pages is not written down, and a shut account is never opened again.
    changes={
        "login": "account.login",
        "logout": "account.logout",
        "create": "account.add",
        "password": "account.password",
        "disable": "account.disable",
    },
    actor_prefix="",
    forgets=False,
)
