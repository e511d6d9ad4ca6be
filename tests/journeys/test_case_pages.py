"""Bernd reads what Amira shows him, in a browser; Clara sees nothing; every page can be used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.connector.case_houses import AMIRA, PASSWORD, CaseHouse
from tests.journeys import audits, browsers, cases_served, page_checkers
from tests.journeys.browsers import Device, Script

WORDS = "Brief vom Vermieter"
# Style comes in three files, which the browser keeps.
MOST_REQUESTS = 4


@pytest.fixture(scope="module")
def served(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CaseHouse, str]]:
    with cases_served.standing(tmp_path_factory.mktemp("cases") / "house") as standing:
        yield standing


def log_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.fill("#login", login)
    page.fill("#password", password)
    with page.expect_navigation():
        page.click("main .go:visible")


@pytest.mark.parametrize("script", ["script", "no-script"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_bernd_finds_the_case_and_reads_what_amira_shows_him(
    browser: Browser, served: tuple[CaseHouse, str], device: Device, script: Script
) -> None:
    house, origin = served
    context = browsers.person(browser, origin, device=device, script=script)
    page = context.new_page()
    log_in(page, "bernd", "nicht mein Passwort")
    expect(page.locator("[role=alert]")).to_contain_text("passen nicht zusammen")
    page.fill("#password", PASSWORD)
    page.click("main .go:visible")
    expect(page.locator("h1")).to_have_text("Meine Fälle")
    expect(page.locator("main")).not_to_contain_text(WORDS)
    page.fill("#q", "fm-1")
    page.click("main .find .btn")
    page.get_by_role("link", name=AMIRA, exact=True).click()
    expect(page.locator("h1")).to_have_text(AMIRA)
    expect(page.locator(".shown")).to_contain_text(WORDS)
    expect(page.locator(".shown")).to_contain_text("Sichtbar vom")
    page.get_by_role("link", name="Mein Team").click()
    for table in ("Beteiligung", "Note", "Themen und Aussagen"):
        shown = page.get_by_role("table", name=table)
        expect(shown.get_by_role("columnheader", name="Ganzes Haus")).to_be_visible()
    page.click("text=abmelden")
    expect(page.locator("h1")).to_have_text("Anmelden")
    page.goto(house.address(AMIRA))
    expect(page.locator("h1")).to_have_text("Anmelden")
    context.close()


def test_clara_sees_nothing_of_it(browser: Browser, served: tuple[CaseHouse, str]) -> None:
    house, origin = served
    context = browsers.person(browser, origin, device="desktop")
    page = context.new_page()
    log_in(page, "clara")
    page.fill("#q", AMIRA)
    page.click("main .find .btn")
    expect(page.get_by_role("link", name=AMIRA, exact=True)).to_have_count(0)
    reply = page.goto(house.address(AMIRA))
    assert reply is not None
    assert reply.status == 404
    expect(page.locator("body")).not_to_contain_text("Vermieter")
    context.close()


def test_what_amira_takes_back_is_gone_when_bernd_looks_again(
    browser: Browser, served: tuple[CaseHouse, str]
) -> None:
    house, origin = served
    context = browsers.person(browser, origin, device="desktop")
    cases_served.come(house, origin, context, "bernd")
    page = context.new_page()
    page.goto(house.address(AMIRA))
    expect(page.locator(".shown")).to_contain_text(WORDS)
    house.pull(reports=[cases_served.report()])
    try:
        page.reload()
        expect(page.locator("main")).to_contain_text("Hier steht gerade nichts.")
        expect(page.locator("main")).not_to_contain_text(WORDS)
    finally:
        house.pull(*cases_served.shown(house), reports=[cases_served.report()])
    context.close()


def test_the_keyboard_alone_leads_from_the_door_to_the_words(
    browser: Browser, served: tuple[CaseHouse, str]
) -> None:
    house, origin = served
    context = browsers.person(browser, origin, device="desktop")
    page = context.new_page()
    page.goto("/login")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("bernd")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _tab_to(page, "#q")
    page.keyboard.type(AMIRA)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _tab_to(page, f"a[href='{house.address(AMIRA)}']")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".shown")).to_contain_text(WORDS)
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", cases_served.PAGES)
def test_every_page_is_accessible_narrow_dark_and_quiet(
    browser: Browser, served: tuple[CaseHouse, str], name: str, language: str
) -> None:
    house, origin = served
    login, address = cases_served.PAGES[name]
    context = browsers.person(browser, origin)
    cases_served.come(house, origin, context, login)
    page = context.new_page()
    watch = audits.watched(page)
    where = cases_served.place(house, address)
    if login:
        cases_served.speak(house, login, language)
    elif language == "en":
        where += "?language=en"
    page.goto(where)
    found = audits.quiet(watch, origin, most=MOST_REQUESTS)
    audits.prepare(page)
    found += page_checkers.found(page) + audits.words(page, language)
    found += audits.axe(page) + audits.reflow(page)
    assert page.evaluate("audit.errors()") == []
    if language == "de":
        page.set_viewport_size({"width": 1280, "height": 900})
        found += [f"desktop: {each}" for each in audits.axe(page) + page_checkers.found(page)]
    if login:
        cases_served.speak(house, login, "de")
    context.close()
    assert found == []


def test_in_forced_colours_panels_and_the_bar_keep_their_edges(
    browser: Browser, served: tuple[CaseHouse, str]
) -> None:
    house, origin = served
    context = browser.new_context(base_url=origin, forced_colors="active", color_scheme="dark")
    cases_served.come(house, origin, context, "bernd")
    page = context.new_page()
    page.goto(house.address(AMIRA))
    for part in (".shown", ".top"):
        line = page.locator(part).first.evaluate(
            "each => [getComputedStyle(each).borderBlockEndStyle,"
            " getComputedStyle(each).borderBlockEndColor]"
        )
        assert line[0] == "solid"
        assert line[1] != "rgba(0, 0, 0, 0)"
    context.close()
