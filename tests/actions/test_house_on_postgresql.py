"""A house whose database is a server's: begun, shown and entered without telling its password."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli.main import main
from survey.engine.postgresql import PostgresDatabase
from survey.home import Home
from tests import databases

SECRET = "n0t-for-anybody"  # noqa: S105
INIT = ("init", "--tenant", "musterstadt", "--name", "Jobcenter", "--base-url", "https://u.example")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def place() -> str:
    """An address with a password, which the server does not ask for."""
    return databases.place("postgresql").replace("postgres@", f"postgres:{SECRET}@")


def run(home: Path, *words: object, **environment: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *map(str, words)], env=environment)


def test_init_takes_the_address_from_a_file_and_tells_its_password_nowhere(home, place, tmp_path):
    credential = tmp_path / "database"
    credential.write_text(place + "\n", "utf-8")
    environment = {"SURVEY_DATABASE_FILE": str(credential)}
    begun = run(home, *INIT, **environment)
    assert begun.exit_code == 0, begun.output
    shown = run(home, "settings", **environment)
    assert "database = postgresql://postgres:...@" in shown.output
    assert SECRET not in begun.output + shown.output
    assert all(SECRET not in path.read_text("utf-8") for path in home.glob("*.toml"))
    assert not (home / "survey.db").exists()
    assert "at version" in run(home, "migrate", **environment).output
    assert run(home, "wave", "list", **environment).exit_code == 0


def test_an_address_without_a_password_is_written_down(home):
    place = databases.place("postgresql")
    assert run(home, *INIT, "--database", place).exit_code == 0
    entered = Home.enter(home)
    assert isinstance(entered.database, PostgresDatabase)
    entered.database.close()


def test_init_goes_on_where_the_server_was_away_and_never_begins_anew(home, place):
    away = f"postgresql://amira:{SECRET}@127.0.0.1:1/x"
    said = run(home, *INIT, SURVEY_DATABASE=away)
    assert said.exit_code == 1
    assert "127.0.0.1" in said.output
    assert SECRET not in said.output
    assert run(home, *INIT, SURVEY_DATABASE=place).exit_code == 0
    assert "is there already" in run(home, *INIT, SURVEY_DATABASE=place).output


def test_a_database_without_tables_is_told_with_its_cure(home, place):
    assert run(home, *INIT).exit_code == 0
    said = run(home, "wave", "list", SURVEY_DATABASE=place)
    assert said.exit_code == 1
    assert "survey migrate" in said.output


def test_what_is_neither_file_nor_address_is_told_without_repeating_it(home):
    assert run(home, *INIT).exit_code == 0
    said = run(home, "wave", "list", SURVEY_DATABASE=f"mysql://amira:{SECRET}@h/x")
    assert said.exit_code == 1
    assert "postgresql://" in said.output
    assert SECRET not in said.output


def test_a_house_with_a_file_loads_nothing_of_postgresql(home):
    assert run(home, *INIT).exit_code == 0
    code = (
        "import sys, survey.app\n"
        "from pathlib import Path\n"
        "from survey.home import Home\n"
        f"Home.enter(Path({str(home)!r}))\n"
        "print([name for name in sys.modules if name.startswith('psycopg')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
