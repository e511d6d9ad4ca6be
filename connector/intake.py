"""One import from file to episodes: all of it or, whatever happens, nothing.

Everything runs in one transaction: rows are checked and staged as they are read, compared with what
is known, merged, and the run is written down. A trial run does the same and takes it back.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from connector import findings, pseudonyms
from connector.checks import Checker
from connector.errors import FileRefused
from connector.findings import Finding
from connector.mapping import Loaded
from connector.source import registry
from connector.source.records import Broken, Opened, Progress, unheard
from connector.state import runs, staged
from connector.state.runs import Run
from connector.state.staged import Difference, Staged
from survey.engine.database import Database, Transaction

# Above this share of vanished or re-reasoned episodes an export is more likely cut than true.
BRAKE = 0.10


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of an import; `today` is the day it is written down with."""

    path: Path
    loaded: Loaded
    as_of: date
    today: date
    dry_run: bool = False
    accept_changes: bool = False


class Outcome(Struct, kw_only=True):
    """What came of it: counts of records, then of episodes; `earlier` when the file was known."""

    found: list[Finding] = []
    records: int = 0
    filtered: int = 0
    difference: Difference | None = None
    earlier: Run | None = None
    file_digest: str = ""
    encoding: str = ""
    delimiter: str = ""

    def count(self, grade: findings.Grade) -> int:
        """How many records have a finding of this grade."""
        return len({one.record for one in self.found if one.grade == grade})

    @property
    def status(self) -> int:
        """0, 1 when rows were refused, 2 when the file was."""
        grades = {one.grade for one in self.found}
        return 2 if "file" in grades else 1 if "row" in grades else 0


class _TakenBack(Exception):
    """Ends a transaction that is to leave nothing."""


def take(
    database: Database, keys: pseudonyms.Keys, wish: Wish, progress: Progress = unheard
) -> Outcome:
    """Import an export.

    A file and mapping that were imported last are checked again, and nothing is written.
    """
    outcome = Outcome()
    mapping = wish.loaded.mapping
    source = registry.SOURCES[mapping.format]
    try:
        with (
            source(wish.path, mapping.file, mapping.wanted(), progress) as opened,
            database.write() as tx,
        ):
            _import(tx, opened, keys, wish, outcome)
    except _TakenBack:
        pass
    except FileRefused as error:
        outcome.found.append(
            findings.of_file(error.code, error.column, error.filling, shown=error.shown)
        )
    outcome.found.sort(key=lambda one: one.record)
    return outcome


def _import(
    tx: Transaction, opened: Opened, keys: pseudonyms.Keys, wish: Wish, outcome: Outcome
) -> None:
    system = wish.loaded.mapping.source_system
    outcome.file_digest = opened.digest
    outcome.encoding, outcome.delimiter = opened.encoding, opened.delimiter
    outcome.earlier = _earlier(tx, opened, wish)
    checker = Checker(wish.loaded.mapping, as_of=wish.as_of, found=outcome.found.append)
    staged.keep(tx, _rows(tx, opened, checker, keys, wish, outcome))
    checker.exclusions.refuse_unknown()
    _judge_duplicates(tx, outcome)
    for record in staged.with_other_cases(tx):
        outcome.found.append(
            findings.finding("N-PE-002", record=record, column=wish.loaded.mapping.column("person"))
        )
    outcome.difference = staged.difference(tx, system)
    if not wish.accept_changes:
        _brake(outcome.difference)
    if wish.dry_run or outcome.earlier:
        raise _TakenBack
    number = runs.next_number(tx)
    staged.merge(tx, source_system=system, run=number)
    staged.flag_vanished(tx, source_system=system, run=number)
    staged.clear(tx)
    runs.keep(tx, _run(number, wish, outcome, outcome.difference))


def _earlier(tx: Transaction, opened: Opened, wish: Wish) -> Run | None:
    """The last import when it was of this very file by this very mapping."""
    last = runs.last(tx, wish.loaded.mapping.source_system)
    if last is None or last.mapping_digest != wish.loaded.digest:
        return None
    return last if last.file_digest == opened.digest else None


def _rows(
    tx: Transaction,
    opened: Opened,
    checker: Checker,
    keys: pseudonyms.Keys,
    wish: Wish,
    outcome: Outcome,
) -> Iterator[Staged]:
    system = wish.loaded.mapping.source_system
    for record in opened.records:
        outcome.records += 1
        if isinstance(record, Broken):
            outcome.found.append(_broken(record))
            continue
        verdict = checker.verdict(record)
        outcome.filtered += verdict.filtered
        match verdict.kind:
            case "taken" | "excluded":
                if verdict.case_number or verdict.person:
                    yield pseudonyms.staged(verdict, record.number, system, keys)
            case "refused":
                if verdict.case_number:
                    case = pseudonyms.case_index(keys.index, system, verdict.case_number)
                    staged.keep_refusal(tx, case)
            case "left_out" | "nobody":
                pass
            case _:
                assert_never(verdict.kind)


def _broken(record: Broken) -> Finding:
    return findings.finding(record.code, record=record.number, have=record.have, want=record.want)


def _judge_duplicates(tx: Transaction, outcome: Outcome) -> None:
    doubles = staged.duplicates(tx)
    for one in doubles:
        if one.same:
            outcome.found.append(
                findings.finding("N-EP-001", record=one.record, earlier=one.earlier)
            )
        elif one.exclusion:
            staged.exclude(tx, one)
        else:
            outcome.found.append(
                findings.finding("E-EP-020", record=one.record, earlier=one.earlier)
            )
    staged.drop(tx, [one.record for one in doubles])


def _brake(difference: Difference) -> None:
    count = difference.vanished + difference.reasons
    if count > BRAKE * difference.known:
        share = f"{100 * count / difference.known:.0f}"
        raise FileRefused("F-LA-001", count=count, known=difference.known, share=share)


def _run(number: int, wish: Wish, outcome: Outcome, difference: Difference) -> Run:
    return Run(
        run=number,
        source_system=wish.loaded.mapping.source_system,
        file_digest=outcome.file_digest,
        mapping_digest=wish.loaded.digest,
        as_of=wish.as_of,
        imported_on=wish.today,
        records=outcome.records,
        taken=difference.taken,
        added=difference.added,
        changed=difference.changed,
        vanished=difference.vanished,
        refused=outcome.count("row"),
        excluded=outcome.count("excluded"),
    )
