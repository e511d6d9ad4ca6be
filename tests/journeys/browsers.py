"""The browser: Debian's Chromium, or one named by CHROMIUM, and the devices people hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import tools

Script: TypeAlias = Literal["script", "no-script"]
Device: TypeAlias = Literal["phone", "desktop"]

# Nothing may leave this machine: Chromium asks for updates and lists unless told not to.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[Device, tuple[int, int]] = {"phone": (360, 740), "desktop": (1280, 900)}
# Long enough for a machine that does five other things, short enough to notice a page that hangs.
PATIENCE = 15_000


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a window.

    Raises:
        LookupError: there is none
    """
    found = tools.browser()
    if found is None:
        raise LookupError(tools.CURES["browser"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def person(
    browser: Browser,
    origin: str,
    *,
    device: Device = "phone",
    script: Script = "script",
    language: str = "de",
) -> BrowserContext:
    """A fresh profile: no cookie, no history, the browser's own languages as they come."""
    width, height = SIZES[device]
    context = browser.new_context(
        base_url=origin,
        viewport={"width": width, "height": height},
        java_script_enabled=script == "script",
        has_touch=device == "phone",
        locale=language,
    )
    context.set_default_timeout(PATIENCE)
    return context


def only(context: BrowserContext) -> Page:
    """The profile's first tab."""
    return context.pages[0] if context.pages else context.new_page()
