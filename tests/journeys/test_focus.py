"""Where the keyboard is can be seen: every kind of link, button and field, in every scheme."""

from collections.abc import Iterator
from io import BytesIO

import numpy
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys import browsers, visits
from tests.journeys.served import Served
from tests.web.pages import Sample, cookies
from tests.world import forms

# So tall that nothing scrolls while Tab is pressed.
WINDOW = {"width": 360, "height": 3200}
# Room around an element for its ring.
ROOM = 9
# WCAG 2.4.13: a ring of two pixels around the element, changed in contrast by 3 to 1.
RING, CONTRAST = 2, 3.0
SCHEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
# One page of each template is enough for what can be focused on it.
NAMES = {
    "languages",
    "qr",
    "code-mistyped",
    "code-not-open",
    "notice",
    "help",
    "thanks-sent",
    "check-answering",
    "stop-answering",
    "question-k1",
    "question-g2",
}
FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const drawn = /radio|checkbox/.test(focused.type || "")
    ? document.querySelector(`label[for="${focused.id}"]`) || focused : focused;
  const box = drawn.getBoundingClientRect();
  const kind = [focused.localName, focused.type || "", focused.className, focused.checked || ""];
  return { kind: kind.join(" "), x: box.x, y: box.y, width: box.width, height: box.height };
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_is_seen(browser: Browser, house: Served, types: Served, scheme: str) -> None:
    context = browser.new_context(viewport=WINDOW, **SCHEMES[scheme])
    page = context.new_page()
    seen: set[str] = set()
    faults = [
        f"{sample.name}: {fault}"
        for place, sample, known in _pages(house, types)
        for fault in _unseen(page, place, sample, known, seen)
    ]
    context.close()
    assert not faults, "\n".join(faults)
    assert len(seen) > 15


def _pages(house: Served, types: Served) -> Iterator[tuple[Served, Sample, dict]]:
    known = cookies(house.world, "de", "k1")
    for sample in visits.every("de", house.questions):
        if sample.name in NAMES:
            yield house, sample, known
    mixed = tuple(each.id for each in forms.of_every_type().form.questions)
    known = cookies(types.world, "de", "rating")
    for sample in visits.types(mixed):
        yield types, sample, known


def _unseen(
    page: Page, house: Served, sample: Sample, known: dict, seen: set[str]
) -> Iterator[str]:
    visits.visit(page, house.origin, sample, known)
    page.evaluate("document.activeElement.blur()")
    before = _picture(page)
    for _ in range(90):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return
        if focused["kind"] not in seen:
            seen.add(focused["kind"])
            if not ringed(before, _picture(page), focused):
                yield f"no ring around {focused['kind']} at {focused['y']:.0f}"


def _picture(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(caret="hide"))).convert("RGB")


def ringed(before: Image.Image, after: Image.Image, box: dict[str, float]) -> bool:
    """Whether enough pixels around the box changed enough."""
    around = (
        max(0, int(box["x"]) - ROOM),
        max(0, int(box["y"]) - ROOM),
        int(box["x"] + box["width"]) + ROOM,
        int(box["y"] + box["height"]) + ROOM,
    )
    one, two = _luminance(before.crop(around)), _luminance(after.crop(around))
    ratio = (numpy.maximum(one, two) + 0.05) / (numpy.minimum(one, two) + 0.05)
    least = 0.9 * RING * 2 * (box["width"] + box["height"])
    return bool((ratio >= CONTRAST).sum() >= least)


def _luminance(shot: Image.Image) -> numpy.ndarray:
    """Relative luminance of every pixel, as WCAG defines it."""
    share = numpy.asarray(shot, dtype=numpy.float32) / 255
    linear = numpy.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ numpy.array([0.2126, 0.7152, 0.0722])


def test_a_removed_ring_is_noticed(browser: Browser, house: Served) -> None:
    context = browsers.person(browser, house.origin)
    page = context.new_page()
    page.goto("/de/code")
    before = _picture(page)
    page.keyboard.press("Tab")
    page.locator("#c").focus()
    box = page.evaluate(FOCUSED)
    assert ringed(before, _picture(page), box)
    page.evaluate("document.activeElement.style.cssText = 'outline: 0; box-shadow: none'")
    assert not ringed(before, _picture(page), box)
    context.close()
