"""Every page of the staff's foundation in the browser: checkers, narrow screens, keyboard, scripts.

Light and dark, German and English. Recipients need targets of 44 pixels; here 24, or room around
them (WCAG 2.5.8, which axe measures), with a mouse at a desk. Contrast stays at 7:1.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from survey.model.accounts import LANGUAGES, Language
from tests.journeys import audits, browsers, offices, page_checkers
from tests.journeys.audits import Watch
from tests.journeys.offices import ServedOffice
from tests.web.staff_pages import Sample, samples
from tests.world import staff

# The page, two style sheets, the script; a second request where a form was sent.
MOST = 5


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    with offices.serving(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser, served: ServedOffice) -> Iterator[BrowserContext]:
    made = browsers.person(browser, served.origin, device="desktop")
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def watch(tab: Page) -> Watch:
    return audits.watched(tab)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_narrow_and_quiet(
    served: ServedOffice, context: BrowserContext, tab: Page, watch: Watch, language: Language
) -> None:
    found = []
    for sample in samples(served.world):
        faults = _faults(served, context, tab, watch, sample, language)
        found += [f"{sample.name}: {each}" for each in faults]
    assert not found, "\n".join(found)


def _faults(
    served: ServedOffice,
    context: BrowserContext,
    tab: Page,
    watch: Watch,
    sample: Sample,
    language: Language,
) -> list[str]:
    served.come(context, sample.who, language)
    watch.begin()
    reply = served.visit(tab, sample)
    found = [] if reply.status == sample.status else [f"status {reply.status}"]
    audits.prepare(tab)
    found += audits.words(tab, _spoken(sample, language))
    found += tab.evaluate("audit.errors()")
    found += page_checkers.found(tab) + audits.axe(tab) + audits.reflow(tab)
    return found + audits.quiet(watch, served.origin, most=2 * MOST)


def test_nothing_but_the_keyboard_is_needed_to_log_in_and_add_an_account(
    served: ServedOffice, context: BrowserContext
) -> None:
    context.clear_cookies()
    page = context.new_page()
    page.goto(f"{served.origin}/accounts/new")
    _tab_to(page, "#login")
    page.keyboard.type("gerd")
    page.keyboard.press("Tab")
    page.keyboard.type(staff.PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{served.origin}/accounts/new"
    _tab_to(page, "#login")
    page.keyboard.type("tastatur")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "tastatur" in page.locator("h1").inner_text()
    assert page.locator(".secret code").inner_text().count("-") == 1
    page.close()


def test_the_first_tab_leads_past_the_areas(served: ServedOffice, context: BrowserContext) -> None:
    served.come(context, "gerd")
    page = context.new_page()
    page.goto(f"{served.origin}/accounts")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_search_shows_what_it_finds_while_somebody_types_and_keeps_the_cursor(
    served: ServedOffice, context: BrowserContext
) -> None:
    served.come(context, "gerd")
    page = context.new_page()
    watch = audits.watched(page)
    page.goto(f"{served.origin}/accounts")
    page.locator("#q").press_sequentially("farah")
    page.locator("#list tbody tr").nth(1).wait_for(state="detached")
    assert page.locator("#list tbody th").all_inner_texts() == ["farah"]
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#q").input_value() == "farah"
    assert page.locator("#status").inner_text().startswith("1 Konto")
    assert "q=farah" in page.url
    assert page.locator("main").count() == 1
    assert watch.said == []
    page.close()


def test_a_filter_of_the_audit_works_with_a_script_and_without(
    served: ServedOffice, browser: Browser
) -> None:
    for script in ("script", "no-script"):
        context = browsers.person(browser, served.origin, device="desktop", script=script)
        served.come(context, "farah")
        page = context.new_page()
        page.goto("/audit")
        page.locator("#action").select_option("account-create")
        if script == "no-script":
            with page.expect_navigation():
                page.locator(".find .btn").click()
        else:
            page.wait_for_url("**/audit?*action=account-create*")
        kinds = set(page.locator("#list tbody td:nth-child(4)").all_inner_texts())
        assert kinds == {"Konto angelegt"}
        context.close()


def test_a_session_that_ended_elsewhere_takes_the_whole_page_to_the_login(
    served: ServedOffice, context: BrowserContext
) -> None:
    served.come(context, "gerd")
    page = context.new_page()
    page.goto(f"{served.origin}/accounts")
    context.clear_cookies()
    page.locator("#q").press_sequentially("x")
    page.wait_for_url("**/login?*")
    assert page.locator("h1").inner_text() == "Anmelden"
    page.close()


def test_forced_colours_show_where_the_focus_is(served: ServedOffice, browser: Browser) -> None:
    context = browser.new_context(base_url=served.origin, forced_colors="active")
    served.come(context, "gerd")
    page = context.new_page()
    page.goto("/accounts")
    for _ in range(4):
        page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"
    context.close()


def _tab_to(page: Page, selector: str, most: int = 30) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


def _spoken(sample: Sample, language: Language) -> Language:
    """Before the login German, or what the address asks for."""
    if sample.who and not sample.lost:
        return language
    return "en" if "language=en" in sample.address else "de"
