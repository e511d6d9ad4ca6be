"""Pictures of the staff pages: at a desk, on a phone, dark, in forced colours, in English."""

from pathlib import Path
from typing import Literal

from msgspec import Struct
from playwright.sync_api import Browser

from survey.model.accounts import Language
from tests.journeys import offices
from tests.journeys.offices import ServedOffice
from tests.web import work_pages
from tests.web.staff_pages import samples


class Look(Struct, frozen=True, kw_only=True):
    """How a page is looked at; sizes are CSS pixels."""

    name: str
    language: Language = "de"
    size: tuple[int, int] = (1280, 800)
    scheme: Literal["light", "dark"] = "light"
    contrast: Literal["active", "none"] = "none"


LOOKS = (
    Look(name="staff-desktop-de"),
    Look(name="staff-desktop-en", language="en"),
    Look(name="staff-phone-de", size=(360, 740)),
    Look(name="staff-dark-de", scheme="dark"),
    Look(name="staff-forced-colours-de", scheme="dark", contrast="active"),
)


def take(browser: Browser, folder: Path, pictures: Path) -> None:
    """Write them below `pictures`, a folder for each look."""
    with offices.serving(folder) as served:
        for look in LOOKS:
            _look(browser, served, look, pictures / look.name)


def _look(browser: Browser, served: ServedOffice, look: Look, folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": look.size[0], "height": look.size[1]},
        color_scheme=look.scheme,
        forced_colors=look.contrast,
        locale=look.language,
    )
    page = context.new_page()
    every = [*samples(served.world), *work_pages.samples(served.world)]
    for number, sample in enumerate(every, 1):
        served.come(context, sample.who, look.language)
        served.visit(page, sample)
        page.screenshot(path=folder / f"{number:02}-{sample.name}.png", full_page=True)
    context.close()
    print(f"{folder.name}: {len(every)} pages")
