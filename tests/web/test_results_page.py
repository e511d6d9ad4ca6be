"""The results of a wave as a page: its pictures, its course, and who answered."""

import re

import pytest
from msgspec import structs

from survey.engine.database import Database
from survey.model import snapshots as encoding
from survey.model.snapshots import Snapshot
from survey.store import snapshots
from survey.store.snapshots import Frozen
from survey.web.staff import results_figures, standing
from tests.report import papers
from tests.web import staff
from tests.web.houses import NOW
from tests.web.staff import Office


@pytest.fixture
def office(tmp_path) -> Office:
    return staff.build(tmp_path)


def freeze(database: Database, snapshot: Snapshot) -> None:
    with database.write() as tx:
        row = Frozen(
            wave_id="w1",
            report=standing.REPORT,
            body=encoding.text(snapshot),
            frozen_on=NOW.date(),
        )
        assert snapshots.freeze(tx, row)


def shown(office: Office, snapshot: Snapshot) -> str:
    freeze(office.here.database, snapshot)
    reply = office.browser("dilan").get("/results/w1")
    assert reply.status_code == 200
    return reply.text


def test_every_word_of_a_picture_keeps_the_width_it_was_measured_with(office):
    page = shown(office, papers.snapshot())
    words = re.findall(r"<text ([^>]*)>([^<]{2,})</text>", page)
    assert len(words) > 100
    assert all("textLength=" in marks for marks, _ in words)


def test_pictures_take_their_colours_from_the_style_sheet(office):
    page = shown(office, papers.snapshot())
    assert 'fill="var(--petrol)"' in page
    assert not re.findall(r'(?:fill|stroke)="#', page)
    assert "style=" not in page


def test_a_course_names_what_cuts_it_and_compares_over_no_cut(office):
    page = shown(office, papers.snapshot())
    assert "Kein Vergleich über den 01.07.2026 hinweg: Plan auch als Verwaltungsakt" in page
    assert "Mit Welle 2 nicht vergleichbar" in page
    assert "Tabelle zum Verlauf: Kontakt" in page


def test_a_first_wave_has_no_course(office):
    first = papers.snapshot()
    page = shown(office, structs.replace(first, trend=()))
    assert "Verlauf" not in page
    assert "Welle 2" not in page


def test_a_course_turns_the_grade_so_that_less_is_better():
    found = results_figures.of(papers.snapshot(), "de", str)
    label, run = found.grade_courses[0]
    assert label
    assert [wave.number for wave in run.waves] == [1, 2, 3]
    assert ">1</text>" in run.chart


def test_questions_of_yes_or_no_and_ways_of_answering_are_tables(office):
    snapshot = papers.snapshot(selection="full")
    page = shown(office, snapshot)
    declared = snapshot.wordings["de"].questions[snapshot.declared[0].question_id]
    assert declared.label in page
    assert "In welcher Sprache" in page
    assert "Ukrainisch" in page
    assert "andere zusammen" in page
    assert "auf Papier" in page


def test_results_speak_english(office):
    freeze(office.here.database, papers.snapshot())
    dilan = office.browser("dilan")
    staff.send(dilan, "/language", {"language": "en", "back": "/"})
    page = dilan.get("/results/w1").text
    assert "Ukrainian" in page
    assert "günstig" not in page
