"""A small home with one wave, planned or open: Amira and fifty-nine others are invited."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from survey.actions import exchange, programmes
from survey.home import Home, Services
from survey.model.programmes import Level
from tests.world import connectors, homes
from tests.world.connectors import Connector
from tests.world.programmes import programme
from tests.world.world import World

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
TODAY = date(2026, 11, 10)
DAYS = {"opens_on": date(2026, 11, 2), "closes_on": date(2026, 11, 30)}
PROGRAMME = programme(programme_id="p", created_on=date(2026, 10, 1))
TEAMS = {"team-1": "Team-1", "team-2": "Team-2"}


@pytest.fixture
def level() -> Level:
    """Of the programme; modules that want another say so."""
    return "linked"


@pytest.fixture
def world(tmp_path: Path, level: Level) -> World:
    """A home with one planned wave."""
    world = homes.bare(
        tmp_path / "survey", programme=replace(PROGRAMME, level=level), connector="office", at=AT
    )
    world.plan("w1", 1, title="", **DAYS)
    return world


@pytest.fixture
def home(world: World) -> Home:
    return world.home


@pytest.fixture
def office(world: World) -> Connector:
    return world.connector


@pytest.fixture
def services(world: World) -> Services:
    return replace(world.services, today=lambda: TODAY)


@pytest.fixture
def printed() -> list[str]:
    """Sixty codes; the first is Amira's."""
    return connectors.printed(60)


@pytest.fixture
def opened(world: World, services: Services, office: Connector, printed: list[str]) -> Services:
    """The desk of a home whose wave is open."""
    batch = connectors.batch("w1", printed, units=TEAMS)
    envelope = office.envelope(services.evaluator.public_key, batch)
    exchange.open_batch(world.database, services.evaluator, envelope, at=AT)
    programmes.confirm_keys(world.database, "p", actor="test", at=AT)
    exchange.print_destroyed(world.database, office.destroyed("w1", letters=60), at=AT)
    world.open("w1")
    return services
