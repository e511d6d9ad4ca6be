"""`connector inspect` says whether the file of the house is sound."""

import sqlite3

import pytest
from click.testing import CliRunner

from connector.cli.main import main


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    words = ["init", "--tenant", "musterstadt", "--server-url", "http://127.0.0.1:8000"]
    assert CliRunner().invoke(main, ["--home", str(home), *words]).exit_code == 0
    return home


def run(home, *words):
    return CliRunner().invoke(main, ["--home", str(home), "inspect", *words])


def test_the_file_of_a_new_house_is_in_order(home):
    said = run(home, "--tables")
    assert said.exit_code == 0, said.output
    assert "\nlink  (Schlüssel: " in said.output
    assert "In Ordnung" in said.output


def test_what_was_changed_by_hand_is_named(home):
    (file,) = home.glob("*.db")
    connection = sqlite3.connect(file)
    connection.execute("ALTER TABLE link ADD COLUMN name TEXT")
    connection.close()
    said = run(home)
    assert said.exit_code == 1
    assert "Von Hand geändert: link" in said.output


def test_a_cut_file_is_refused_with_the_reason(home):
    (file,) = home.glob("*.db")
    file.write_bytes(file.read_bytes()[:9_000])
    said = run(home)
    assert said.exit_code == 1
    assert "malformed" in said.output
