"""The code: scanned, typed, mistyped, wrong or used."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import Script
from tests.journeys.people import Person
from tests.journeys.served import Served
from tests.web.pages import WRONG


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_qr_brings_the_code_and_leaves_no_trace_of_it(
    browser: Browser, house: Served, language: str
) -> None:
    amira = Person(browser, house)
    code = house.code()
    sent: list[str] = []
    amira.page.on("request", lambda request: sent.append(request.url))
    amira.page.goto(f"/q#{code}")
    expect(amira.page).to_have_url(f"{house.origin}/q")
    expect(amira.page.locator("[name=code]")).to_have_value(code)
    amira.choose_language(language)
    amira.at("notice")
    assert not [each for each in sent if code in each]
    amira.press()
    amira.at(f"question/{house.questions[0]}")
    amira.leave()


def test_a_second_letter_scanned_in_the_same_tab_is_taken(browser: Browser, house: Served) -> None:
    amira = Person(browser, house)
    first, second = house.code(), house.code()
    amira.page.goto(f"/q#{first}")
    amira.page.goto(f"/q#{second}")
    expect(amira.page.locator("[name=code]")).to_have_value(second)
    amira.leave()


def test_an_address_typed_in_cyrillic_brings_the_code_as_well(
    browser: Browser, house: Served
) -> None:
    amira = Person(browser, house)
    code = house.code()
    typed = code.translate(str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ"))
    amira.page.goto(f"/q#{typed}")
    expect(amira.page.locator("[name=code]")).to_have_value(typed)
    amira.choose_language("de")
    amira.at("notice")
    amira.page.goto("/q#%E0%A4%A")
    expect(amira.page.locator("[name=code]")).to_have_value("")
    amira.leave()


def test_without_script_the_qr_leads_to_the_field(browser: Browser, house: Served) -> None:
    amira = Person(browser, house, script="no-script")
    amira.page.goto(f"/q#{house.code()}")
    amira.choose_language("de")
    expect(amira.page.locator("#c")).to_have_value("")
    amira.page.fill("#c", house.code())
    amira.press()
    amira.at("notice")
    amira.leave()


@pytest.mark.parametrize("script", ["script", "no-script"])
@pytest.mark.parametrize("place", ["code", "erase"])
def test_a_mistyped_code_is_told_at_the_field(
    browser: Browser, house: Served, script: Script, place: str
) -> None:
    amira = Person(browser, house, script=script)
    amira.open(place)
    amira.page.fill("#c", "7KQM-2R8T-XA5U")
    amira.press()
    field = amira.page.locator("#c")
    expect(field).to_be_focused()
    expect(field).to_have_value("7KQM-2R8T-XA5U")
    expect(field).to_have_attribute("aria-invalid", "true")
    # As the accessibility tree computes it, not only as the attribute says.
    expect(field).to_have_accessible_description(re.compile("Hier stimmt ein Zeichen nicht"))
    expect(amira.page).to_have_title(re.compile("^Fehler: "))
    amira.leave()


def test_a_used_code_and_a_wrong_one_get_the_same_page(browser: Browser, house: Served) -> None:
    amira, clara = Person(browser, house), Person(browser, house)
    code = house.code()
    amira.enter(code)
    amira.open("check")
    amira.press()
    amira.at("thanks")
    clara.enter(code)
    used = clara.page.locator("body").inner_text()
    assert "Dieser Code ist nicht offen" in used
    clara.enter(WRONG)
    assert clara.page.locator("body").inner_text() == used
    # Whoever holds it may delete from there.
    clara.press(".alt")
    expect(clara.page.locator("h1")).to_have_text("Wirklich löschen?")
    clara.press("main .mid a")
    clara.at("unchanged")
    amira.leave()
    clara.leave()
