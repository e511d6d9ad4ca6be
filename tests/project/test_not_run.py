"""A run that lacks a program ends with a word other than success, unless somebody asked for it."""

import os
import subprocess
import sys

import pytest

from survey.paths import ROOT

TESTS = """
from tests import tools

def test_that_needs_nothing(): pass
def test_in_a_browser(): tools.need("browser")
def test_in_a_browser_again(): tools.need("browser")
def test_that_reads_a_pdf(): tools.need("poppler")
"""


@pytest.fixture
def run(tmp_path):
    """Status and lines of a run of four tests where no browser is to be found."""
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")

    def started(*words):
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "CHROMIUM": "/nowhere/chromium"},
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout.splitlines()

    return started


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_without_a_browser_does_not_pass(run, processes):
    status, lines = run("-n", processes)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert lines[-1] == (
        "INCOMPLETE: the browser tests: 2 not run. "
        'To leave them out openly: make test WITHOUT="browser"'
    )
    assert "make test CHROMIUM=/path/to/chromium" in lines[-2]


def test_a_run_from_which_the_browser_tests_were_left_out_by_wish_says_so_last(run):
    status, lines = run("--without", "browser")
    assert status == pytest.ExitCode.OK
    assert lines[-1] == "passed WITHOUT the browser tests: 2 not run"


def test_leaving_out_one_program_excuses_no_other(run):
    status, lines = run("--without", "poppler")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert lines[-1].startswith("INCOMPLETE: the browser and poppler tests: 3 not run.")
    assert lines[-1].endswith('make test WITHOUT="browser"')


def test_a_failure_is_not_called_passed_when_a_program_was_left_out(run, tmp_path):
    (tmp_path / "test_wrong.py").write_text("def test_wrong(): assert False", "utf-8")
    status, lines = run("--without", "browser")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert lines[-1] == "failed, and that WITHOUT the browser tests: 2 not run"


def test_a_run_in_which_nothing_was_left_out_ends_as_ever(run):
    status, lines = run("-k", "nothing")
    assert status == pytest.ExitCode.OK
    assert "not run" not in lines[-1]


def test_a_program_nobody_knows_cannot_be_left_out(run):
    assert run("--without", "brwser") == (pytest.ExitCode.USAGE_ERROR, [])
