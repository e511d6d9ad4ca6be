"""One browser, one server and one house for all journeys; everybody takes a code of her own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import tools
from tests.journeys import browsers, served
from tests.journeys.served import Served
from tests.world import forms
from tests.world.programmes import RELEASED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    tools.need("browser")
    with browsers.launched() as launched:
        yield launched


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served.serving(tmp_path_factory.mktemp("house"), letters=300) as running:
        yield running


@pytest.fixture(scope="session")
def showing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house in which people may show something to their case manager."""
    folder = tmp_path_factory.mktemp("showing")
    with served.serving(folder, programme=RELEASED) as running:
        yield running


@pytest.fixture(scope="session")
def closed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house whose survey has not opened yet."""
    with served.serving(tmp_path_factory.mktemp("closed"), opened=False) as running:
        yield running


@pytest.fixture(scope="session")
def types(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house that asks one question of every type."""
    published = forms.of_every_type()
    with served.serving(tmp_path_factory.mktemp("types"), published=published) as running:
        yield running
