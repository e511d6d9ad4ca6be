"""What the simulated people read is what our renderer wrote."""

from datetime import date

import pytest

from survey.demo import letters_reader
from survey.demo.errors import DemoStopped
from survey.demo.letters_reader import Letter
from survey.document import pdf
from survey.linkage import codes

CODE = codes.derive(bytes(32), 7)


def page(*lines: str) -> str:
    said = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<!doctype html><html lang=de><head><title>Brief</title></head><body>{said}</body></html>"
    )


def printed(tmp_path, *lines: str):
    path = tmp_path / "letters.pdf"
    path.write_bytes(pdf.render(page(*lines), language="de", created=date(2026, 11, 1)))
    return path


def test_name_street_and_code_are_read(tmp_path):
    path = printed(tmp_path, "Frau", "Käthe von der Wiese", "Ahornweg 3", "00012 Musterstadt", CODE)
    assert letters_reader.read(path) == [
        Letter(name="Käthe von der Wiese", street="Ahornweg 3", code=CODE)
    ]


def test_a_page_without_a_code_is_no_letter(tmp_path):
    path = printed(tmp_path, "Käthe von der Wiese", "Ahornweg 3", "00012 Musterstadt")
    with pytest.raises(DemoStopped, match="page=1"):
        letters_reader.read(path)


def test_a_code_whose_check_symbols_do_not_fit_is_no_letter(tmp_path):
    wrong = ("Z" if CODE[0] != "Z" else "Y") + CODE[1:]
    path = printed(tmp_path, "Käthe von der Wiese", "Ahornweg 3", "00012 Musterstadt", wrong)
    with pytest.raises(DemoStopped, match="page=1"):
        letters_reader.read(path)
