"""Work that takes longer than a request: who wants what, and how far it is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

# waiting: nobody has it; running: a worker has claimed it; done and failed are final.
State: TypeAlias = Literal["waiting", "running", "done", "failed"]

# Called with a message at each step of long work.
Progress: TypeAlias = Callable[[str], None]

# How often a job whose worker dies is taken up before it counts as failed.
MOST_ATTEMPTS = 3


class Job(Struct, frozen=True, kw_only=True):
    """One piece of work of one kind; `subject` is what it is about, such as a wave.

    Args:
        details: what the kind needs to know, ids and choices, never personal data
        step: how far it is, a sentence of the kind's own
        message: when failed, the key of the sentence that says why (see `survey.errors`)
        attempts: claims so far; the number of a claim tells it from every later one
        claimed_at: last sign of life of the worker that has it
    """

    job_id: str
    kind: str
    subject: str
    details: Mapping[str, str]
    state: State
    step: str
    message: str
    attempts: int
    requested_by: str
    requested_at: datetime
    due_at: datetime
    claimed_at: datetime | None
    finished_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in ("done", "failed")
