"""Rows of one export that are about the same case: equal ones count once, of others the first.

A row that forbids to write to the person counts whichever comes first.
"""

from collections.abc import Callable

from connector.imports import findings, protection
from connector.imports.findings import Finding
from connector.state import duplicates as rows
from connector.state import protections
from connector.state.duplicates import Duplicate
from connector.state.protections import Change
from survey.engine.database import Transaction


def judge(tx: Transaction, *, column: str, on_finding: Callable[[Finding], None]) -> None:
    """Leave one row for each case; `column` holds the case number."""
    doubles = rows.list_all(tx)
    forbidden: dict[int, str] = {}
    for double in doubles:
        forbidden[double.earlier] = protection.joined(
            forbidden.get(double.earlier, double.earlier_exclusion), double.exclusion
        )
    for duplicate in doubles:
        if duplicate.respelt:
            on_finding(_pair("N-ID-002", duplicate, column))
        if duplicate.same:
            on_finding(_pair("N-EP-001", duplicate, column))
        elif not forbidden[duplicate.earlier]:
            on_finding(_pair("E-EP-020", duplicate, column))
        elif duplicate.person_known and not duplicate.earlier_person_known:
            rows.set_person(tx, duplicate.earlier, duplicate.person)
    protections.exclude(
        tx,
        [Change(record=record, now=now, before="") for record, now in forbidden.items() if now],
    )
    rows.drop(tx, [double.record for double in doubles])


def _pair(code: str, duplicate: Duplicate, column: str) -> Finding:
    return findings.finding(code, record=duplicate.record, column=column, earlier=duplicate.earlier)
