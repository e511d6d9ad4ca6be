"""Roles of staff on the survey server, and which of them exclude each other."""

from typing import Literal, TypeAlias, get_args

from survey.model.zones import Zone

# quality_manager: plans waves, publishes; editor: reads and redacts comments; administrator: gives
# accounts; privacy_officer and staff_council: read settings, audit and oversight, change nothing.
Role: TypeAlias = Literal[
    "quality_manager", "editor", "privacy_officer", "staff_council", "administrator"
]

ROLES: tuple[Role, ...] = get_args(Role)
WATCHERS: tuple[Role, ...] = ("privacy_officer", "staff_council")
WORKERS: tuple[Role, ...] = tuple(role for role in ROLES if role not in WATCHERS)
# Whoever watches over the work must neither do it nor hand out the right to watch. The two who
# watch have different people to stand up for: BAG, 6 June 2023, 9 AZR 383/19.
APART: tuple[frozenset[str], ...] = (
    *(frozenset({watcher, worker}) for watcher in WATCHERS for worker in WORKERS),
    frozenset(WATCHERS),
)

ZONE = Zone(
    roles=ROLES,
    apart=APART,
    # Without one nobody could hand out rights any more; only the shell could mend that.
    required=("administrator",),
    changes={
        "login": "login",
        "logout": "logout",
        "create": "account-create",
        "roles": "account-roles",
        "password": "account-password",
        "disable": "account-disable",
        "enable": "account-enable",
        "language": "account-language",
    },
    actor_prefix="staff:",
    forgets=True,
)
