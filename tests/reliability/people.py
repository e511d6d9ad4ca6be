"""People who answer on a bad line: whatever breaks, they try again like a browser's reload."""

import gzip
import http.client
import time
from re import search
from urllib.parse import urlencode

from msgspec import Struct

from tests.load.servers import Browser, Reply

# A few pages are enough: every one of them is a durable save.
ANSWERED = ("k1", "w1", "g1")
# Seconds of reading a page; the crowd must last as long as the kills.
READING = 0.06
BROKEN = (http.client.HTTPException, OSError)


class Person(Struct):
    """One code; `said` is what she chose everywhere, `thanked` whether she saw the last page."""

    code: str
    said: str
    thanked: bool = False


def answer(
    person: Person, port: int, *, patience: float = 400.0, reloaded: frozenset[int] = frozenset()
) -> None:
    """From the code to the thank-you page, however often the line breaks.

    Args:
        reloaded: statuses of pages on which she presses reload
    """
    browser = Stubborn(port, patience, reloaded)
    assert browser.post("/de/code", {"code": person.code}).status in (200, 303)
    for question_id in ANSWERED:
        page = browser.page(f"/de/question/{question_id}")
        time.sleep(READING)
        fields = {"_tag": _tag(page), question_id: person.said}
        browser.post(f"/de/question/{question_id}", fields)
    page = browser.page("/de/check")
    if "_tag" in page:
        browser.post("/de/check", {"_tag": _tag(page)})
    person.thanked = "Danke" in browser.page("/de/thanks")


class Stubborn:
    """A browser that asks again until somebody answers."""

    def __init__(self, port: int, patience: float, reloaded: frozenset[int]) -> None:
        self._port = port
        self._reloaded = reloaded
        self._until = time.monotonic() + patience
        self._cookies: dict[str, str] = {}

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send a form, again and again if need be."""
        return self._ask("post", path, urlencode(fields).encode())

    def page(self, path: str) -> str:
        """A page's text; redirects are followed."""
        reply = self._ask("get", path)
        while reply.status == 303:
            reply = self._ask("get", reply.headers["location"])
        return gzip.decompress(reply.body).decode() if reply.body else ""

    def _ask(self, verb: str, *arguments: object) -> Reply:
        while True:
            browser = Browser(self._port)
            browser.cookies = self._cookies
            try:
                reply: Reply = getattr(browser, verb)(*arguments)
            except BROKEN:
                if time.monotonic() > self._until:
                    raise
                time.sleep(0.05)
                continue
            if reply.status in self._reloaded and time.monotonic() < self._until:
                time.sleep(0.05)
                continue
            self._cookies = browser.cookies
            return reply


def _tag(page: str) -> str:
    found = search(r'name="_tag" value="([^"]+)"', page)
    assert found, page
    return found[1]
