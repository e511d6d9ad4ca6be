"""A database with a table of coins, in each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from survey.engine.database import Database
from tests.databases import ENGINES
from tests.engine import pots


class Kitchen(Struct, frozen=True):
    """Where the database is, and what is in it."""

    place: str
    folder: Path
    database: Database


@pytest.fixture(params=ENGINES)
def kitchen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kitchen]:
    pots.folder(tmp_path)
    place = pots.place(request.param)
    database = pots.opened(place, tmp_path)
    yield Kitchen(place, tmp_path, database)
    database.close()


@pytest.fixture
def database(kitchen: Kitchen) -> Database:
    return kitchen.database
