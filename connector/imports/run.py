"""One import from source to episodes: all of it or, whatever happens, nothing.

Everything runs in one transaction: rows are checked and staged as they are read, compared with what
is known, merged, and the run is written down. A trial run does the same and takes it back, and so
does an import that asks something nobody has agreed to.
"""

from collections.abc import Iterator
from typing import assert_never

from connector import identifiers
from connector.errors import FileRefused
from connector.imports import (
    duplicates,
    findings,
    protection,
    pseudonyms,
    questions,
    reindex,
    spellings,
    vocabulary,
)
from connector.imports.checks import Checker, Verdict
from connector.imports.findings import Finding
from connector.imports.mapping import Mapping
from connector.imports.outcome import ImportRequest, Outcome
from connector.imports.pseudonyms import Keys
from connector.imports.questions import Facts
from connector.imports.source import kinds
from connector.imports.source.open import open_source
from connector.imports.source.records import Broken, Export, Progress, unwatched
from connector.state import protections, runs, staged
from connector.state.protections import Lifted
from connector.state.runs import Run
from connector.state.staged import Staged
from survey.engine.database import Database, Transaction
from survey.linkage import pseudonyms as sealing


class _TakenBack(Exception):
    """Ends a transaction that is to leave nothing."""


def take(
    database: Database, keys: Keys, request: ImportRequest, progress: Progress = unwatched
) -> Outcome:
    """Import an export.

    A file that was imported last, with the same mapping and day, is checked again, and nothing is
    written.
    """
    source, mapping = request.source, request.loaded.mapping
    outcome = Outcome(as_of=request.as_of, words=kinds.words(source))
    try:
        with (
            open_source(source, mapping.wanted(), progress) as export,
            database.write() as tx,
        ):
            _Import(tx, export, keys, request, outcome).run()
    except _TakenBack:
        pass
    except FileRefused as error:
        outcome.found.append(
            findings.of_file(error.code, error.column, error.filling, shown=error.shown)
        )
    outcome.found.sort(key=lambda finding: finding.record)
    return outcome


class _Import:
    """The steps of one import, in the order in which they happen."""

    def __init__(
        self, tx: Transaction, export: Export, keys: Keys, request: ImportRequest, outcome: Outcome
    ) -> None:
        self._tx, self._export, self._keys, self._request = tx, export, keys, request
        self._outcome = outcome
        self._found = outcome.found.append
        self._mapping: Mapping = request.loaded.mapping
        self._system = self._mapping.source_system
        self._last = runs.last(tx, self._system)
        self._respelt = self._last is not None and self._last.rule < identifiers.RULE
        self._people = reindex.People(keys.index)
        self._broken = 0

    def run(self) -> None:
        """Do it, or leave by an exception."""
        outcome = self._outcome
        outcome.description = self._export.description
        outcome.earlier = self._earlier()
        merges = self._find_again()
        heard = self._stage()
        merges += self._settle_people()
        joined = spellings.settle(self._tx, self._mapping, self._found)
        merges += self._tell_names(joined)
        duplicates.judge(self._tx, column=self._column("case_number"), on_finding=self._found)
        self._tell_people()
        protection.settle(self._tx, self._mapping, heard)
        spellings.warn(self._tx, self._mapping, self._found)
        self._judge(merges)
        if self._request.dry_run or outcome.earlier:
            raise _TakenBack
        self._merge()

    def _column(self, field: vocabulary.Field) -> str:
        return self._mapping.column(field)

    def _earlier(self) -> Run | None:
        """The last import, when it was of this very file, by this mapping, as of this day."""
        last = self._last
        if last is None or self._respelt or last.mapping_digest != self._request.loaded.digest:
            return None
        same = last.file_digest == self._export.digest and last.as_of == self._request.as_of
        return last if same else None

    def _find_again(self) -> int:
        """Find known cases by the rule of today; how many had been known as several."""
        if not self._respelt:
            return 0
        joined = reindex.cases(self._tx, self._keys, self._system)
        for case in joined:
            shown = ", ".join(f"„{number}“" for number in case.numbers)
            self._found(
                findings.finding("N-ID-004", column=self._column("case_number"), shown=shown)
            )
        return len(joined)

    def _stage(self) -> set[vocabulary.Field]:
        """Check and stage every record; gives the fields that said anything."""
        checker = Checker(
            self._mapping,
            as_of=self._request.as_of,
            on_finding=self._found,
            before=self._last.as_of if self._last else None,
        )
        staged.keep(self._tx, self._rows(checker))
        checker.exclusions.refuse_unknown()
        return checker.exclusions.heard

    def _rows(self, checker: Checker) -> Iterator[Staged]:
        for record in self._export.records:
            self._outcome.records += 1
            if isinstance(record, Broken):
                self._broken += 1
                self._found(_broken(record))
                continue
            verdict = checker.verdict(record)
            if self._respelt:
                self._people.note(record.number, verdict.person_cell, verdict.person)
            self._outcome.filtered += verdict.filtered
            if verdict.filtered:
                self._leave_out(verdict, record.number)
            elif self._is_stored(verdict):
                yield pseudonyms.staged(verdict, record.number, self._system, self._keys)

    def _leave_out(self, verdict: Verdict, record: int) -> None:
        if verdict.case_number or verdict.person:
            row = pseudonyms.left_out(verdict, record, self._system, self._keys)
            protections.keep_left_out(self._tx, row)

    def _is_stored(self, verdict: Verdict) -> bool:
        match verdict.kind:
            case "taken" | "excluded":
                return bool(verdict.case_number or verdict.person)
            case "refused":
                if verdict.case_number:
                    case = pseudonyms.case_index(
                        self._keys.index, self._system, verdict.case_number
                    )
                    staged.keep_refusal(self._tx, case)
                return False
            case "left_out" | "nobody":
                return False
            case _:
                assert_never(verdict.kind)

    def _settle_people(self) -> int:
        """Find known people by the rule of today; how many had been known as two."""
        records = self._people.move(self._tx)
        for record in records:
            self._found(findings.finding("N-ID-005", record=record, column=self._column("person")))
        return len(records)

    def _tell_names(self, joined: list[spellings.Joined]) -> int:
        """Which names known cases have had in several spellings, when that is new."""
        if not self._respelt:
            return 0
        for spelling in joined:
            shown = f"„{spelling.value}“ = „{spelling.into}“"
            column = self._column(spelling.field)
            self._found(
                findings.finding("N-ID-006", column=column, value=spelling.value, shown=shown)
            )
        return len(joined)

    def _tell_people(self) -> None:
        column = self._column("person")
        for record in staged.with_other_cases(self._tx):
            self._found(findings.finding("N-PE-002", record=record, column=column))
        for pair in staged.respelt_people(self._tx):
            self._found(
                findings.finding(
                    "N-ID-002", record=pair.record, column=column, earlier=pair.earlier
                )
            )

    def _judge(self, merges: int) -> None:
        """Compare with what is known, and stop where somebody has to agree."""
        outcome = self._outcome
        difference = staged.difference(self._tx, self._system)
        lifted = protections.lifted(self._tx)
        for change in lifted:
            self._tell_lifted(change)
        outcome.difference, outcome.lifted = difference, len(lifted)
        outcome.vanished = 0 if self._tell_if_cut(difference.absent) else difference.absent
        if outcome.earlier:
            return
        facts = Facts(
            last=self._last,
            file_digest=self._export.digest,
            as_of=self._request.as_of,
            cut=self._is_cut,
            difference=difference,
            vanished=outcome.vanished,
            lifted=outcome.lifted,
            merges=merges,
        )
        unanswered = list(questions.unanswered(self._tx, facts, self._request.agreed))
        outcome.found.extend(unanswered)
        if unanswered:
            raise _TakenBack

    def _tell_lifted(self, lifted: Lifted) -> None:
        reasons = ", ".join(
            vocabulary.EXCLUSIONS.get(reason, reason) for reason in lifted.before.split()
        )
        case = sealing.open_case(self._keys.case, lifted.sealed_case)
        self._found(findings.finding("W-PE-003", record=lifted.record, case=case, reasons=reasons))

    @property
    def _is_cut(self) -> bool:
        return self._export.cut or self._broken > 0

    def _tell_if_cut(self, absent: int) -> bool:
        """Whether the file may lack records, so that nobody can be said to have vanished."""
        if absent and self._export.cut:
            self._found(findings.finding("W-LA-001", absent=absent))
        elif absent and self._broken:
            self._found(findings.finding("W-LA-002", absent=absent, broken=self._broken))
        return self._is_cut

    def _merge(self) -> None:
        tx, outcome = self._tx, self._outcome
        number = runs.next_number(tx)
        staged.merge(tx, source_system=self._system, run=number)
        protections.remove_freed(tx)
        if not self._is_cut:
            staged.flag_vanished(tx, source_system=self._system, run=number)
        staged.clear(tx)
        assert outcome.difference is not None  # noqa: S101 - _judge came before
        runs.keep(
            tx,
            Run(
                run=number,
                source_system=self._system,
                file_digest=self._export.digest,
                mapping_digest=self._request.loaded.digest,
                as_of=self._request.as_of,
                imported_on=self._request.today,
                records=outcome.records,
                taken=outcome.difference.taken,
                added=outcome.difference.added,
                changed=outcome.difference.changed,
                vanished=outcome.vanished,
                refused=outcome.count("row"),
                excluded=outcome.count("excluded"),
                rule=identifiers.RULE,
            ),
        )


def _broken(record: Broken) -> Finding:
    return findings.finding(record.code, record=record.number, have=record.have, want=record.want)
