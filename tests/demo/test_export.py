"""The made-up export is the same every time, fits the shipped mapping, and has faults to find."""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from survey import paths
from survey.demo import export

DAY = date(2026, 11, 1)
CONNECTOR = Path(sys.executable).with_name("connector")
MAPPING = paths.ROOT / "connector" / "mappings" / "fallmanagement.toml"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "export.csv"
    export.write(path, as_of=DAY)
    return path


def test_one_seed_and_day_always_give_the_same_file(file, tmp_path):
    export.write(tmp_path / "again.csv", as_of=DAY)
    assert (tmp_path / "again.csv").read_bytes() == file.read_bytes()


def test_the_earlier_export_is_the_beginning_of_the_later_one(file, tmp_path):
    export.write(tmp_path / "earlier.csv", as_of=DAY, cases=export.EARLIER)
    earlier = (tmp_path / "earlier.csv").read_bytes()
    assert file.read_bytes().startswith(earlier)


def test_every_team_has_three_case_managers_at_least(file):
    with file.open(encoding=export.ENCODING, newline="") as rows:
        pairs = {
            (row["Team"], row["Fallmanager/in (Kürzel)"])
            for row in csv.DictReader(rows, delimiter=";")
        }
    managers = Counter(team for team, manager in pairs if team and manager)
    assert set(managers) == set(export.TEAMS)
    assert min(managers.values()) >= 3


def test_names_and_streets_tell_people_apart(file):
    assert len(export.addressees(file)) > 780


def test_the_import_takes_it_with_the_shipped_mapping_and_finds_the_planted_faults(file, tmp_path):
    home = ["--home", str(tmp_path / "connector")]
    subprocess.run(
        [CONNECTOR, *home, "init", "--tenant", "musterstadt"], check=True, capture_output=True
    )
    report = tmp_path / "findings.csv"
    words = ["import", file, "--mapping", MAPPING, "--as-of", DAY.isoformat(), "--report", report]
    done = subprocess.run([CONNECTOR, *home, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    with report.open(encoding="utf-8-sig", newline="") as rows:
        grades = Counter(row["grade"] for row in csv.DictReader(rows, delimiter=";"))
    # 16 planted rows and the one with three fields; five blocked people and two children.
    assert (grades["row"], grades["excluded"], grades["file"]) == (17, 7, 0)
    assert grades["warning"] >= 8
