"""One spelling for each team and each sign of a case manager, and what may still be one.

The mapping's word goes first (values.team, values.case_manager), then the spelling of known cases,
so that a label in reports stays; else the one most rows have. Known cases, invitations and accounts
are respelt with it: whatever is one is counted as one.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from connector import similar_spellings
from connector.errors import FileRefused
from connector.identifiers import compared, tidy
from connector.imports import findings
from connector.imports.findings import Finding
from connector.imports.mapping import Mapping
from connector.imports.vocabulary import Field
from connector.state import case_managers, signs, teams
from connector.state.spelling import Spelling
from survey.engine.database import Transaction

Found: TypeAlias = Callable[[Finding], None]
NAMES: tuple[Field, ...] = ("team", "case_manager")


class Joined(Struct, frozen=True, kw_only=True):
    """A spelling that known cases have, and the one they get."""

    field: Field
    value: str
    into: str


def settle(tx: Transaction, mapping: Mapping, on_finding: Found) -> list[Joined]:
    """Give every team and sign one spelling; gives what that changes of known cases.

    Raises:
        FileRefused: two open accounts would have one sign
    """
    joined = []
    for field in NAMES:
        table = teams if field == "team" else signs
        words = {*mapping.values.get(field, {}).values(), mapping.constants.get(field, "")}
        for group in _groups(table.staged(tx), table.known(tx)):
            into = _chosen(group, words)
            for spelling in group:
                if spelling.value != into:
                    table.respell(tx, spelling.value, into)
                if spelling.value != into and spelling.record:
                    on_finding(_respelt(mapping.column(field), spelling, into))
                elif spelling.value != into:
                    joined.append(Joined(field=field, value=spelling.value, into=into))
    _settle_accounts(tx)
    return joined


def warn(tx: Transaction, mapping: Mapping, on_finding: Found) -> None:
    """Report signs and teams that may be the same though they are spelt differently."""
    rows = signs.of_teams(tx)
    cases = {(row.team, row.sign): row.cases for row in rows}
    for pair in similar_spellings.signs(cases):
        record = min(row.record for row in rows if row.sign == pair.sign)
        code = "W-EP-006" if pair.one_key else "W-EP-007"
        on_finding(_near(code, record, mapping.column("case_manager"), pair.sign, pair.other))
    known = {team.value: team for team in teams.staged(tx)}
    for pair in similar_spellings.same_key({value: team.times for value, team in known.items()}):
        record = known[pair.sign].record
        on_finding(_near("W-EP-008", record, mapping.column("team"), pair.sign, pair.other))


def of_sign(tx: Transaction, sign: str) -> str:
    """The sign as known cases spell it, or tidied when none of them has it."""
    same = [spelling for spelling in signs.known(tx) if compared(spelling.value) == compared(sign)]
    return max(same, key=lambda spelling: spelling.times).value if same else tidy(sign)


def _groups(staged: list[Spelling], known: list[Spelling]) -> Iterator[list[Spelling]]:
    groups: dict[str, list[Spelling]] = {}
    for spelling in [*known, *staged]:
        groups.setdefault(compared(spelling.value), []).append(spelling)
    return (group for group in groups.values() if len({item.value for item in group}) > 1)


def _chosen(group: list[Spelling], words: set[str]) -> str:
    def rank(spelling: Spelling) -> tuple[bool, bool, int, str]:
        return spelling.value not in words, spelling.record > 0, -spelling.times, spelling.value

    return min(group, key=rank).value


def _settle_accounts(tx: Transaction) -> None:
    """Let accounts have the spelling of the cases; no two of them one sign."""
    spelt = {
        compared(spelling.value): spelling.value
        for spelling in [*signs.known(tx), *signs.staged(tx)]
    }
    open_ones = set()
    for account in case_managers.list_all(tx):
        same = compared(account.sign)
        if not account.disabled and same in open_ones:
            raise FileRefused("F-ID-001", shown=f"„{account.sign}“")
        if not account.disabled:
            open_ones.add(same)
        if (into := spelt.get(same, account.sign)) != account.sign:
            signs.respell(tx, account.sign, into)


def _respelt(column: str, spelling: Spelling, into: str) -> Finding:
    shown = f"„{spelling.value}“ = „{into}“"
    return findings.finding(
        "N-ID-003",
        record=spelling.record,
        column=column,
        value=spelling.value,
        shown=shown,
        times=spelling.times,
    )


def _near(code: str, record: int, column: str, value: str, other: str) -> Finding:
    shown = f"„{value}“ – „{other}“"
    return findings.finding(code, record=record, column=column, value=value, shown=shown)
