"""The audits themselves: a good page passes, and the same page with a planted fault does not."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import audits, browsers
from tests.journeys.served import Served


def german(page: Page) -> list[str]:
    return audits.words(page, "de")


def arabic(page: Page) -> list[str]:
    return audits.words(page, "ar")


PLANTED: list[tuple[str, Callable[[Page], list[str]], str]] = [
    ("document.querySelector('h1').style.color = '#888'", audits.axe, "color-contrast"),
    ("document.querySelector('label.f').remove()", audits.axe, "axe label"),
    ("document.documentElement.removeAttribute('lang')", audits.axe, "html-has-lang"),
    ("document.querySelector('h1').style.whiteSpace = 'nowrap'", audits.reflow, "320 px"),
    (
        "document.querySelector('.calm').style.cssText = 'min-height: 0; padding: 0'",
        audits.fields,
        "target",
    ),
    ("document.querySelector('#c').removeAttribute('aria-describedby')", audits.fields, "no field"),
    ("document.querySelector('#c').blur()", audits.fields, "focus"),
    ("document.querySelector('#c').removeAttribute('aria-invalid')", audits.fields, "not invalid"),
    ("document.title = document.title.replace('Fehler: ', '')", audits.fields, "title"),
    ("document.querySelector('h1').textContent += ' رمزك'", german, "Arabic"),
    ("document.documentElement.dir = 'rtl'", german, "dir=rtl"),
    ("document.documentElement.lang = 'ar'", arabic, "Latin"),
]


@pytest.fixture
def page(browser: Browser, house: Served) -> Iterator[Page]:
    """The code page with an error."""
    context = browsers.person(browser, house.origin)
    page = context.new_page()
    page.goto("/de/code")
    page.fill("#c", "7KQM")
    with page.expect_navigation():
        page.click("main .go:visible")
    audits.prepare(page)
    yield page
    context.close()


@pytest.mark.parametrize(("fault", "audit", "said"), PLANTED, ids=[each[0] for each in PLANTED])
def test_a_planted_fault_is_found(
    page: Page, fault: str, audit: Callable[[Page], list[str]], said: str
) -> None:
    # The page is German, so that it is never right as an Arabic one.
    assert audit is arabic or audit(page) == []
    page.evaluate(fault)
    assert said in "\n".join(audit(page))


def test_the_policy_stops_what_is_not_ours(page: Page, house: Served) -> None:
    watch = audits.watched(page)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/x.png\">')")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    said = "\n".join(audits.quiet(watch, house.origin, most=0))
    assert "Content Security Policy" in said
    assert "style-src" in said
