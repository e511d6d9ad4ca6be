"""People at the device in the entrance: no letter, five taps, a receipt nobody takes along."""

import random

from survey.demo.browser import Browser, Page
from survey.demo.errors import DemoStopped

# How the visits of one day go: the first three statements are met more often than not, the fourth
# (waiting) is complained about, the last is a grade.
LEANING = {"t1": 4.3, "t2": 3.9, "t3": 3.3, "t4": 3.2, "t5": 2.6}
LANGUAGES = {"de": 60, "de-simple": 12, "ar": 18, "en": 10}
UNTOUCHED = 0.02


def come(base_url: str, token: str, count: int, seed: int) -> int:
    """So many visits at one device, one after another; gives how many were sent.

    Raises:
        DemoStopped: a page was not what a person needs to go on
    """
    drawn = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    sent = 0
    with Browser(base_url) as browser:
        start = browser.press(browser.open("/kiosk"), {"code": token})
        for _ in range(count):
            sent += _visit(browser, start, drawn)
            start = _need(browser.open("/kiosk/end"), "/kiosk")
    return sent


def _visit(browser: Browser, start: Page, drawn: random.Random) -> bool:
    tag = drawn.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
    page = browser.press(start, {"language": tag})
    for question, leaning in LEANING.items():
        if drawn.random() < UNTOUCHED:
            return False
        page = browser.press(
            _need(page, f"/kiosk/{tag}/question/{question}"), _tap(page, drawn.gauss(leaning, 0.9))
        )
    done = browser.press(_need(page, f"/kiosk/{tag}/send"), {})
    return bool(_need(done, f"/kiosk/{tag}/thanks"))


def _tap(page: Page, meant: float) -> dict[str, str]:
    question = page.path.rsplit("/", 1)[-1]
    offered = [int(code) for code in page.form.choices(question) if code.isdigit()]
    return {question: str(min(max(round(meant), min(offered)), max(offered)))}


def _need(page: Page, path: str) -> Page:
    if page.status != 200 or page.path != path:
        raise DemoStopped("another page than expected", want=path, is_=page.path, got=page.status)
    return page
