"""The printed report: complete, the same every time, and silent where it must be."""

import csv
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pypdf
import pytest

from survey import paths
from survey.form.load import Published
from survey.model.answers import Answers
from survey.model.estimates import Estimate
from survey.model.snapshots import Snapshot
from survey.report.render import satisfaction
from tests import checkers
from tests.report import worlds
from tests.report.conftest import EDITION


@pytest.fixture(scope="module")
def read(report: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(report))


@pytest.fixture(scope="module")
def empty(form: Published) -> bytes:
    measured = worlds.measured(form, worlds.answered(form, 9))
    return satisfaction.render(measured, language="de", edition=EDITION)


def words(read: pypdf.PdfReader) -> str:
    text = " ".join(page.extract_text() for page in read.pages)
    return re.sub(r"\s+", " ", text.replace("\u202f", " "))


def alternatives(read: pypdf.PdfReader) -> list[str]:
    found = []
    for number in range(1, len(read.xref[0]) + len(read.xref_objStm) + 1):
        each = read.get_object(number)
        if isinstance(each, dict) and "/Alt" in each:
            found.append(str(each["/Alt"]))
    return found


def test_both_checkers_find_nothing(report: bytes, empty: bytes, tmp_path: Path) -> None:
    for name, document in (("report", report), ("empty", empty)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(document)
        assert checkers.findings(file) == []


def test_it_has_eight_pages(read: pypdf.PdfReader) -> None:
    assert len(read.pages) == 8


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(report: bytes) -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from survey.report.render import satisfaction\n"
        "from tests.report import conftest, worlds\n"
        "from tests.world import forms\n"
        "form = forms.satisfaction()\n"
        "made = worlds.measured(form, worlds.answered(form, 300))\n"
        "drawn = satisfaction.render(made, language='de', edition=conftest.EDITION)\n"
        "sys.stdout.buffer.write(drawn)"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=paths.ROOT
    )
    assert other.stdout == report


def test_every_statement_stands_there_with_its_figures(
    read: pypdf.PdfReader, snapshot: Snapshot
) -> None:
    text = words(read)
    for rated in snapshot.rated:
        figure = rated.favourable
        assert isinstance(figure, Estimate)
        label = snapshot.wordings["de"].questions[rated.question_id].label
        assert label in text
        low, high = round(100 * figure.low), round(100 * figure.high)
        assert f"{round(100 * figure.value)} % [{low} bis {high}]" in text
        assert f"n = {figure.n}" in text


def test_response_and_grade_stand_on_the_result_page(read: pypdf.PdfReader) -> None:
    page = re.sub(r"\s+", " ", read.pages[1].extract_text().replace("\u202f", " "))
    assert "Rücklauf 38 % (AAPOR RR2; nur vollständige Antworten: 36 %, RR1)" in page
    assert "2,8" in page
    assert "[2,6 bis 3,0]" in page


def test_every_table_is_attached_and_says_the_same(
    read: pypdf.PdfReader, snapshot: Snapshot
) -> None:
    numbers = re.findall(r"Tabelle (\d+) ·", words(read))
    assert sorted(read.attachments) == sorted(f"tabelle-{n}.csv" for n in numbers)
    content = read.attachments["tabelle-2.csv"][0]
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    w1 = next(each for each in snapshot.rated if each.question_id == "w1")
    assert isinstance(w1.favourable, Estimate)
    row = next(row for row in rows if row[0] == "Ich werde mit Respekt behandelt.")
    assert row[1:3] == ["nein", str(w1.favourable.n)]
    assert row[3:8] == [str(part.percent) for part in w1.parts]
    limits = (w1.favourable.value, w1.favourable.low, w1.favourable.high)
    assert row[8:11] == [str(round(100 * each)) for each in limits]


def test_pictures_say_their_finding_with_its_values(
    read: pypdf.PdfReader, snapshot: Snapshot
) -> None:
    told = " ".join(alternatives(read))
    w1 = next(each for each in snapshot.rated if each.question_id == "w1")
    assert isinstance(w1.favourable, Estimate)
    assert f"Respekt {round(100 * w1.favourable.value)}\u202f% [" in told
    assert "Hundert Zeichen" in told


def test_a_wave_of_nine_says_so_and_nothing_else(empty: bytes, form: Published) -> None:
    read = pypdf.PdfReader(BytesIO(empty))
    text = words(read)
    assert "Weniger als zehn Menschen haben geantwortet." in text
    assert "Welle 1" in text
    assert not read.attachments
    assert not alternatives(read)
    assert not re.search(r"\[\d+ bis \d+\]", text)
    assert empty == satisfaction.render(worlds.measured(form, []), language="de", edition=EDITION)


def test_a_hidden_statement_is_nowhere_in_the_file(form: Published, answers: list[Answers]) -> None:
    few = [
        {**each, "p1": each["p1"]} if i < 9 else _without(each, "p1")
        for i, each in enumerate(a for a in answers if "p1" in a)
    ]
    made = satisfaction.render(worlds.measured(form, few), language="de", edition=EDITION)
    read = pypdf.PdfReader(BytesIO(made))
    told = " ".join(alternatives(read))
    assert "Eigene Wünsche im Plan nicht gezeigt" in told
    for name, contents in read.attachments.items():
        for row in csv.reader(StringIO(contents[0].decode("utf-8-sig")), delimiter=";"):
            if row[0] == "Meine eigenen Wünsche stehen im Kooperationsplan.":
                assert row[1:] == ["nein", "", *[""] * 5, "nicht gezeigt", *[""] * 4], name
            if row[0] == "Plan auf Augenhöhe" and len(row) > 5:
                assert "nicht gezeigt" in row


def _without(answers: Answers, question_id: str) -> Answers:
    return {key: value for key, value in answers.items() if key != question_id}


def test_words_of_ones_own_are_not_in_the_report(read: pypdf.PdfReader) -> None:
    assert "Was hat Ihnen am meisten geholfen" not in words(read)
