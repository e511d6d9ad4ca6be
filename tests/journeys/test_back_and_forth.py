"""Back, reload, another language, a lost line: nothing that was answered is lost or doubled."""

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, Route, expect

from survey.engine.database import Transaction
from tests.journeys.browsers import Script
from tests.journeys.people import Person
from tests.journeys.served import Served

BOTH = pytest.mark.parametrize("script", ["script", "no-script"])


class Kept(Struct, frozen=True):
    """How many rows of answers there are."""

    rows: int


def kept(house: Served) -> int:
    """Rows of answers; one submission writes one for every domain of the form."""
    with house.world.database.read() as tx:
        return _count(tx).rows


def _count(tx: Transaction) -> Kept:
    found = tx.one("SELECT count(*) AS rows FROM response WHERE tenant = :tenant", into=Kept)
    assert found
    return found


@BOTH
def test_every_way_back_shows_what_was_chosen(
    browser: Browser, house: Served, script: Script
) -> None:
    first, second, third = house.questions[:3]
    amira = Person(browser, house, script=script)
    amira.begin(house.code())
    amira.choose("2")
    amira.press()
    amira.at(f"question/{second}")
    amira.choose("5")
    amira.press()
    amira.at(f"question/{third}")
    amira.page.go_back()
    amira.at(f"question/{second}")
    assert amira.chosen() == ["5"]
    amira.page.reload()
    assert amira.chosen() == ["5"]
    # "Zurück" keeps what was just changed and not yet sent.
    amira.choose("1")
    amira.press("[name=_go][value=back]")
    amira.at(f"question/{first}")
    assert amira.chosen() == ["2"]
    amira.press()
    amira.at(f"question/{second}")
    assert amira.chosen() == ["1"]
    amira.leave()


@BOTH
def test_changing_the_language_keeps_a_choice_not_yet_sent(
    browser: Browser, house: Served, script: Script
) -> None:
    first = house.questions[0]
    amira = Person(browser, house, script=script)
    amira.begin(house.code())
    amira.choose("4")
    amira.press("header .lang")
    amira.choose_language("ar")
    amira.at(f"question/{first}")
    assert amira.chosen() == ["4"]
    expect(amira.page.locator("html")).to_have_attribute("dir", "rtl")
    amira.choose("3")
    amira.press("main .note button")
    amira.language = "de"
    amira.at(f"question/{first}")
    assert amira.chosen() == ["3"]
    amira.leave()


def test_words_too_long_are_not_lost(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    amira.enter(house.code())
    amira.open("question/g2")
    amira.page.fill("textarea", "Sehr viele Wörter. " * 300)
    amira.press()
    field = amira.page.locator("textarea")
    expect(field).to_be_focused()
    assert field.input_value().startswith("Sehr viele Wörter.")
    amira.page.fill("textarea", "Wenige Wörter.")
    amira.press()
    amira.open("check")
    expect(amira.page.locator(".quote")).to_have_text("Wenige Wörter.")
    amira.leave()


def test_a_double_click_on_submit_stores_once(browser: Browser, house: Served) -> None:
    amira, clara = Person(browser, house), Person(browser, house)
    before = kept(house)
    clara.enter(house.code())
    clara.open("check")
    clara.press()
    clara.at("thanks")
    once = kept(house) - before
    amira.enter(house.code())
    amira.open("check")
    amira.page.locator("main .go:visible").dblclick()
    amira.at("thanks")
    assert kept(house) - before == 2 * once
    amira.leave()
    clara.leave()


def test_a_reply_lost_on_its_way_is_asked_for_again(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    before = kept(house)
    amira.enter(house.code())
    amira.open("check")

    def lose(route: Route) -> None:
        """The server gets it, the phone never hears of it."""
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    amira.page.route("**/check", lose)
    with amira.page.expect_event("requestfailed"):
        amira.page.locator("main .go:visible").click(no_wait_after=True)
    amira.page.unroute("**/check")
    after = kept(house)
    assert after > before
    amira.page.reload()
    amira.at("thanks")
    assert kept(house) == after
    amira.leave()


def test_stopping_deletes_and_the_code_begins_anew(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    code = house.code()
    amira.begin(code)
    amira.choose("2")
    amira.press("[name=_go][value=stop]")
    # "Nein, weiter" leads back to what stood there.
    amira.press("main .mid a")
    amira.at(f"question/{house.questions[0]}")
    assert amira.chosen() == ["2"]
    amira.press("[name=_go][value=stop]")
    amira.press()
    amira.at("stopped")
    amira.page.go_back()
    assert amira.chosen() == []
    amira.begin(code)
    amira.at(f"question/{house.questions[0]}")
    assert amira.chosen() == []
    amira.leave()
