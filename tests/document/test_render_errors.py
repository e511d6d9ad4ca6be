"""A document with a fault is an error with its place, not a file that looks whole."""

import logging
from base64 import b64encode
from datetime import date

import pytest

from survey.document import pdf
from survey.errors import DocumentError

HEAD = '<title>Probe</title><link rel="stylesheet" href="print.css">'
UNASSIGNED = "\u0378"  # no font has what Unicode has given to no character


def render(body: str) -> bytes:
    html = f'<!doctype html><html lang="de"><head>{HEAD}</head><body>{body}</body></html>'
    return pdf.render(html, language="de", created=date(2026, 6, 15))


def picture(drawing: str) -> str:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
    data = b64encode(source.encode()).decode()
    return f'<p><img alt="Ein Bild" src="data:image/svg+xml;base64,{data}"></p>'


def test_a_character_without_a_font_is_named_with_its_place_and_without_its_words() -> None:
    with pytest.raises(DocumentError) as raised:
        render(f"<p>Hallo</p><blockquote>Amira {UNASSIGNED}</blockquote>")
    assert "U+0378" in str(raised.value)
    assert "body[1]/blockquote[1]" in str(raised.value)
    assert "Amira" not in str(raised.value)


def test_a_picture_that_ends_half_drawn_is_named_with_its_place() -> None:
    whole = picture('<polygon points="0,0 9,0 9,9"/>')
    half = picture('<g opacity=".5"><polygon points="0,0 9"/></g>')
    assert render(whole)
    with pytest.raises(DocumentError, match=r"picture cannot be drawn.*body\[1\]/p\[2\]/img\[1\]"):
        render(whole + half)


def test_the_page_of_a_job_is_told_the_kind_of_fault_and_its_heading() -> None:
    with pytest.raises(DocumentError) as raised:
        render(f"<h2>Kontakt</h2><p>a</p><h2>Einheiten</h2><p>Team {UNASSIGNED}</p><h2>Ende</h2>")
    key, *named = raised.value.told.split("\t")
    assert (key, named) == ("document", ["character", "U+0378", "Einheiten"])
    with pytest.raises(DocumentError) as raised:
        render("<h1>Bericht</h1>" + picture('<g opacity=".5"><polygon points="0,0 9"/></g>'))
    assert raised.value.told.split("\t") == ["document", "picture", "", "Bericht"]


def test_a_picture_without_words_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no alternative text"):
        render(picture("").replace('alt="Ein Bild"', ""))


def test_what_other_threads_log_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("weasyprint").error("from before")
    assert render("<p>Hallo</p>")
