"""What must hold for every page, as functions that give sentences about what does not."""

from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from survey import paths
from survey.language import tags

AXE = paths.STATIC / "node_modules" / "axe-core" / "axe.min.js"
OWN = paths.ROOT / "tests" / "journeys" / "audit.js"
RULES = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
    "EN-301-549",
]
CONTRAST = "color-contrast-enhanced"
# WCAG 2.5.5, in CSS pixels.
TARGET = 44
HEAVIEST = 5000
WHOLE, NARROW = {"width": 360, "height": 740}, {"width": 320, "height": 568}
MIDDLE = {"width": 720, "height": 900}
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# The browser's note that a page came with status 409 or 422, which is what it should come with.
_STATUS = "Failed to load resource: the server responded with a status of"


class Watch:
    """What a tab asked for and complained about since the last look."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []

    def request(self, request: Request) -> None:
        """One more request."""
        if not request.url.startswith("data:"):
            self.asked.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        """A word of the browser: the content policy and broken scripts report here."""
        if message.type in {"error", "warning"} and not message.text.startswith(_STATUS):
            self.said.append(message.text)

    def begin(self) -> None:
        """Forget what was."""
        self.asked.clear()
        self.said.clear()


def watched(page: Page) -> Watch:
    """Watch a tab from now on."""
    watch = Watch()
    page.on("request", watch.request)
    page.on("console", watch.console)
    page.on("pageerror", lambda error: watch.said.append(str(error)))
    return watch


def quiet(watch: Watch, origin: str, *, most: int) -> list[str]:
    """No other origin, no complaint, and no more requests than needed."""
    foreign = [each for each in watch.asked if not each.startswith(origin + "/")]
    found = [f"asked elsewhere: {each}" for each in foreign]
    found += [f"the browser says: {each}" for each in watch.said]
    if len(watch.asked) > most:
        found.append(f"{len(watch.asked)} requests: {watch.asked}")
    return found


def weight(reply: Response) -> list[str]:
    """A page in one flight of a slow network: head and body as they came over the line."""
    sizes = reply.request.sizes()
    total = sizes["responseHeadersSize"] + sizes["responseBodySize"]
    return [f"{total} bytes"] if not 0 < total <= HEAVIEST else []


def prepare(page: Page) -> None:
    """Bring the checkers onto the page; evaluation from outside is not bound by its policy."""
    # A browser moves the focus to where a page wants it when it draws, which may be after the load.
    page.evaluate(DRAWN)
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(OWN.read_text("utf-8"))


def axe(page: Page) -> list[str]:
    """Violations in light, and of contrast in dark, which changes nothing but colours."""
    found = _axe(page, {"runOnly": RULES, "rules": {CONTRAST: {"enabled": True}}})
    page.emulate_media(color_scheme="dark")
    dark = _axe(page, {"runOnly": {"type": "rule", "values": ["color-contrast", CONTRAST]}})
    page.emulate_media(color_scheme="light")
    return found + [f"dark: {each}" for each in dark]


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"axe {rule['id']}: {rule['help']}: {node['html'][:120]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def reflow(page: Page) -> list[str]:
    """No sideways scroll: at 320 pixels plain, with text spacing, with large text; at 720 plain."""
    page.set_viewport_size(NARROW)
    found = _scroll(page, "320 px")
    for step in ("spacing", "large"):
        page.evaluate(f"audit.{step}(true)")
        found += _scroll(page, f"320 px, {step}")
        page.evaluate(f"audit.{step}(false)")
    page.set_viewport_size(MIDDLE)
    found += _scroll(page, "720 px")
    page.set_viewport_size(WHOLE)
    return found


def _scroll(page: Page, how: str) -> list[str]:
    return [f"{how}: {each}" for each in page.evaluate("audit.scroll()")]


def words(page: Page, tag: str) -> list[str]:
    """The page's language and direction, and every text in the script of its language."""
    known = tags.KNOWN[tag]
    return page.evaluate(
        "([lang, dir]) => audit.language(lang, dir)", [known.html, known.direction]
    )


def fields(page: Page) -> list[str]:
    """Errors belong to their field, and targets can be hit."""
    return page.evaluate("audit.errors()") + page.evaluate("least => audit.targets(least)", TARGET)
