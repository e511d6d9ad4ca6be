"""Differences between the staff of the two zones, the survey server and the connector."""

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.accounts import Account

# What is done to accounts and sessions, and written into the audit.
Change: TypeAlias = Literal[
    "login", "logout", "create", "roles", "password", "disable", "enable", "language"
]


class Zone(Struct, frozen=True, kw_only=True):
    """The rules for staff of one zone; each zone has one, in the module that names its roles.

    Args:
        roles: every role, in the order in which an account keeps them
        apart: roles that one person must not have together
        required: roles of which at least one account must stay open
        changes: the name of each change in the audit; one without a name is not written down
        actor_prefix: what stands before a login where the audit names who acts
        forgets: whether old entries of the audit are deleted after their time
    """

    roles: tuple[str, ...]
    apart: tuple[frozenset[str], ...]
    required: tuple[str, ...]
    changes: Mapping[Change, str]
    actor_prefix: str
    forgets: bool

    def actor(self, account: Account) -> str:
        """The name under which the audit keeps what this person does."""
        return self.actor_prefix + account.login

    def ordered(self, roles: Collection[str]) -> tuple[str, ...]:
        """These roles as an account keeps them."""
        return tuple(role for role in self.roles if role in roles)

    def excluded(self, roles: Collection[str]) -> frozenset[str] | None:
        """Roles among these that one person must not have together; None when all go together."""
        return next((group for group in self.apart if group <= set(roles)), None)
