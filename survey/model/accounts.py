"""Accounts of staff: who may do what on the survey server, and which rights exclude each other."""

import re
from collections.abc import Collection
from datetime import date
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

# quality_manager: plans waves, publishes; editor: reads and redacts comments; administrator: gives
# accounts; privacy_officer and staff_council: read settings, audit and oversight, change nothing.
Role: TypeAlias = Literal[
    "quality_manager", "editor", "privacy_officer", "staff_council", "administrator"
]
Language: TypeAlias = Literal["de", "en"]

ROLES: tuple[Role, ...] = get_args(Role)
LANGUAGES: tuple[Language, ...] = get_args(Language)
WATCHERS: tuple[Role, ...] = ("privacy_officer", "staff_council")
WORKERS: tuple[Role, ...] = tuple(role for role in ROLES if role not in WATCHERS)
# Whoever watches over the work must neither do it nor hand out the right to watch. The two who
# watch have different people to stand up for: BAG, 6 June 2023, 9 AZR 383/19.
APART: tuple[frozenset[Role], ...] = (
    *(frozenset({watcher, worker}) for watcher in WATCHERS for worker in WORKERS),
    frozenset(WATCHERS),
)
LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")


class Account(Struct, frozen=True, kw_only=True):
    """One person at work; `login` is lower case and never used for a second person."""

    account_id: str
    login: str
    roles: tuple[Role, ...]
    language: Language
    created_on: date
    disabled: bool = False

    @property
    def actor(self) -> str:
        """The name under which the audit keeps what this person does."""
        return f"staff:{self.login}"

    def may(self, roles: Collection[Role]) -> bool:
        """True if one of these roles is hers."""
        return any(role in roles for role in self.roles)


def excluded(roles: Collection[Role]) -> frozenset[Role] | None:
    """Two roles of these that one person must not have at once; None when all go together."""
    return next((pair for pair in APART if pair <= set(roles)), None)
