"""Changes of accounts that need two people: one requests, another approves.

Whoever hands out rights could otherwise give himself the reading of texts, or log in as the one who
watches over him. Rights and passwords are alike in this: a second account that one person made
alone would be the second person of the next request.
"""

from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from survey.model.accounts import Language
from survey.model.roles import WATCHERS, Role

# account: a new one; roles: others than before; password: a new one; open: a shut account again.
Kind: TypeAlias = Literal["account", "roles", "password", "open"]
State: TypeAlias = Literal["waiting", "approved", "refused", "withdrawn"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
# With a password, of which each of the two people gets one half.
WITH_PASSWORD: tuple[Kind, ...] = ("account", "password")
APPROVERS: tuple[Role, ...] = ("administrator", *WATCHERS)
# After this a request is over; the audit keeps what became of it.
LASTS = timedelta(days=30)


class Request(Struct, frozen=True, kw_only=True):
    """One change that waits for a second person, or did.

    Args:
        login: of the account it is about
        roles: which the account has afterwards
        asked_by, decided_by: logins
    """

    request_id: str
    kind: Kind
    login: str
    roles: tuple[str, ...]
    language: Language
    asked_by: str
    asked_on: date
    state: State = "waiting"
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def ends_on(self) -> date:
        """The last day on which somebody can agree."""
        return self.asked_on + LASTS

    def over(self, today: date) -> bool:
        """Whether nobody can agree to it any more."""
        return self.state != "waiting" or today > self.ends_on
