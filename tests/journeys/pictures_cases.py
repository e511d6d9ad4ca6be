"""Pictures of the connector's pages: what case managers, data protection and accounts see."""

from pathlib import Path
from typing import Literal

from msgspec import Struct
from playwright.sync_api import Browser

from survey import paths
from tests.connector.case_houses import CaseHouse
from tests.journeys import cases_served


class Look(Struct, frozen=True, kw_only=True):
    """How a page is looked at; sizes are CSS pixels."""

    name: str
    language: str = "de"
    size: tuple[int, int] = (1280, 900)
    scheme: Literal["light", "dark"] = "light"
    contrast: Literal["active", "none"] = "none"


LOOKS = (
    Look(name="cases-desktop-de"),
    Look(name="cases-desktop-en", language="en"),
    Look(name="cases-phone-de", size=(360, 740)),
    Look(name="cases-narrow-de", size=(320, 568)),
    Look(name="cases-dark-de", scheme="dark"),
    Look(name="cases-forced-colours-de", scheme="dark", contrast="active"),
)


def take(browser: Browser, folder: Path, pictures: Path) -> None:
    """Every page in every look, into a folder of its own below `pictures`."""
    with cases_served.standing(folder) as (house, origin):
        for look in LOOKS:
            _shots(browser, house, origin, look, pictures / look.name)


def _shots(browser: Browser, house: CaseHouse, origin: str, look: Look, target: Path) -> None:
    context = browser.new_context(
        base_url=origin,
        viewport={"width": look.size[0], "height": look.size[1]},
        color_scheme=look.scheme,
        forced_colors=look.contrast,
    )
    page = context.new_page()
    for number, (name, (login, address)) in enumerate(cases_served.PAGES.items(), 1):
        cases_served.come(house, origin, context, login)
        where = cases_served.place(house, address)
        if login:
            cases_served.speak(house, login, look.language)
        else:
            where += f"?language={look.language}"
        page.goto(where)
        page.screenshot(path=target / f"{number:02}-{name}.png", full_page=True)
    context.close()
    print(f"{target.relative_to(paths.ROOT)}: {len(cases_served.PAGES)} pages")
