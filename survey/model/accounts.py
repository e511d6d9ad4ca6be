"""An account of staff, in either zone. Which roles there are is said by the zone."""

import re
from collections.abc import Collection
from datetime import date
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

Language: TypeAlias = Literal["de", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")


class Account(Struct, frozen=True, kw_only=True):
    """One person at work; `login` is lower case and never used for a second person.

    Args:
        name: as colleagues know this person; empty where pages show the login
    """

    account_id: str
    login: str
    roles: tuple[str, ...]
    language: Language
    created_on: date
    name: str = ""
    disabled: bool = False

    def may(self, roles: Collection[str]) -> bool:
        """True if one of these roles is hers."""
        return any(role in roles for role in self.roles)
