"""Simulated people answer through the pages, as somebody does who has a letter and a phone."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from survey.demo.browser import Browser, Page
from survey.demo.errors import DemoStopped
from survey.demo.opinions import Mind, Opinion

# Two cores: one serves, the other asks.
AT_ONCE = 4
MOST_PAGES = 200
# What the names of the share page's fields begin with; the block follows.
SHOW = "show-"


class Done(Struct, frozen=True, kw_only=True):
    """How far one simulated person went."""

    mind: Mind
    pages: int
    shown: tuple[str, ...] = ()


Heard = Callable[[int], None]


def answer(base_url: str, minds: Sequence[Mind], heard: Heard) -> list[Done]:
    """Let all simulated people answer, a few at a time; `heard` is called with the number finished.

    Raises:
        DemoStopped: a page was not what a person needs to go on
    """
    done: list[Done] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(lambda mind: _live(base_url, mind), minds):
            done.append(outcome)
            heard(len(done))
    return done


def enter(browser: Browser, tag: str, code: str) -> Page:
    """Choose the language, type the code; gives the notice."""
    _need(browser.open("/"), "language")
    field = _need(browser.open(f"/{tag}/code"), "code")
    return _need(browser.press(field, {"code": code}), "notice", of=tag)


def erase(browser: Browser, tag: str, code: str) -> Page:
    """Delete by the code alone, as the letter says; gives the page that says it is done."""
    asked = browser.press(browser.open(f"/{tag}/erase"), {"code": code})
    return _need(browser.press(asked, {}, button=("_go", "erase")), "erased", of=tag)


def start(notice: Page) -> str:
    """The address that the notice's button leads to."""
    address = next((link for link in notice.links if "/question/" in link), "")
    if not address:
        raise DemoStopped("the notice offers no way to the questions", page=notice.path)
    return address


def fill(page: Page, opinion: Opinion) -> dict[str, str]:
    """What somebody puts into the fields of a question's page."""
    question_id = page.path.rsplit("/", 1)[-1]
    kinds = {field.kind for field in page.form.inputs if field.name == question_id}
    if "textarea" in kinds:
        leave = f"{question_id}-quote"
        values = {question_id: opinion.words(question_id)}
        if opinion.quotable() and (codes := page.form.choices(leave)):
            values[leave] = codes[0]
        return values
    codes = page.form.choices(question_id)
    chosen = opinion.choose(question_id, codes) if codes else ""
    return {question_id: chosen} if chosen else {}


def _live(base_url: str, mind: Mind) -> Done:
    opinion = Opinion(mind)
    with Browser(base_url, mind.tag) as browser:
        shown: list[str] = []
        page = browser.open(start(_begin(browser, mind)))
        page = _through(browser, page, mind, opinion)
        if mind.course in ("send", "erase"):
            page, shown = _show(browser, browser.press(_need(page, "check"), {}), opinion)
            _need(browser.press(_need(page, "thanks", of=mind.tag), {}), "emptied")
        if mind.course == "erase":
            erase(browser, mind.tag, mind.code)
        return Done(mind=mind, pages=browser.requests, shown=tuple(shown))


def _show(browser: Browser, page: Page, opinion: Opinion) -> tuple[Page, list[str]]:
    """Where a programme lets people show something, some show a block or two."""
    if "/share" not in page.path:
        return page, []
    names = dict.fromkeys(field.name for field in page.form.inputs if field.name.startswith(SHOW))
    shown = opinion.shows([name.removeprefix(SHOW) for name in names])
    return browser.press(page, {f"{SHOW}{block}": "1" for block in shown}), shown


def _begin(browser: Browser, mind: Mind) -> Page:
    """Type the code; some simulated people mistype it first."""
    if mind.detours:
        wrong = "Z" if mind.code[0] != "Z" else "Y"
        field = browser.open(f"/{mind.tag}/code")
        again = browser.press(field, {"code": wrong + mind.code[1:]})
        if again.status != 422:
            raise DemoStopped("a mistyped code was not told", status=again.status)
    return enter(browser, mind.tag, mind.code)


def _through(browser: Browser, page: Page, mind: Mind, opinion: Opinion) -> Page:
    """Question after question until the check page, or as far as this person goes."""
    answered = 0
    while "/question/" in page.path and browser.requests < MOST_PAGES:
        _need(page, "question")
        if mind.course in ("leave", "stop") and answered == opinion.patience:
            return _give_up(browser, page, mind)
        filled = fill(page, opinion)
        if mind.detours and answered == 5:
            # One page back, something else there, and on again.
            before = browser.press(page, filled, button=("_go", "back"))
            page = browser.press(before, fill(before, opinion))
        page = browser.press(page, filled)
        answered += 1
    return page


def _give_up(browser: Browser, page: Page, mind: Mind) -> Page:
    if mind.course == "leave":
        return page
    asked = _need(browser.press(page, {}, button=("_go", "stop")), "stop")
    return _need(browser.press(asked, {}), "stopped")


def _need(page: Page, place: str, *, of: str = "") -> Page:
    """The page, when it is the one that must come now."""
    arrived = {"language": page.path == "/"}.get(place, f"/{place}" in page.path)
    if page.status != 200 or not arrived or (of and not page.path.startswith(f"/{of}/")):
        raise DemoStopped("another page than expected", want=place, is_=page.path, got=page.status)
    return page
