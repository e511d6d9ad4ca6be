"""What people do in a browser, in the words of the tests."""

import re

from httpx import Response
from litestar.testing import TestClient

TAG = re.compile(r'name="_tag" value="([0-9a-f]+)"')


def enter(browser: TestClient, code: str, language: str = "de") -> Response:
    """Type a code."""
    return browser.post(f"/{language}/code", data={"code": code})


def tag(page: Response) -> str:
    """The form's tag on a page."""
    found = TAG.search(page.text)
    assert found, page.text[:400]
    return found[1]


def answer(browser: TestClient, address: str, **fields: str | list[str]) -> Response:
    """Open a page and send its form with these fields."""
    page = browser.get(address)
    assert page.status_code == 200, page.status_code
    return browser.post(address, data={"_tag": tag(page), **fields})


def chosen(page: Response) -> list[str]:
    """The codes shown as chosen, without the blanks that make them as long as the longest."""
    return [each.strip() for each in re.findall(r'value="([^"]+)" checked', page.text)]


def showing(*blocks: str) -> dict[str, str]:
    """What a browser sends where these blocks are chosen to be shown."""
    return {f"show-{block}": "1" for block in blocks}


def to_show(page: Response) -> list[str]:
    """The blocks that are chosen to be shown on a page."""
    return re.findall(r'name="show-(\w+)" value="1" checked', page.text)


def send(browser: TestClient, language: str = "de") -> Response:
    """Send everything from the check page."""
    return answer(browser, f"/{language}/check")
