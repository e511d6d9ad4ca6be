"""One house for all tests of pages; every test takes a code of its own from it."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from tests.world import homes
from tests.world.programmes import RELEASED
from tests.world.world import World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return homes.build(tmp_path_factory.mktemp("house"), letters=300)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A house in which people may show something to their case manager."""
    return homes.build(tmp_path_factory.mktemp("released"), programme=RELEASED, letters=80)


@pytest.fixture(scope="module", autouse=True)
def hurried() -> Iterator[None]:
    """Wrong codes are slowed on purpose; the tests of that measure it, the others need not wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("survey.wrong_codes.USUAL", 0.0)
        yield


@pytest.fixture
def amira(world: World) -> Iterator[TestClient]:
    """A browser that has never been here."""
    with TestClient(world.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        yield client
