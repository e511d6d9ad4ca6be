"""Codes, masks and the report."""

import csv
import re
from pathlib import Path

import pytest

import connector
from connector.imports import findings, messages


def test_every_code_the_programme_gives_is_in_the_table_and_the_other_way_round():
    said = set()
    for path in Path(connector.__file__).parent.rglob("*.py"):
        if not path.name.startswith("messages_"):
            said |= set(re.findall(r'"([FEWXN]-[A-Z]{2}-\d{3})"', path.read_text("utf-8")))
    assert said == set(messages.CODES)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("FM-2024-10009", "…09"), ("Amira", "…a"), ("J", "…"), ("", ""), ("12\x0034567", "…67")],
)
def test_of_a_value_at_most_the_last_two_characters_are_shown(value, shown):
    assert findings.masked(value) == shown


def test_no_cell_of_the_report_can_run_as_a_formula(tmp_path):
    path = tmp_path / "out.csv"
    found = findings.finding("N-SA-003", record=1, column='=HYPERLINK("x")', value="=1+1")
    findings.write(path, [found])
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert rows[0] == ["record", "column", "code", "grade", "value", "message"]
    assert rows[1][1] == '\'=HYPERLINK("x")'
    assert not any(cell.startswith(findings.FORMULA) for cell in rows[1])
