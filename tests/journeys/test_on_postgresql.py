"""A whole questionnaire with two processes before one PostgreSQL: whichever of them answers."""

from collections.abc import Iterator

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, expect

from tests import databases
from tests.journeys import served
from tests.journeys.people import Person
from tests.journeys.served import Served

WORDS = "Die Beratung am Telefon."


class Kept(Struct):
    """How many rows there are."""

    number: int


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("house")
    place = databases.place("postgresql")
    with served.serving(folder, database=place, workers=2) as running:
        yield running


def count(house: Served, table: str) -> int:
    with house.world.database.read() as tx:
        found = tx.one(f"SELECT count(*) AS number FROM {table}", into=Kept)
    assert found is not None
    return found.number


def test_a_person_answers_everything_on_two_devices_and_deletes_it(
    browser: Browser, house: Served
) -> None:
    code = house.code()
    amira = Person(browser, house)
    amira.begin(code)
    assert amira.answer_all(WORDS) == list(house.questions)
    amira.at("check")
    expect(amira.page.locator("main")).to_contain_text(WORDS)
    services = Person(browser, house, device="desktop", script="no-script")
    services.begin(code)
    services.at("check")
    # Given on the phone: the desk computer may send it, and shows nothing of it.
    expect(services.page.locator("main")).not_to_contain_text(WORDS)
    amira.press()
    amira.at("thanks")
    assert count(house, "draft") == 0
    answers, texts = count(house, "response"), count(house, "free_text")
    assert answers > 0
    assert texts > 0
    services.open("erase")
    services.page.fill("#c", code)
    services.press()
    services.press()
    services.at("erased")
    assert count(house, "response") == answers
    assert count(house, "free_text") == 0
    amira.leave()
    services.leave()


def test_a_wrong_code_is_refused_by_either_process(browser: Browser, house: Served) -> None:
    clara = Person(browser, house)
    for _ in range(4):
        clara.enter("0000-0000-0000")
        assert clara.page.url.endswith("/de/code")
    clara.leave()
