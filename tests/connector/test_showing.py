"""*Gezeigtes* leads to the cases in which something is shown, and tells no more than they do."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from msgspec.structs import replace

from survey.staff.store import audit
from survey.staff.store.audit import Filter
from tests.connector.case_houses import AMIRA, TODAY, UNTIL

WORDS = "Brief vom Vermieter"
BERNDS = [f"FM-{number}" for number in range(1, 13)]


def listing(house, login="bernd"):
    with house.browser(login) as client:
        return client.get("/shown").text


def showing(house, login, numbers):
    """The cases of these whose own page shows something."""
    with house.browser(login) as client:
        pages = {number: client.get(house.address(number)).text for number in numbers}
    return {number for number, page in pages.items() if WORDS in page}


def linked(house, page, numbers):
    return {number for number in numbers if house.address(number) in page}


def test_it_leads_to_exactly_the_cases_whose_pages_show_something(house):
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    house.pull(
        house.release(),
        house.release("FM-3"),
        house.release("FM-4", days=(tomorrow, UNTIL)),
        house.release("FM-5", days=(yesterday - timedelta(days=30), yesterday)),
    )
    assert linked(house, listing(house), BERNDS) == {AMIRA, "FM-3"}
    assert showing(house, "bernd", BERNDS) == {AMIRA, "FM-3"}
    house.take(
        [
            replace(one, manager="CK", team="FM 2") if one.number == AMIRA else one
            for one in house.rows
        ]
    )
    assert linked(house, listing(house), BERNDS) == {"FM-3"}
    assert showing(house, "bernd", ["FM-3"]) == {"FM-3"}
    assert linked(house, listing(house, "clara"), BERNDS) == set()


def test_what_is_taken_back_leaves_the_list(house):
    house.pull(house.release())
    assert house.address(AMIRA) in listing(house)
    house.pull()
    assert "Gerade zeigt Ihnen niemand etwas." in listing(house)


def test_it_tells_no_words_and_no_case_of_others(house):
    house.pull(house.release())
    assert WORDS not in listing(house)
    hers = listing(house, "clara")
    assert AMIRA not in hers
    assert "Gerade zeigt Ihnen niemand etwas." in hers


def test_an_empty_list_is_the_same_whoever_was_invited(house):
    house.pull()
    with house.browser("bernd") as client:
        before = client.get("/shown").text
        with closing(sqlite3.connect(house.home.database)) as connection:
            connection.execute("DELETE FROM invitation WHERE number % 2")
            connection.commit()
        assert client.get("/shown").text == before


def test_a_case_is_unread_until_it_is_opened_and_again_when_something_new_comes(house):
    house.pull(house.release())
    assert "noch nicht gelesen" in listing(house)
    showing(house, "bernd", [AMIRA])
    assert "noch nicht gelesen" not in listing(house)
    house.pull(house.release(), house.release(block="plan"))
    assert "noch nicht gelesen" in listing(house)


def test_reading_the_list_is_logged_where_it_tells_something(house):
    house.pull()
    listing(house)
    house.pull(house.release())
    listing(house)
    with house.state.read() as tx:
        entries = audit.matching(tx, Filter(action="release.list"), skip=0, most=9)
    assert [(one.actor, one.subject) for one in entries] == [("bernd", "bernd")]


def test_after_too_long_without_a_pull_nothing_is_listed(house):
    house.pull(house.release())
    house.now += timedelta(days=9)
    page = listing(house)
    assert house.address(AMIRA) not in page
    assert "Das ist zu lange her" in page
