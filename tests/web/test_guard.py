"""Writes from elsewhere are refused, and nothing of them is kept."""

import pytest
from litestar.testing import TestClient

from tests.web.people import chosen, enter, tag
from tests.world import homes
from tests.world.world import World

FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
]
OWN = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://testserver.local"},
    # A browser that sends both is believed in the one that no proxy rewrites.
    {"sec-fetch-site": "same-origin", "origin": "https://behind-a-proxy.example"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_another_site_is_refused(
    amira: TestClient, world: World, headers: dict[str, str]
) -> None:
    enter(amira, world.code())
    form_tag = tag(amira.get("/de/question/k1"))
    for address, fields in (
        ("/de/question/k1", {"_tag": form_tag, "k1": "5"}),
        ("/de/code", {"code": world.letters[0]}),
        ("/q", {"code": world.letters[0], "language": "de"}),
        ("/de/erase", {"code": world.letters[0], "_go": "erase"}),
    ):
        reply = amira.post(address, data=fields, headers=headers)
        assert reply.status_code == 403
        assert "nichts gespeichert" in reply.text
    assert chosen(amira.get("/de/question/k1")) == []


@pytest.mark.parametrize("headers", OWN)
def test_a_form_from_our_page_is_taken(
    amira: TestClient, world: World, headers: dict[str, str]
) -> None:
    enter(amira, world.code())
    form_tag = tag(amira.get("/de/question/k1"))
    kept = amira.post("/de/question/k1", data={"_tag": form_tag, "k1": "5"}, headers=headers)
    assert kept.status_code == 303


@pytest.mark.parametrize("sent", ["", "0" * 32, "ü", "x" * 400])
def test_a_tampered_tag_is_refused_before_anything_else(
    amira: TestClient, world: World, sent: str
) -> None:
    enter(amira, world.code())
    reply = amira.post(
        "/de/question/k1",
        data={"_tag": sent, "k1": "5"},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert reply.status_code == 409


def test_the_cookie_follows_the_address_of_the_house(world: World, tmp_path) -> None:
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        plain = enter(browser, world.code()).headers["set-cookie"]
    assert plain.startswith("session=")
    assert "Secure" not in plain
    secure = homes.build(tmp_path, letters=20, base_url="https://befragung.example")
    with TestClient(secure.app, base_url="https://befragung.example") as browser:
        browser.follow_redirects = False
        reply = enter(browser, secure.code())
        strict = reply.headers["set-cookie"]
        assert "strict-transport-security" in browser.get("/de/notice").headers
    assert strict.startswith("__Host-session=")
    for part in ("Path=/", "HttpOnly", "SameSite=Lax", "Secure"):
        assert part in strict
    assert "Max-Age" not in plain + strict
    assert "Expires" not in plain + strict
    assert "Domain" not in plain + strict
