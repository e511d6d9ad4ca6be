"""What a reader meets who follows the tags of a report, in every edition and language."""

import re
import subprocess
from itertools import product
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from survey.model.snapshots import Quote, Snapshot
from survey.report.render import satisfaction
from survey.report_types import EditionKind
from tests import tools
from tests.document import inspect_pdf
from tests.report import papers

EVERY = tuple(product(get_args(EditionKind), ("de", "en")))
LONG = "Rehabilitationsundschwerbehindertenangelegenheitenkoordinierungsstelle"
ARABIC = "لم يشرح لي أحد الرسالة بلغة أفهمها."
# Pictures and what was taken out outweigh its letters, once they are named.
SMILING = "شكرا 😀 لكم [Name und Anschrift entfernt] 👍"
# Right edge of the text of a page: A4 less 18 mm, in points.
EDGE = (210 - 18) / 25.4 * 72
COLUMN = 83 / 25.4 * 72


def with_long_words(snapshot: Snapshot) -> Snapshot:
    units = tuple(msgspec.structs.replace(unit, label=f"{LONG} 1") for unit in snapshot.units[:1])
    comments = tuple(
        msgspec.structs.replace(
            each,
            texts=(
                Quote(text=f"Die {LONG} hat nie geantwortet.", translated=False),
                Quote(text=ARABIC, translated=False),
                Quote(text="Danke 😀!\u0378", translated=False),
                Quote(text=SMILING, translated=False),
                *each.texts,
            ),
        )
        for each in snapshot.comments
    )
    return msgspec.structs.replace(snapshot, units=(*units, *snapshot.units[1:]), comments=comments)


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    return with_long_words(papers.snapshot(quotes=6))


@pytest.fixture(scope="module")
def printed(whole: Snapshot) -> dict[tuple[str, str], bytes]:
    return {
        (kind, language): satisfaction.render(
            whole, language=language, edition=papers.edition(kind)
        )
        for kind, language in EVERY
    }


@pytest.fixture(params=EVERY, ids="-".join)
def report(request: pytest.FixtureRequest, printed: dict[tuple[str, str], bytes]) -> bytes:
    return printed[request.param]


def test_every_figure_stands_on_its_page(report: bytes) -> None:
    assert len(inspect_pdf.places_of_figures(report)) > 10
    assert inspect_pdf.figures_off_the_page(report) == []


def test_there_are_as_many_tables_in_the_tags_as_are_attached(report: bytes) -> None:
    attached = inspect_pdf.attached(report)
    tables = [element for element in inspect_pdf.elements(report) if element.kind == "Table"]
    assert len(tables) == len(attached) == len(set(attached)) > 5


def test_every_graphics_state_that_is_opened_is_closed(report: bytes) -> None:
    assert inspect_pdf.unbalanced_pages(report) == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_word_is_split_by_a_hyphen_at_the_end_of_a_line(
    printed: dict[tuple[str, str], bytes], whole: Snapshot, kind: EditionKind, language: str
) -> None:
    made = satisfaction.document(whole, language=language, edition=papers.edition(kind))
    lines = [
        line.strip()
        for line in inspect_pdf.lines(printed[kind, language])
        if re.search(r"\w[‐-]\s*$", line)
    ]
    assert len(inspect_pdf.lines(printed[kind, language])) > 200
    assert [line for line in lines if line.split()[-1] not in made.html.split()] == []


def test_an_arabic_quotation_is_read_by_an_arabic_voice(
    printed: dict[tuple[str, str], bytes],
) -> None:
    read = inspect_pdf.elements(printed["internal", "de"])
    arabic = [element for element in read if re.search("[\u0600-\u06ff]", element.text)]
    paragraphs = [element for element in arabic if element.kind == "P"]
    assert {element.language for element in paragraphs} == {"ar"}


def test_a_picture_leaves_an_arabic_quotation_its_language_direction_and_marks(
    whole: Snapshot, printed: dict[tuple[str, str], bytes]
) -> None:
    made = satisfaction.document(whole, language="de", edition=papers.edition("internal"))
    told = '<span class="gone" lang="de" dir="ltr">Bildzeichen</span>'
    assert f'<p lang="ar" dir="rtl">«شكرا {told} لكم' in made.html
    read = inspect_pdf.elements(printed["internal", "de"])
    within = {element.language for element in read if element.text.strip() == "Bildzeichen"}
    assert within == {"de"}


def test_an_example_says_that_texts_are_otherwise_read_after_the_last_day_to_delete_them() -> None:
    given = papers.snapshot(quotes=2)
    shown, real = (
        satisfaction.document(
            given,
            language="de",
            edition=msgspec.structs.replace(papers.edition("internal"), example=example),
        ).html
        for example in (True, False)
    )
    assert "wenn der letzte Tag zum Löschen vorbei ist" in shown
    assert "wenn der letzte Tag zum Löschen vorbei ist" not in real


def test_what_no_font_has_is_printed_with_a_named_stand_in(
    printed: dict[tuple[str, str], bytes],
) -> None:
    german, english = (
        " ".join(element.text for element in inspect_pdf.elements(printed["internal", language]))
        for language in ("de", "en")
    )
    assert "Bildzeichen" in german
    assert "grinning face" not in german
    assert "Zeichen U+0378" in german
    assert "symbol: grinning face" in english


def test_long_words_stay_in_their_columns(
    printed: dict[tuple[str, str], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(printed["internal", "de"])
    boxes = subprocess.run(
        [tools.need("poppler"), "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    found = re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]*)', boxes)
    ends = {word: float(right) for _, right, word in found if float(right) > EDGE + 1}
    assert any(word.startswith(LONG[:15]) for _, _, word in found)
    assert ends == {}
    pieces = [(word, float(right) - float(left)) for left, right, word in found if word in LONG]
    assert [word for word, width in pieces if len(word) > 20 and width > COLUMN] == []


def test_equal_texts_are_printed_once_with_their_number() -> None:
    texts = (*(Quote(text="Bitte ans Telefon gehen.", translated=False),) * 3,)
    texts += (Quote(text="Bitte  ans Telefon gehen.", translated=False),)
    given = papers.snapshot(quotes=2)
    comments = tuple(msgspec.structs.replace(each, texts=texts) for each in given.comments)
    given = msgspec.structs.replace(given, comments=comments)
    made = satisfaction.document(given, language="de", edition=papers.edition("internal"))
    assert made.html.count("Bitte ans Telefon gehen.") == len(comments)
    assert made.html.count("(viermal geschrieben)") == len(comments)
