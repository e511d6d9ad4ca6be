"""A connector's home with keys and an empty database, and the commands as people call them."""

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner, Result

from connector import settings as homes
from connector.cli.main import main
from connector.imports import mapping as mappings
from connector.imports import pseudonyms
from connector.imports import run as intake
from connector.imports.outcome import ImportRequest, Outcome
from connector.imports.questions import Agreed
from connector.settings import Home as ConnectorHome
from connector.state import database
from survey.app import create_app
from survey.cli.main import main as survey_main
from survey.engine.database import Database
from survey.home import Home
from tests import facts
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
def home(run: Run, tmp_path: Path) -> ConnectorHome:
    assert run("init", "--tenant", "musterstadt").exit_code == 0
    return homes.read(tmp_path / "home")


@pytest.fixture
def state(home: ConnectorHome) -> Iterator[Database]:
    opened = database.opened(home.database, tenant="musterstadt")
    yield opened
    opened.close()


@pytest.fixture
def take(home: ConnectorHome, state: Database) -> Take:
    """Import a file whose mapping lies beside it; other options are what somebody agrees to."""

    def import_it(path: Path, mapping: Path | None = None, **options: object) -> Outcome:
        day = options.pop("as_of", date(2026, 11, 1))
        dry_run = options.pop("dry_run", False)
        loaded = mappings.load(mapping or path.parent / "mapping.toml")
        wanted = ImportRequest(
            source=loaded.mapping.source(path),
            loaded=loaded,
            as_of=day,
            today=day,
            dry_run=dry_run,
            agreed=Agreed(**options),
        )
        return intake.take(state, pseudonyms.read_keys(home.keys), wanted)

    return import_it


@pytest.fixture
def level() -> str:
    """What the programme promises; a module that needs another overrides it."""
    return "linked"


@pytest.fixture
def survey(tmp_path, home, level):
    """`survey …` in a house that trusts our connector and plans wave w1."""
    place = tmp_path / "survey"

    def command(*words: object) -> str:
        result = CliRunner().invoke(
            survey_main, ["--home", str(place), *map(str, words)], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.output.strip()

    name, url = "Jobcenter Musterstadt", "http://127.0.0.1:8000"
    barriers = ("--barrier-address", "barriere@musterstadt.example")
    command("init", "--tenant", "musterstadt", "--name", name, "--base-url", url, *barriers)
    programme = tmp_path / "programme.toml"
    example = command("programme", "example").replace('level = "linked"', f'level = "{level}"')
    programme.write_text(facts.filled(example), "utf-8")
    command("programme", "create", programme)
    for wave, number in (("w1", 1), ("w2", 2)):
        words = ("--programme", "zufriedenheit", "--number", number)
        command("wave", "create", wave, *words, "--opens", "2026-11-02", "--closes", "2026-12-31")
    command("keys", "trust", home.directory / "public-keys.toml")
    return command


@pytest.fixture
def server(tmp_path, survey, home, monkeypatch) -> Iterator[Home]:
    """The survey server itself, listening; the connector knows its address and key."""
    entered = Home.enter(tmp_path / "survey")
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(entered), log_level="critical"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    monkeypatch.setenv("CONNECTOR_SERVER_URL", f"http://127.0.0.1:{listening.getsockname()[1]}")
    monkeypatch.setenv("CONNECTOR_EVALUATOR_FINGERPRINT", survey("keys", "fingerprint"))
    monkeypatch.setenv("CONNECTOR_SERVER_FINGERPRINT", survey("keys", "fingerprint", "--server"))
    yield entered
    running.should_exit = True
    thread.join(10)


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
