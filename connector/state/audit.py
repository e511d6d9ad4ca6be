"""The connector's audit: who read released words, was let in, changed what.

The chain itself is that of `survey.staff`. `subject` is an account, a wave, a programme or the
index of a case, never a case number, a name or a word of what was read.
"""

from datetime import datetime
from typing import Literal, TypeAlias, get_args

from survey.engine.database import Transaction
from survey.staff import audit

Action: TypeAlias = Literal[
    "release.read",
    "release.list",
    "account.login",
    "account.logout",
    "account.add",
    "account.password",
    "account.disable",
    "programme.forget",
    "letter.taken_out",
]

ACTIONS: tuple[Action, ...] = get_args(Action)
# Whoever has the shell of this machine; who that is, the machine's own records know.
SHELL = "shell"


def note(tx: Transaction, actor: str, action: Action, subject: str, *, at: datetime) -> None:
    """Append one entry, within the transaction of the act it records."""
    audit.note(tx, actor, action, subject, at=at)
