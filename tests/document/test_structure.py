"""The tags of a document say where its figures are, which language a part has, what a table is."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdf
import pytest

from survey.document import pdf, qr
from tests.document import inspect_pdf

CREATED = date(2026, 6, 15)
QR = qr.svg("https://befragung.example/q#ABCD-EFGH-JKMN", title="Der Code als QR-Bild")
HEAD = "<thead><tr><td>Weg</td><th scope='col'>Zahl</th></tr></thead>"
ROWS = "".join(f"<tr><th scope='row'>Weg {n}</th><td>{n}</td></tr>" for n in range(120))
LONG = (
    "<style>table { break-inside: auto }</style>"
    f"<table><caption>Wege</caption>{HEAD}<tbody>{ROWS}</tbody></table>"
)


def render(body: str, **more: object) -> bytes:
    head = '<title>Probe</title><link rel="stylesheet" href="print.css">'
    html = f'<!doctype html><html lang="de"><head>{head}</head><body>{body}</body></html>'
    return pdf.render(html, language="de", created=CREATED, **more)


def test_a_figure_is_placed_in_points_from_the_lower_edge() -> None:
    sheet = "@page { size: 400px 400px; margin: 0 }"
    corner = "position: absolute; inset-block-end: 0; inset-inline-end: 0"
    size = "inline-size: 100px; block-size: 100px"
    made = render(f"<style>{sheet} svg {{ {corner}; {size} }}</style>{QR}")
    ((left, lower, right, upper),) = inspect_pdf.places_of_figures(made)
    assert (left, lower, right, upper) == pytest.approx((225, 0, 300, 75), abs=0.1)


def test_a_table_over_several_pages_is_one_table_with_one_head() -> None:
    made = render(LONG)
    read = inspect_pdf.elements(made)
    assert len(pypdf.PdfReader(BytesIO(made)).pages) > 2
    assert [element.kind for element in read].count("Table") == 1
    assert [element.kind for element in read].count("THead") == 1
    assert [element.text for element in read if element.kind == "TD"] == [
        "Weg",
        *(str(n) for n in range(120)),
    ]


def test_cells_of_a_later_page_point_at_the_head_of_the_first() -> None:
    with pikepdf.open(BytesIO(render(LONG))) as opened:
        things = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        ids = {bytes(each.ID) for each in things if each.get("/S") == "/TH" and _hangs(each)}
        cells = [each for each in things if each.get("/S") == "/TD" and "/Headers" in each.A]
        named = {bytes(header) for cell in cells for header in cell.A.Headers if _hangs(cell)}
    assert named == ids


def _hangs(element: pikepdf.Dictionary) -> bool:
    """Whether a cell can be reached from the root of the tree."""
    while element.S != "/Document":
        parent = element.P
        if element.objgen not in {kid.objgen for kid in parent.K}:
            return False
        element = parent
    return True


def test_what_is_printed_again_on_a_later_page_is_read_once() -> None:
    with pikepdf.open(BytesIO(render(LONG))) as opened:
        again = [page.Contents.read_bytes().count(b"/Artifact") for page in opened.pages]
    assert again[0] == 0
    assert set(again[1:]) == {2}


def test_a_head_cell_over_two_columns_keeps_its_span() -> None:
    table = (
        "<table><thead><tr><td>Weg</td><th scope='col' colspan='2'>Zahl</th></tr></thead>"
        "<tbody><tr><th scope='row' rowspan='2'>Papier</th><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></tbody></table>"
    )
    with pikepdf.open(BytesIO(render(table))) as opened:
        heads = [
            (str(each.A.Scope), int(each.A.get("/ColSpan", 1)), int(each.A.get("/RowSpan", 1)))
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]
    assert sorted(heads) == [("/Column", 2, 1), ("/Row", 1, 2)]


def test_a_part_in_another_language_is_read_in_that_language() -> None:
    read = inspect_pdf.elements(
        render('<p>Hallo</p><div lang="ar" dir="rtl"><p>مرحبا <b lang="de">Wort</b></p></div>')
    )
    spoken = {element.text: element.language for element in read if element.text}
    assert spoken["Hallo"] == "de"
    assert spoken["Wort"] == "de"
    arabic = {
        element.language for element in read if any("\u0600" <= c <= "\u06ff" for c in element.text)
    }
    assert arabic == {"ar"}


def test_every_attachment_is_listed_once() -> None:
    names = ["a.csv", "b.csv"]
    files = [
        pdf.Attachment(name=name, description="Quelle", content=name.encode()) for name in names
    ]
    assert sorted(inspect_pdf.attached(render("<p>Hallo</p>", attachments=files))) == names


def test_nothing_of_our_own_marks_stays_in_the_file() -> None:
    with pikepdf.open(BytesIO(render(LONG))) as opened:
        keys = {
            key for each in opened.objects if isinstance(each, pikepdf.Dictionary) for key in each
        }
    assert not [key for key in keys if key.startswith("/Resonanz")]
