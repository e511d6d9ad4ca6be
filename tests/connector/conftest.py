"""A connector's home with keys and an empty database, and the commands as people call them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector import intake, pseudonyms
from connector import mapping as mappings
from connector import settings as homes
from connector.cli.main import main
from connector.intake import Outcome, Wish
from connector.settings import Home
from connector.state import database
from survey.engine.database import Database
from tests.connector import case_houses
from tests.connector.case_houses import CaseHouse

Run = Callable[..., Result]
Take = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`connector …` in a home of this test."""

    def command(*words: object) -> Result:
        arguments = ["--home", str(tmp_path / "home"), *map(str, words)]
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return command


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Home:
    assert run("init", "--tenant", "musterstadt").exit_code == 0
    return homes.read(tmp_path / "home")


@pytest.fixture
def state(home: Home) -> Iterator[Database]:
    opened = database.opened(home.database, tenant="musterstadt")
    yield opened
    opened.close()


@pytest.fixture
def take(home: Home, state: Database) -> Take:
    """Import a file whose mapping lies beside it."""

    def import_it(path: Path, mapping: Path | None = None, **options: object) -> Outcome:
        day = options.pop("as_of", date(2026, 11, 1))
        wish = Wish(
            path=path,
            loaded=mappings.load(mapping or path.parent / "mapping.toml"),
            as_of=day,
            today=day,
            **options,
        )
        return intake.take(state, pseudonyms.read_keys(home.keys), wish)

    return import_it


def dump(path: Path) -> list[str]:
    """Everything in the database, as statements."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every house is copied from: passwords are slow to make."""
    return case_houses.build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(tmp_path: Path, built: Path) -> Iterator[CaseHouse]:
    """Cases, a drawn wave, accounts, and a desk that answers pulls."""
    with case_houses.standing(tmp_path / "cases", built) as standing:
        yield standing
