"""What attackers would learn, as measured: attack programs really try, on an invented jobcenter.

The numbers are written by `tests/privacy/test_adversary_matrix.py`, which also fails when this file
says anything else than what the attacks of today learn.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

FILE = Path(__file__).with_name("adversaries.json")


class Adversary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shares over the people asked about, 0..1.

    Args:
        coalition: who works together, and with what
        read: answers read and known whose they are
        drafts: unfinished questionnaires read and known whose they are
        guessed: one answer said rightly, read or not
        reader: what somebody gets right who has only the published report
        nameless: answers read without knowing whose
        listed: of those who answered, how many are rightly said to have
    """

    coalition: str
    read: float
    drafts: float
    guessed: float
    reader: float
    nameless: float
    listed: float


def list_all() -> tuple[Adversary, ...]:
    """The table, from those who hold least to those who hold all."""
    return msgspec.json.decode(FILE.read_bytes(), type=tuple[Adversary, ...])
