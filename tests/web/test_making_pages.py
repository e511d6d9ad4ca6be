"""Packing, minifying and static files: the parts of a page without the page."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from survey.http import packing, style
from survey.http.style import Stylesheet

HEX = st.text("0123456789abcdef", min_size=32, max_size=32).map(str.encode)
PAGE = st.text(st.characters(exclude_characters="\x01", exclude_categories=["Cs"])).map(str.encode)


@given(before=PAGE, after=PAGE, stretch=HEX, times=st.integers(1, 400))
def test_a_spliced_page_unpacks_to_itself(
    before: bytes, after: bytes, stretch: bytes, times: int
) -> None:
    blank = b"\x01" * 32
    page = packing.Spliced(before * times + blank + after * times, blank)
    assert page.plain(stretch) == before * times + stretch + after * times
    assert gzip.decompress(page.packed(stretch)) == page.plain(stretch)


def test_the_secret_changes_no_length() -> None:
    blank = b"\x01" * 32
    page = packing.Spliced(b"0123456789abcdef" * 9 + blank + b"fedcba9876543210" * 9, blank)
    assert len(page.packed(b"0" * 32)) == len(page.packed(b"0123456789abcdef" * 2))


def test_a_style_holds_only_what_its_pages_use(tmp_path: Path) -> None:
    tokens, rules = tmp_path / "tokens.css", tmp_path / "rules.css"
    tokens.write_text(":root { --a: 1px; --b: var(--c); --c: 2px; --gone: 3px }")
    rules.write_text(
        "p > a { margin: calc(var(--b) + 1px) } /* @part more */ i { top: var(--a) }"
        "/* @part other */ b { color: red }"
    )
    sheet = Stylesheet(tokens, rules)
    assert sheet.style().css == ":root{--b:var(--c);--c:2px}p>a{margin:calc(var(--b) + 1px)}"
    assert sheet.style(["more"]).css.endswith("i{top:var(--a)}")
    with pytest.raises(KeyError):
        sheet.style(["unheard-of"])
    assert style.minified("a :hover { color:  red; }") == "a :hover{color:red}"


def test_static_files_are_named_and_lasting(amira: TestClient) -> None:
    page = amira.get("/q").text
    address = page.partition('<script src="')[2].partition('"')[0]
    script = amira.get(address)
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in script.headers["cache-control"]
    assert len(script.content) < 1000
    for other in ("/static/answer.css", "/static/..%2fpyproject.toml", "/static/code.js"):
        assert amira.get(other).status_code == 404


def test_health_tells_the_schema_and_no_count(amira: TestClient) -> None:
    reply = amira.get("/health")
    assert set(reply.json()) == {"status", "schema"}


def test_a_browser_without_gzip_gets_the_same_page(amira: TestClient) -> None:
    plain = amira.get("/de/code", headers={"accept-encoding": "identity"})
    packed = amira.get("/de/code", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text
