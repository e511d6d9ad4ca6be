"""Two editions in two languages are views of one snapshot: what each may say, and nothing else."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from typing import get_args

import msgspec
import pikepdf
import pypdf
import pytest

from survey.document import templates
from survey.language import catalogues, tags, translator
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Snapshot, UnitTable
from survey.report.render import satisfaction
from survey.report.render.satisfaction import Document
from survey.report_types import EditionKind
from tests import checkers
from tests.report import papers

LANGUAGES = ("de", "en")
EVERY = tuple(product(get_args(EditionKind), LANGUAGES))


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    """Ten units, two of them hidden, three waves, a few texts, forty answers without a code."""
    return papers.snapshot(quotes=6)


@pytest.fixture(scope="module")
def printed(whole: Snapshot) -> dict[tuple[str, str], bytes]:
    return {
        (kind, language): satisfaction.render(
            whole, language=language, edition=papers.edition(kind)
        )
        for kind, language in EVERY
    }


def made(snapshot: Snapshot, kind: EditionKind = "internal", language: str = "de") -> Document:
    return satisfaction.document(snapshot, language=language, edition=papers.edition(kind))


@cache
def words(document: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text.replace("\u202f", " "))


def strings(document: bytes) -> Iterator[str]:
    """Every text string and every stream of the file, wherever it hangs."""
    with pikepdf.open(BytesIO(document)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Stream):
                yield each.read_bytes().decode("utf-8", "replace")
                each = pikepdf.Dictionary(dict(each.items()))
            yield from _strings(each)


def _strings(each: object) -> Iterator[str]:
    if isinstance(each, pikepdf.String):
        yield str(each)
    elif isinstance(each, pikepdf.Array):
        for one in list(each):  # type: ignore[call-overload]
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)
    elif isinstance(each, pikepdf.Dictionary):
        for one in dict(each.items()).values():
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)


def rows(document: bytes, name: str) -> list[list[str]]:
    content = pypdf.PdfReader(BytesIO(document)).attachments[name][0].decode("utf-8-sig")
    return list(csv.reader(StringIO(content), delimiter=";" if ";" in content else ","))


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_both_checkers_find_nothing_in_any_edition(
    printed: dict[tuple[str, str], bytes], tmp_path: Path, kind: str, language: str
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(printed[kind, language])
    assert checkers.findings(file) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_council_learns_neither_names_nor_words(
    printed: dict[tuple[str, str], bytes], whole: Snapshot, language: str
) -> None:
    document = printed["council", language]
    told = "\n".join((words(document), *strings(document)))
    assert "84" in told
    for unit in whole.units:
        assert unit.label not in told
    for text in papers.SAID:
        assert text[:20] not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_reads_its_units_and_what_people_wrote(
    printed: dict[tuple[str, str], bytes], whole: Snapshot, language: str
) -> None:
    told = words(printed["internal", language])
    assert all(unit.label in told for unit in whole.units)
    assert "Bitte ans Telefon gehen." in told
    assert "Dass Frau Name entfernt dran geblieben ist" in told


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_table_on_the_pages_is_attached_with_the_same_figures(
    printed: dict[tuple[str, str], bytes], kind: str, language: str
) -> None:
    document = printed[kind, language]
    attached = pypdf.PdfReader(BytesIO(document)).attachments
    title, until, low = {
        "de": ("Tabelle", "bis", "untere Grenze"),
        "en": ("Table", "to", "lower limit"),
    }[language]
    told = words(document)
    numbers = re.findall(rf"{title} (\d+) ·", told)
    assert sorted(attached) == sorted(f"{title.lower()}-{number}.csv" for number in numbers)
    checked = 0
    for name in attached:
        head, *body = rows(document, name)
        assert all(len(row) == len(head) for row in body)
        if low not in head:
            continue
        at = head.index(low)
        for row in body:
            if row[at]:
                assert re.search(rf"{row[at - 1]} ?% \[{row[at]} {until} {row[at + 1]}\]", told)
                checked += 1
    assert checked > 30


def test_units_stand_in_the_file_as_on_the_page(
    printed: dict[tuple[str, str], bytes], whole: Snapshot
) -> None:
    document = printed["internal", "de"]
    told, checked = words(document), 0
    name = next(
        n for n in _names(document) if "Themen und Aussagen nach Einheiten" in _said(document, n)
    )
    for row in rows(document, name)[1:]:
        if row[1] in papers.NAMES and row[2]:
            assert f"{row[1]} {row[2]} {row[3]} % [{row[4]} bis {row[5]}]" in told
            checked += 1
    statements = sum(table.kind == "statement" for table in whole.by_unit)
    assert checked >= 8 * statements


def _names(document: bytes) -> list[str]:
    return list(pypdf.PdfReader(BytesIO(document)).attachments)


def _said(document: bytes, name: str) -> str:
    number = re.sub(r"\D", "", name)
    found = re.search(rf"Tabelle {number} · (.{{80}})", words(document))
    return found[1] if found else ""


def test_the_same_edition_twice_gives_the_same_bytes(
    printed: dict[tuple[str, str], bytes], whole: Snapshot
) -> None:
    again = satisfaction.render(whole, language="en", edition=papers.edition("council"))
    assert again == printed["council", "en"]


def test_no_chapter_of_the_council_runs_over_its_page(
    printed: dict[tuple[str, str], bytes], whole: Snapshot
) -> None:
    for language in LANGUAGES:
        document = made(whole, "council", language)
        pages = len(pypdf.PdfReader(BytesIO(printed["council", language])).pages)
        assert pages == document.html.count("<section")


def test_no_chapter_of_the_long_form_runs_over_its_page() -> None:
    """Every topic on its page with what is explained below its table, the grade where it fits."""
    long = papers.snapshot(selection="full", quotes=0, kiosk=0)
    long = papers.unanimous(papers.hiding(long, "w2", "k2"), "l2")
    document = made(long, "council")
    body = satisfaction.render(long, language="de", edition=papers.edition("council"))
    assert len(pypdf.PdfReader(BytesIO(body)).pages) == document.html.count("<section")


@pytest.mark.parametrize("kind", get_args(EditionKind))
def test_every_sentence_of_an_english_report_has_its_translation(
    whole: Snapshot, kind: EditionKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence that no catalogue holds would be printed in German."""
    held = {str(m.id) for m in translator.read("en", tags.REPORT) if isinstance(m.id, str)}
    plurals = {m.id[0] for m in translator.read("en", tags.REPORT) if not isinstance(m.id, str)}

    said: set[str] = set()

    class Listening(NullTranslations):
        def gettext(self, message: str) -> str:
            said.add(message)
            return message

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            said.add(msgid1)
            return msgid1 if n == 1 else msgid2

    monkeypatch.setattr(satisfaction, "translator", lambda *_: Listening())
    monkeypatch.setattr(templates, "environment", templates.translated)
    for snapshot in (whole, papers.nobody(), papers.unanimous(papers.hiding(whole, "w2"), "w1")):
        made(snapshot, kind, "en")
    assert said - held - plurals == set()
    assert len(said) > 150


def test_an_english_report_holds_no_german_interface_words(
    printed: dict[tuple[str, str], bytes],
) -> None:
    told = words(printed["council", "en"])
    originals = {
        str(message.id).replace("\u202f", " ")
        for message in catalogues.used(tags.REPORT)
        if isinstance(message.id, str) and "%" not in message.id and len(message.id) > 3
    }
    same = {"Name", "Papier", "Ring", "Position"}
    found = {each for each in originals - same if re.search(rf"\b{re.escape(each)}\b", told)}
    assert found == set()


def test_the_reason_of_a_hidden_figure_cannot_be_told(whole: Snapshot) -> None:
    """Other reasons, the same pages and files to the letter."""
    hidden = papers.hiding(whole, "w2", "k2", "p1")
    other = papers.hiding(whole, "p1", "w2", "k2")
    assert hidden.rated != other.rated
    reasons = msgspec.structs.replace(other, by_unit=tuple(_swapped(t) for t in whole.by_unit))
    for kind in get_args(EditionKind):
        assert made(hidden, kind) == made(reasons, kind)


def _swapped(table: UnitTable) -> UnitTable:
    secondary = Suppressed(reason="complement")
    kept = [
        row
        if isinstance(row.favourable, Estimate)
        else msgspec.structs.replace(row, n=secondary, favourable=secondary)
        for row in table.rows
    ]
    return msgspec.structs.replace(table, rows=tuple(kept))


def test_hidden_units_look_alike(printed: dict[tuple[str, str], bytes]) -> None:
    document = printed["council", "de"]
    name = next(n for n in _names(document) if "Einheiten bei" in _said(document, n))
    assert "zwei weitere: nicht gezeigt" in words(document)
    hidden = [row for row in rows(document, name) if row[0] == ""]
    assert hidden == [[""] * len(hidden[0])]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_wave_of_nobody_holds_no_figure_in_any_edition(kind: EditionKind, language: str) -> None:
    document = made(papers.nobody(), kind, language)
    assert document.attachments == []
    assert "<img" not in document.html
    assert "<table" not in document.html
    text = re.sub(r"<[^>]+>", " ", document.html)
    assert not re.search(r"\[\d+[.,]?\d* (bis|to) ", text)


def test_fewer_than_eight_units_make_no_funnel() -> None:
    few = papers.snapshot(units=6, small=1, quotes=0, kiosk=0)
    council, internal = made(few, "council"), made(few, "internal")
    assert "Trichterbild zu" not in council.html
    assert "gibt es erst ab acht" in council.html
    assert "Team Nord" not in council.html
    assert "Team Nord" in internal.html


def test_few_answers_without_a_code_are_a_sentence_and_no_chapter() -> None:
    document = made(papers.snapshot(quotes=0, kiosk=9), "council")
    assert "Besucherinnen und Besucher" not in document.html
    assert "auch ohne Brief antworten. Weniger als zehn Menschen haben" in document.html


def test_dignity_comes_before_every_other_topic(whole: Snapshot) -> None:
    html = made(whole, "council").html
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert titles[1].startswith("Würde und Respekt · Gesamtnote")
