"""Every page and every PDF page as a picture: python -m tests.journeys.pictures

Writes below var/pictures, with an index.html to look at all of them. PDFs are those that lie below
var/; where there is none, a small report and letters are made for the purpose.
"""

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from playwright.sync_api import Browser

from survey import paths
from survey.report.render import satisfaction
from tests import tools
from tests.journeys import browsers, pictures_cases, pictures_staff, served, visits
from tests.journeys.served import Served
from tests.letters import letter_house
from tests.report import worlds
from tests.report.conftest import EDITION
from tests.web.pages import TO_SHOW, Sample, cookies
from tests.world import forms
from tests.world.programmes import RELEASED

PICTURES = paths.ROOT / "var" / "pictures"
SHARPNESS = "80"
STYLE = """
div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start }
img { max-width: 22rem; border: 1px solid #999 }
"""


class Look(Struct, frozen=True, kw_only=True):
    """How a page is looked at; sizes are CSS pixels."""

    name: str
    language: str
    size: tuple[int, int] = (360, 740)
    scheme: Literal["light", "dark"] = "light"
    contrast: Literal["active", "none"] = "none"


LOOKS = (
    *(Look(name=f"phone-{language}", language=language) for language in visits.LANGUAGES),
    Look(name="narrow-de", language="de", size=(320, 568)),
    Look(name="narrow-ar", language="ar", size=(320, 568)),
    Look(name="desktop-de", language="de", size=(1280, 800)),
    Look(name="desktop-ar", language="ar", size=(1280, 800)),
    Look(name="dark-de", language="de", scheme="dark"),
    Look(name="forced-colours-de", language="de", scheme="dark", contrast="active"),
)


def main() -> None:
    """Take them all; ends with status 1 where there is no browser or no pdftoppm."""
    if tools.browser() is None:
        sys.exit(tools.CURES["browser"])
    if shutil.which("pdftoppm") is None:
        sys.exit("no pdftoppm here: .ci/setup test installs it (package poppler-utils)")
    shutil.rmtree(PICTURES, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        _pages(Path(folder))
        _paper(Path(folder))
    _index(sorted(PICTURES.rglob("*.png")))


def _pages(folder: Path) -> None:
    for name in ("house", "showing", "types", "shut", "staff"):
        (folder / name).mkdir()
    mixed = forms.of_every_type()
    with browsers.launched() as browser:
        with served.serving(folder / "house") as house:
            for look in LOOKS:
                known = cookies(house.world, look.language, "k1")
                _shots(browser, house, look, visits.every(look.language, house.questions), known)
        with served.serving(folder / "showing", programme=RELEASED) as house:
            for look in LOOKS:
                known = cookies(house.world, look.language, "k1", TO_SHOW)
                own = replace(look, name=f"showing-{look.name}")
                _shots(browser, house, own, visits.showing(look.language), known)
        with served.serving(folder / "types", published=mixed) as house:
            known = cookies(house.world, "de", "rating")
            every = visits.types(tuple(each.id for each in mixed.form.questions))
            _shots(browser, house, Look(name="question-types-de", language="de"), every, known)
        with served.serving(folder / "shut", opened=False) as house:
            look = Look(name="before-opening-de", language="de")
            _shots(browser, house, look, visits.shut("de"), {})
        pictures_staff.take(browser, folder / "staff", PICTURES)
        pictures_cases.take(browser, folder / "cases", PICTURES)


def _shots(browser: Browser, house: Served, look: Look, every: list[Sample], known: dict) -> None:
    context = browser.new_context(
        viewport={"width": look.size[0], "height": look.size[1]},
        color_scheme=look.scheme,
        forced_colors=look.contrast,
    )
    page = context.new_page()
    folder = PICTURES / look.name
    for number, sample in enumerate(every, 1):
        visits.visit(page, house.origin, sample, known)
        page.screenshot(path=folder / f"{number:02}-{sample.name}.png", full_page=True)
    context.close()
    print(f"{folder.relative_to(paths.ROOT)}: {len(every)} pages")


def _paper(folder: Path) -> None:
    found = sorted(each for each in (paths.ROOT / "var").rglob("*.pdf") if each.is_file())
    for document in found or _made(folder):
        target = PICTURES / "paper" / document.stem
        target.parent.mkdir(parents=True, exist_ok=True)
        # Hundreds of letters look alike: the first pages show them all.
        subprocess.run(
            ["pdftoppm", "-png", "-r", SHARPNESS, "-l", "12", str(document), str(target)],
            check=True,
        )
        pages = len(list(target.parent.glob(f"{target.name}-*.png")))
        print(f"{target.parent.relative_to(paths.ROOT)}: {pages} pages of {document.name}")


def _made(folder: Path) -> Iterator[Path]:
    form = forms.satisfaction()
    report = folder / "report.pdf"
    snapshot = worlds.measured(form, worlds.answered(form, 300))
    report.write_bytes(satisfaction.render(snapshot, language="de", edition=EDITION))
    yield report
    post = folder / "post"
    post.mkdir()
    house = letter_house.made(post)
    letter_house.letters_print.write(house.state, house.home, letter_house.wish(house))
    house.state.close()
    yield from sorted(post.glob("*.pdf"))


def _index(pictures: list[Path]) -> None:
    parts = []
    for folder, group in groupby(pictures, lambda each: each.parent.name):
        shown = "\n".join(
            f'<figure><img src="{folder}/{each.name}" alt="" loading="lazy">'
            f"<figcaption>{html.escape(each.stem)}</figcaption></figure>"
            for each in group
        )
        parts.append(f"<h2>{html.escape(folder)}</h2>\n<div>{shown}</div>")
    index = PICTURES / "index.html"
    index.write_text(
        "<!DOCTYPE html>\n<html lang=en><meta charset=utf-8><title>Pictures</title>"
        f"<style>{STYLE}</style>\n<h1>{len(pictures)} pictures</h1>\n" + "\n".join(parts),
        "utf-8",
    )
    print(f"{len(pictures)} pictures; to look at all of them: {index.relative_to(paths.ROOT)}")


if __name__ == "__main__":
    main()
