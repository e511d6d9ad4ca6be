"""From the first page to the deleted answers, on a phone and at a desk, with and without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import Device, Script
from tests.journeys.people import Person
from tests.journeys.served import Served

WORDS = {"de": "Die Beratung am Telefon.", "ar": "المشورة عبر الهاتف."}
DELETED = {"de": "sind sie jetzt gelöscht", "ar": "حُذفت"}
WAYS: list[tuple[Device, str, Script]] = [
    ("phone", "de", "no-script"),
    ("phone", "ar", "script"),
    ("desktop", "de", "script"),
    ("desktop", "ar", "no-script"),
]


@pytest.mark.parametrize(("device", "language", "script"), WAYS)
def test_a_person_answers_everything_and_deletes_it(
    browser: Browser, house: Served, device: Device, language: str, script: Script
) -> None:
    amira = Person(browser, house, device=device, script=script)
    code = house.code()
    amira.page.goto("/")
    amira.choose_language(language)
    amira.at("code")
    # As people type it: small letters, without dashes.
    amira.page.fill("#c", code.replace("-", "").lower())
    amira.press()
    amira.at("notice")
    amira.press()
    assert amira.answer_all(WORDS[language]) == list(house.questions)
    amira.at("check")
    expect(amira.page.locator("main")).to_contain_text(WORDS[language])
    _change_the_first(amira)
    amira.press()
    amira.at("thanks")
    amira.press()
    amira.at("emptied")
    _nothing_is_left(amira, WORDS[language])
    _delete(amira, code)
    amira.leave()


def _change_the_first(amira: Person) -> None:
    before = amira.page.locator(".sum dd").first.inner_text()
    amira.press(".sum a")
    assert len(amira.chosen()) == 1
    amira.choose("_declined")
    amira.press()
    amira.at("check")
    assert amira.page.locator(".sum dd").first.inner_text() != before


def _nothing_is_left(amira: Person, words: str) -> None:
    """Whoever takes the phone next presses Back, as often as it goes."""
    for _ in range(6):
        amira.page.go_back()
        assert amira.chosen() == []
        assert words not in amira.page.content()
    amira.open("check")
    assert amira.page.locator(".sum").count() == 0


def _delete(amira: Person, code: str) -> None:
    amira.open("erase")
    amira.page.fill("#c", code)
    amira.press()
    amira.press()
    amira.at("erased")
    expect(amira.page.locator("main")).to_contain_text(DELETED[amira.language])


def test_the_keyboard_alone_is_enough(browser: Browser, house: Served) -> None:
    """Tab, arrows, Space and Enter, without script: what a switch or a screen reader sends."""
    amira = Person(browser, house, device="desktop", script="no-script")
    keys = amira.page.keyboard
    amira.page.goto("/")
    _tab_to(amira, "a[href='/de/code']")
    keys.press("Enter")
    amira.at("code")
    _tab_to(amira, "#c")
    keys.type(house.code())
    keys.press("Enter")
    amira.at("notice")
    _tab_to(amira, "main .go")
    keys.press("Enter")
    for number, question in enumerate(house.questions):
        amira.at(f"question/{question}")
        if amira.page.locator("textarea").count():
            _tab_to(amira, "textarea")
            keys.type("Kurze Wege.")
            _tab_to(amira, "main .go")
        else:
            _tab_to(amira, "main .scale input")
            keys.press("Space")
            for _ in range(number % 3):
                keys.press("ArrowDown")
            assert len(amira.chosen()) == 1
        # In a question Enter goes on, never back and never out.
        keys.press("Enter")
    amira.at("check")
    _tab_to(amira, "main .go")
    keys.press("Enter")
    amira.at("thanks")
    amira.leave()


def _tab_to(amira: Person, selector: str) -> None:
    for _ in range(60):
        amira.page.keyboard.press("Tab")
        if amira.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector} on {amira.page.url}")


def test_the_skip_link_leads_past_the_head(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    amira.open("help")
    amira.page.keyboard.press("Tab")
    skip = amira.page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    amira.page.keyboard.press("Enter")
    amira.page.keyboard.press("Tab")
    assert amira.page.evaluate("document.activeElement.closest('main') !== null")
    amira.leave()
