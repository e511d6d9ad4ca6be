"""One house for all tests of pages; every test takes a code of its own from it."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from tests.web.houses import RELEASED, Street, build


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Street:
    return build(tmp_path_factory.mktemp("house"), letters=120)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Street:
    """A house in which people may show something to their case manager."""
    return build(tmp_path_factory.mktemp("released"), programme=RELEASED, letters=80)


@pytest.fixture(scope="module", autouse=True)
def hurried() -> Iterator[None]:
    """Wrong codes are slowed on purpose; the tests of that measure it, the others need not wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("survey.wrong_codes.USUAL", 0.0)
        yield


@pytest.fixture
def amira(street: Street) -> Iterator[TestClient]:
    """A browser that has never been here."""
    with TestClient(street.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        yield client
