"""The drawn QR code carries the text."""

import re

import segno

from survey.document import qr


def test_the_path_draws_every_dark_module_once() -> None:
    text = "https://befragung.example/q#ABCD-EFGH-JKMN"
    drawn = re.findall(r"M(\d+),(\d+)h(\d+)v1", qr.svg(text, title="Code"))
    dark = {(int(x) + i - 4, int(y) - 4) for x, y, long in drawn for i in range(int(long))}
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, on in enumerate(row) if on}


def test_the_title_is_escaped() -> None:
    assert "<title>a &amp; b</title>" in qr.svg("x", title="a & b")
