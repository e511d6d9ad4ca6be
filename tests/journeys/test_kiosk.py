"""A device in the building, as people meet it: large, by touch, in every language, forgetful."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import audits, browsers, visits
from tests.journeys.served import Served
from tests.world import devices
from tests.world.devices import Device

SCREENS = {"portrait": (1080, 1920), "tablet": (800, 1280), "narrow": (360, 740)}


@pytest.fixture(scope="module")
def device(house: Served) -> Device:
    return devices.opened(house.world, wave_id="k-look", number=102)


def joined(browser: Browser, house: Served, device: Device, screen: str) -> Iterator[Page]:
    """A browser on a device of the house, without JavaScript once it is joined."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        base_url=house.origin, viewport={"width": width, "height": height}, has_touch=True
    )
    context.set_default_timeout(browsers.PATIENCE)
    page = context.new_page()
    page.goto(f"/kiosk#{device.token}")
    # The token leaves the address at once: it must not stay in the device's history.
    expect(page.locator("#c")).to_have_value(device.token)
    assert device.token not in page.url
    page.click("main .go:visible")
    expect(page.locator("h1")).to_have_text("Wie war es heute bei uns?")
    yield page
    context.close()


@pytest.fixture(params=SCREENS)
def page(request, browser: Browser, house: Served, device: Device) -> Iterator[Page]:
    yield from joined(browser, house, device, request.param)


@pytest.fixture
def portrait(browser: Browser, house: Served, device: Device) -> Iterator[Page]:
    yield from joined(browser, house, device, "portrait")


def faults(page: Page) -> list[str]:
    audits.prepare(page)
    return audits.axe(page) + audits.reflow(page)


@pytest.mark.parametrize("tag", visits.LANGUAGES)
def test_a_whole_visit_is_accessible_and_ends_with_a_receipt(page: Page, tag: str) -> None:
    assert faults(page) == []
    page.click(f"button[value='{tag}']")
    for question in devices.QUESTIONS:
        page.wait_for_url(f"**/kiosk/{tag}/question/{question}")
        assert faults(page) == []
        page.check(f"#{question}-2")
        page.click("main .go:visible")
    page.wait_for_url(f"**/kiosk/{tag}/send")
    assert faults(page) == []
    page.click("main .go:visible")
    page.wait_for_url(f"**/kiosk/{tag}/thanks")
    assert faults(page) == []
    expect(page.locator(".receipt")).to_be_visible()
    page.click("main .go:visible")
    expect(page.locator("h1")).to_have_text("Wie war es heute bei uns?")
    page.go_back()
    assert page.locator(".receipt").count() == 0


def test_rows_are_large_enough_for_a_finger_at_arm_s_length(portrait: Page) -> None:
    portrait.click("button[value='de']")
    heights = portrait.locator(".o label").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert min(heights) >= 60


def test_nobody_there_is_asked_for_and_then_forgotten(portrait: Page) -> None:
    portrait.click("button[value='ar']")
    portrait.wait_for_url("**/kiosk/ar/question/t1")
    portrait.goto("/kiosk/ar/here?to=t1")
    assert faults(portrait) == []
    portrait.click("main .go:visible")
    portrait.wait_for_url("**/kiosk/ar/question/t1")
    portrait.goto("/kiosk/ar/here?to=t1")
    # The page goes by itself, without a script, after twenty seconds.
    portrait.wait_for_url("**/kiosk", timeout=30_000)
    assert all(cookie["name"] != "session" for cookie in portrait.context.cookies())


def test_no_link_leads_out_of_the_kiosk(portrait: Page) -> None:
    portrait.click("button[value='de']")
    for _ in devices.QUESTIONS:
        links = portrait.locator("a").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        assert [each for each in links if not each.startswith(("/kiosk", "#"))] == []
        portrait.click("main .go:visible")
