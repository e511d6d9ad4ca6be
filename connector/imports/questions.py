"""Questions that a person must agree to during an import, with their numbers and options.

An older export takes back what is known since, a lifted protection lets somebody be written to
again, a mass change is more likely a cut export than the truth.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from connector.imports import findings
from connector.imports.findings import Finding
from connector.state import recency, runs
from connector.state.runs import Run
from connector.state.staged import Difference
from survey.engine.database import Transaction
from survey.model import rounding

# Above this share of changed cases an export is more likely wrong than true.
BRAKE = 0.10


class Agreed(Struct, frozen=True, kw_only=True):
    """What a person has agreed to beforehand; `lift` is how many people lose their protection."""

    changes: bool = False
    older: bool = False
    merges: bool = False
    lift: int | None = None


class Facts(Struct, frozen=True, kw_only=True):
    """Facts that decide which questions an import asks.

    Args:
        last: the import before, of the same system
        vanished: cases that would be flagged as gone
        lifted: people whom nothing would protect any more
        merges: what was known as several and would become one
    """

    last: Run | None
    file_digest: str
    as_of: date
    cut: bool
    difference: Difference
    vanished: int
    lifted: int
    merges: int


def unanswered(tx: Transaction, facts: Facts, agreed: Agreed) -> Iterator[Finding]:
    """The questions of this import that nobody has answered."""
    if not agreed.older and (reason := _older(tx, facts)):
        yield findings.finding("F-LA-002", reason=reason)
    if facts.lifted and agreed.lift != facts.lifted:
        yield findings.finding("F-LA-003", people=facts.lifted)
    if facts.merges and not agreed.merges:
        yield findings.finding("F-LA-004", count=facts.merges)
    if not agreed.changes:
        yield from _brake(facts)


def _brake(facts: Facts) -> Iterator[Finding]:
    difference = facts.difference
    count = facts.vanished + difference.reasons + difference.shut_out + facts.lifted
    if count > BRAKE * difference.known:
        share = rounding.whole(100 * count / difference.known) if difference.known else 100
        yield findings.finding("F-LA-001", count=count, known=difference.known, share=share)


def _older(tx: Transaction, facts: Facts) -> str:
    """Why this export seems older than what is known; empty when it does not."""
    last = facts.last
    # The last file once more, with another day or mapping, puts that import right.
    if last is None or last.file_digest == facts.file_digest:
        return ""
    earlier = runs.of_file(tx, last.source_system, facts.file_digest)
    if earlier is not None:
        return (
            f"Sie wurde am {earlier.imported_on:%d.%m.%Y} schon eingelesen, danach eine andere "
            f"mit dem Stichtag {last.as_of:%d.%m.%Y}"
        )
    if facts.as_of < last.as_of:
        return (
            f"Ihr Stichtag ist der {facts.as_of:%d.%m.%Y}, der des letzten Imports der "
            f"{last.as_of:%d.%m.%Y}"
        )
    newest = None if facts.cut else recency.newest(tx, until=facts.as_of)
    if newest is None:
        return ""
    later = recency.count_later(tx, last.source_system, newest=newest, until=last.as_of)
    if not later:
        return ""
    return (
        f"Der jüngste Beginn oder Abschluss darin ist vom {newest:%d.%m.%Y}; {later} bekannte "
        "Fälle haben danach begonnen oder geendet, und die Datei weiß nichts davon"
    )
