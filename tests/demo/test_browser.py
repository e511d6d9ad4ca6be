"""The demo's browser sends what a real one would."""

import httpx
import pytest

from survey.demo.browser import Browser, Page
from survey.demo.errors import DemoStopped

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><style>p{}</style></head><body>
<button form="f">W</button><a href="/de/help">Hilfe</a>
<form method="post" id="f"><input type="hidden" name="_tag" value="t">
<input type="radio" name="q" value="1"><input type="radio" name="q" value="2" checked>
<input type="checkbox" name="quote" value="yes"><textarea name="words">
</textarea><button name="_go" value="back">Z</button></form></body></html>"""


@pytest.fixture
def sent(monkeypatch) -> list[bytes]:
    bodies: list[bytes] = []

    def reply(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(200, html=PAGE)

    plain = httpx.Client
    monkeypatch.setattr(
        httpx, "Client", lambda **said: plain(transport=httpx.MockTransport(reply), **said)
    )
    return bodies


@pytest.fixture
def page(sent) -> tuple[Browser, Page]:
    browser = Browser("http://127.0.0.1:8000")
    return browser, browser.open("/de/question/q")


def test_it_knows_what_is_on_the_page(page):
    _, seen = page
    assert (seen.language, seen.direction, seen.path) == ("ar", "rtl", "/de/question/q")
    assert seen.form.choices("q") == ["1", "2"]
    assert seen.links == ["/de/help"]
    assert "p{}" not in seen.text


def test_it_sends_the_form_as_it_stands(page, sent):
    browser, seen = page
    browser.press(seen, {})
    assert sent[-1] == b"_tag=t&q=2&words="


def test_it_sends_what_is_filled_in_and_the_button_pressed(page, sent):
    browser, seen = page
    browser.press(seen, {"q": "1"}, button=("_go", "back"))
    assert sent[-1] == b"_tag=t&q=1&words=&_go=back"


def test_a_page_without_a_form_cannot_be_sent():
    with pytest.raises(DemoStopped):
        _ = Page(url="http://127.0.0.1/", status=200).form


def test_a_server_that_has_gone_is_told(monkeypatch):
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    plain = httpx.Client
    monkeypatch.setattr(
        httpx, "Client", lambda **said: plain(transport=httpx.MockTransport(refuse), **said)
    )
    with pytest.raises(DemoStopped, match="does not answer"):
        Browser("http://127.0.0.1:8000").open("/")
