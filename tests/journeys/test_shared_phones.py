"""Two tabs, two devices, two people on one phone: each answer lands where it belongs."""

from playwright.sync_api import Browser, expect

from tests.journeys.people import Person
from tests.journeys.served import Served

OLD = "Diese Seite ist veraltet"


def test_two_tabs_of_one_person_lose_nothing(browser: Browser, house: Served) -> None:
    first, second = house.questions[:2]
    amira = Person(browser, house)
    amira.begin(house.code())
    other = amira.context.new_page()
    other.goto(f"/de/question/{second}")
    other.locator("label[for] >> nth=4").click()
    other.locator("main .go:visible").click()
    amira.choose("1")
    amira.press()
    amira.at(f"question/{second}")
    assert len(amira.chosen()) == 1
    amira.open(f"question/{first}")
    assert amira.chosen() == ["1"]
    amira.leave()


def test_a_tab_of_who_had_the_phone_before_stores_nothing_and_says_so(
    browser: Browser, house: Served
) -> None:
    question = house.questions[0]
    amira = Person(browser, house)
    hers, his = house.code(), house.code()
    amira.begin(hers)
    stale = amira.page
    # Bernd takes the phone, opens another tab and types the code of his own letter.
    amira.page = amira.context.new_page()
    amira.begin(his)
    amira.at(f"question/{question}")
    amira.page, bernd = stale, amira.page
    amira.choose("5")
    amira.press()
    assert amira.problem() == OLD
    bernd.reload()
    assert bernd.locator("main input:checked").count() == 0
    # Her code takes her back, and nothing of the stale tab is there.
    amira.press()
    amira.enter(hers)
    amira.press()
    amira.at(f"question/{question}")
    assert amira.chosen() == []
    amira.leave()


def test_a_stale_check_page_sends_nothing(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    amira.enter(house.code())
    amira.open("check")
    stale, amira.page = amira.page, amira.context.new_page()
    bernd = house.code()
    amira.enter(bernd)
    amira.page = stale
    amira.press()
    assert amira.problem() == OLD
    # His code is still open.
    amira.begin(bernd)
    amira.at(f"question/{house.questions[0]}")
    amira.leave()


def test_a_second_device_goes_on_where_the_first_stopped_and_shows_no_value(
    browser: Browser, house: Served
) -> None:
    first, second = house.questions[:2]
    code = house.code()
    phone = Person(browser, house)
    phone.begin(code)
    phone.choose("5")
    phone.press()
    phone.at(f"question/{second}")
    services = Person(browser, house, device="desktop")
    services.begin(code)
    services.at(f"question/{second}")
    services.page.locator("[name=_go][value=back]").click()
    services.at(f"question/{first}")
    assert services.chosen() == []
    expect(services.page.locator("#w")).to_contain_text("auf einem anderen Gerät gekommen")
    # Leaving the page as it is does not wipe what the phone said.
    services.press()
    services.open("check")
    expect(services.page.locator(".sum dd").first).to_contain_text("auf einem anderen Gerät")
    assert "trifft voll zu" not in services.page.locator("main").inner_text()
    phone.open(f"question/{first}")
    assert phone.chosen() == ["5"]
    phone.leave()
    services.leave()


def test_an_emptied_device_shows_the_next_person_nothing(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    amira.enter(house.code())
    amira.open("check")
    amira.press()
    amira.press()
    amira.at("emptied")
    assert amira.context.cookies() == []
    amira.page.go_back()
    assert amira.problem() != "Danke."
    amira.page.goto("/")
    amira.choose_language("de")
    amira.begin(house.code())
    assert amira.chosen() == []
    amira.leave()
