"""What an import asks a person, and what it shows at a terminal and nowhere else."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from connector.state import episodes
from tests.connector import export_maker
from tests.terminal import CONNECTOR, screen


@pytest.fixture
def blocked(tmp_path, take, state):
    export = export_maker.make(80)
    for row in export.rows:
        row.update(start="01.03.2026", end="", end_reason="")
    for row in export.rows[:2]:
        row["disclosure_block"] = "J"
    take(export.write(tmp_path))
    return export


def words(folder: Path, path: Path) -> list[str]:
    home = ["--home", str(folder / "home")]
    mapping = ["--mapping", str(folder / "mapping.toml")]
    return [*CONNECTOR, *home, "import", str(path), *mapping, "--as-of", "2026-11-08"]


def at_a_terminal(folder: Path, path: Path, *typed: str, more: tuple[str, ...] = ()):
    """Everything that stands on the screen in the end, and the status."""
    return screen([*words(folder, path), *more], *typed)


def without_a_terminal(folder: Path, path: Path, *more: str):
    done = subprocess.run(
        [*words(folder, path), *more], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode(), done.returncode


def asked(state) -> int:
    with state.read() as tx:
        return episodes.count(tx)


def lifting(export, folder):
    for row in export.rows[:2]:
        row["disclosure_block"] = "N"
    return export.write(folder)


def test_a_lifted_protection_is_agreed_to_by_typing_how_many_people_it_is(tmp_path, state, blocked):
    path = lifting(blocked, tmp_path)
    said, status = at_a_terminal(tmp_path, path, "2")
    assert (status, asked(state)) == (0, 60)
    assert f"Aktenzeichen {blocked.rows[0]['case_number']}" in said
    assert "Auskunftssperre" in said


@pytest.mark.parametrize("typed", ["j", "3", ""])
def test_any_other_answer_changes_nothing(tmp_path, state, blocked, typed):
    said, status = at_a_terminal(tmp_path, lifting(blocked, tmp_path), typed)
    assert (status, asked(state)) == (2, 58)
    assert "Es wurde nichts geändert" in said


def test_without_a_terminal_it_is_refused_and_the_option_is_told(tmp_path, state, blocked):
    path = lifting(blocked, tmp_path)
    said, status = without_a_terminal(tmp_path, path)
    assert (status, asked(state)) == (2, 58)
    assert "--lift 2" in said
    assert without_a_terminal(tmp_path, path, "--lift", "2")[1] == 0
    assert asked(state) == 60


def test_every_question_is_asked_and_one_no_is_enough(tmp_path, state, blocked):
    for row in blocked.rows[10:20]:
        row.update(disclosure_block="J")
    path = lifting(blocked, tmp_path)
    assert at_a_terminal(tmp_path, path, "2", "n")[1] == 2
    assert asked(state) == 58
    assert at_a_terminal(tmp_path, path, "2", "j")[1] == 0
    assert asked(state) == 50


def test_a_dry_run_asks_nothing(tmp_path, state, blocked):
    said, status = at_a_terminal(tmp_path, lifting(blocked, tmp_path), more=("--dry-run",))
    assert (status, asked(state)) == (2, 58)
    assert "F-LA-003" in said


def test_case_and_word_are_named_at_a_terminal_and_nowhere_else(tmp_path, state, blocked):
    blocked.rows[20].update(kind="Sonderfall Nord")
    blocked.rows[21].update(measure="Kombilohn Plus")
    path = blocked.write(tmp_path)
    report = tmp_path / "findings.csv"
    shown, status = at_a_terminal(tmp_path, path, more=("--report", str(report)))
    assert status == 1
    secret = (blocked.rows[20]["case_number"], "Sonderfall Nord", "Kombilohn Plus")
    assert all(each in shown for each in secret)
    logged, _ = without_a_terminal(tmp_path, path)
    for text in (logged, report.read_text("utf-8-sig")):
        assert not any(each in text for each in secret)
        assert "E-EP-006" in text


def test_a_word_nobody_has_mapped_is_named_with_its_place(tmp_path, state, blocked):
    blocked.rows[5]["disclosure_block"] = "ja, seit Mai"
    path = blocked.write(tmp_path)
    shown, status = at_a_terminal(tmp_path, path)
    assert (status, asked(state)) == (2, 58)
    assert "„ja, seit Mai“ (1-mal, zuerst Datensatz 6)" in shown
    logged, _ = without_a_terminal(tmp_path, path)
    assert "ja, seit Mai" not in logged
    assert "Datensatz 6" in logged
    assert "[values.disclosure_block]" in logged


def test_a_terminal_obeys_nothing_that_stands_in_a_cell(tmp_path, state, blocked):
    blocked.rows[20].update(kind="x\x1b[2J", case_number="AZ\x1b]0;x\x07")
    shown, _ = at_a_terminal(tmp_path, blocked.write(tmp_path))
    assert not any(sign in shown for sign in ("\x1b[2J", "\x1b]0", "\x07"))


def test_what_is_known_is_taken_back_only_with_a_yes(tmp_path, take, state, blocked):
    blocked.rows[0]["team"] = "U25"
    take(blocked.write(tmp_path, "later.csv"), as_of=date(2026, 11, 9))
    blocked.rows[0]["team"] = "Team Süd"
    path = blocked.write(tmp_path)
    assert at_a_terminal(tmp_path, path, "n")[1] == 2
    said, status = at_a_terminal(tmp_path, path, "j")
    assert status == 0
    assert "älter" in said
