"""Documents are archivable, accessible, the same every time, and read nothing but our own files."""

import subprocess
import sys
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from survey import paths
from survey.document import pdf, qr
from tests import checkers

HEAD = '<title>Probe</title><link rel="stylesheet" href="print.css">'
TABLE = (
    "<table><caption>Tabelle</caption><thead><tr><td>Weg</td><th scope='col'>Zahl</th></tr></thead>"
    "<tbody><tr><th scope='row'>Papier</th><td>12</td></tr></tbody></table>"
)
CREATED = date(2026, 6, 15)


def html(body: str, head: str = HEAD) -> str:
    return f'<!doctype html><html lang="de"><head>{head}</head><body>{body}</body></html>'


def render(body: str = "<h1>Größe</h1>", head: str = HEAD, **more: object) -> bytes:
    return pdf.render(html(body, head), language="de", created=CREATED, **more)


def test_both_checkers_find_nothing(tmp_path: Path) -> None:
    code = qr.svg("https://befragung.example/q#ABCD-EFGH-JKMN", title="Der Code als QR-Bild")
    source = pdf.Attachment(name="a.csv", description="Quelle", content=b"a;b\n")
    file = tmp_path / "file.pdf"
    file.write_bytes(render(f"<h1>Größe</h1>{TABLE}{code}", attachments=[source]))
    assert checkers.findings(file) == []


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.document import test_pdf; sys.stdout.buffer.write(test_pdf.render())"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=paths.ROOT
    )
    assert other.stdout == render() == render()


def test_attachments_keep_their_bytes_and_the_day_of_the_document() -> None:
    content = "Größe;1\r\n".encode("utf-8-sig")
    source = pdf.Attachment(name="a.csv", description="Quelle", content=content)
    read = pypdf.PdfReader(BytesIO(render(attachments=[source])))
    assert read.attachments == {"a.csv": [content]}
    assert read.metadata is not None
    assert str(read.metadata.creation_date) == "2026-06-15 12:00:00+00:00"


def test_no_stream_ends_in_a_carriage_return() -> None:
    """Before the line feed of `endstream` it would look like the end of a line."""
    texts = (f"Größe;{number}\r\n".encode() for number in range(5000))
    content = next(text for text in texts if zlib.compress(text).endswith(b"\r"))
    made = render(attachments=[pdf.Attachment(name="a.csv", description="Q", content=content)])
    with pikepdf.open(BytesIO(made)) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        assert not any(each.read_raw_bytes().endswith(b"\r") for each in streams)
    assert pypdf.PdfReader(BytesIO(made)).attachments == {"a.csv": [content]}


def test_running_heads_are_no_content() -> None:
    margins = (
        "<style>@page { @top-left { content: 'Kopf' } @bottom-right { content: 'Fuß' } }</style>"
    )
    with pikepdf.open(BytesIO(render("<h1>Größe</h1>", HEAD + margins))) as opened:
        drawn = opened.pages[0].Contents.read_bytes()
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        assert drawn.count(b"/Type /Pagination") == 2
        assert drawn.count(b"/MCID") == sum(1 for each in numbers[1] if each is not None) == 1


def test_header_cells_say_what_they_head() -> None:
    with pikepdf.open(BytesIO(render(TABLE))) as opened:
        scopes = [
            str(each.A.Scope)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]
    assert sorted(scopes) == ["/Column", "/Row"]


@pytest.mark.parametrize(
    "source", ["https://example.org/a.css", "file:///etc/passwd", "../pyproject.toml", "gone.css"]
)
def test_nothing_outside_static_is_read(source: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        render(head=f'<title>Probe</title><link rel="stylesheet" href="{source}">')


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        render(head="")


def test_blanks_and_hyphens_are_found_as_people_type_them() -> None:
    """WeasyPrint 70 gives a glyph the first character it was used for, here those of the title."""
    title = "<h1>Zehn\u00a0Prozent, ein E\u2011Bike</h1>"
    made = render(f"{title}<p>zwei Wörter, befragung@muster-stadt.example</p>")
    text = pypdf.PdfReader(BytesIO(made)).pages[0].extract_text()
    assert "zwei Wörter" in text
    assert "befragung@muster-stadt.example" in text
