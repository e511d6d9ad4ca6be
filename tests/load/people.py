"""Somebody who answers everything, as a client that costs the server nothing."""

import gzip
from re import findall, search
from urllib.parse import urlencode

from tests.load.servers import Browser, Reply

QUESTIONS = 20


def enter(browser: Browser, code: str) -> str:
    """Type the code, read the notice; gives the address of the first question."""
    reply = browser.post("/de/code", urlencode({"code": code}).encode())
    assert reply.status == 303, reply
    notice = gzip.decompress(browser.get(reply.headers["location"]).body).decode()
    found = search(r'href="(/de/question/[^"]+)"', notice)
    assert found, notice
    return found[1]


def answer(port: int, code: str) -> None:
    """One person from code to thank-you page, every page saved."""
    browser = Browser(port)
    here = enter(browser, code)
    pages = 0
    while "/question/" in here:
        page = gzip.decompress(browser.get(here).body).decode()
        reply = browser.post(here, _filled(page, here.rsplit("/", 1)[1]))
        assert reply.status == 303, reply
        here = reply.headers["location"]
        pages += 1
    page = gzip.decompress(browser.get(here).body).decode()
    reply = browser.post(here, urlencode({"_tag": _tag(page)}).encode())
    if reply.headers["location"].endswith("/share"):
        reply = _show(browser, reply.headers["location"])
    assert reply.headers["location"].endswith("/thanks"), reply
    thanks = browser.get(reply.headers["location"])
    assert thanks.status == 200, thanks
    assert pages == QUESTIONS
    browser.close()


def _show(browser: Browser, here: str) -> Reply:
    """Where something may be shown: the plan is."""
    page = gzip.decompress(browser.get(here).body).decode()
    seen = search(r'name="_seen" value="([^"]+)"', page)
    assert seen, page
    form = {"_tag": _tag(page), "_seen": seen[1], "show-plan": "1"}
    return browser.post(here, urlencode(form).encode())


def _filled(page: str, question_id: str) -> bytes:
    values = findall(rf'type="radio" name="{question_id}"[^>]* value="([^"]+)"', page)
    said = values[len(question_id) % 4] if values else "Es hat mir jemand zugehört. Danke dafür."
    return urlencode({"_tag": _tag(page), question_id: said}).encode()


def _tag(page: str) -> str:
    found = search(r'name="_tag" value="([^"]+)"', page)
    assert found, page
    return found[1]
