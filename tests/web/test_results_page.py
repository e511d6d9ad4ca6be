"""The results of a wave as a page: its pictures, its course, and who answered."""

import re

import pytest
from msgspec import structs

from survey.engine.database import Database
from survey.model import snapshots as encoding
from survey.model.snapshots import Part, Quote, Snapshot
from survey.report_types import SATISFACTION
from survey.store import snapshots
from survey.store.snapshots import Frozen
from survey.web.staff.results import figures as page_figures
from tests.report import papers
from tests.world import staff
from tests.world.programmes import NOW
from tests.world.world import World


@pytest.fixture
def world(tmp_path) -> World:
    return staff.build(tmp_path)


def freeze(database: Database, snapshot: Snapshot) -> None:
    with database.write() as tx:
        row = Frozen(
            wave_id="w1",
            report=SATISFACTION.name,
            body=encoding.text(snapshot),
            frozen_on=NOW.date(),
        )
        assert snapshots.freeze(tx, row)


def shown(world: World, snapshot: Snapshot) -> str:
    freeze(world.database, snapshot)
    reply = world.browser("dilan").get("/results/w1")
    assert reply.status_code == 200
    return reply.text


def test_every_word_of_a_picture_keeps_the_width_it_was_measured_with(world):
    page = shown(world, papers.snapshot())
    words = re.findall(r"<text ([^>]*)>([^<]{2,})</text>", page)
    assert len(words) > 100
    assert all("textLength=" in marks for marks, _ in words)


def test_pictures_take_their_colours_from_the_style_sheet(world):
    page = shown(world, papers.snapshot())
    assert 'fill="var(--petrol)"' in page
    assert not re.findall(r'(?:fill|stroke)="#', page)
    assert "style=" not in page


def test_a_course_names_what_cuts_it_and_compares_over_no_cut(world):
    page = shown(world, papers.snapshot())
    assert "Kein Vergleich über den 01.07.2026 hinweg: Plan auch als Verwaltungsakt" in page
    assert "Mit Welle 2 nicht vergleichbar" in page
    assert "Tabelle zum Verlauf: Kontakt" in page


def test_a_first_wave_has_no_course(world):
    first = papers.snapshot()
    page = shown(world, structs.replace(first, trend=()))
    assert "Verlauf" not in page
    assert "Welle 2" not in page


def test_a_course_turns_the_grade_so_that_less_is_better():
    found = page_figures.of(papers.snapshot(), "de", str)
    label, run = found.grade_courses[0]
    assert label
    assert [wave.number for wave in run.waves] == [1, 2, 3]
    assert ">1</text>" in run.chart


def test_questions_of_yes_or_no_and_ways_of_answering_are_tables(world):
    snapshot = papers.snapshot(selection="full")
    page = shown(world, snapshot)
    declared = snapshot.wordings["de"].questions[snapshot.declared[0].question_id]
    assert declared.label in page
    assert "In welcher Sprache" in page
    assert "Ukrainisch" in page
    assert "andere zusammen" in page
    assert "auf Papier" in page


def test_results_speak_english(world):
    freeze(world.database, papers.snapshot())
    dilan = world.browser("dilan")
    staff.send(dilan, "/language", {"language": "en", "back": "/"})
    page = dilan.get("/results/w1").text
    assert "Ukrainian" in page
    assert "günstig" not in page


def test_the_table_beside_a_chart_has_the_share_of_every_answer(world):
    snapshot = papers.snapshot()
    page = shown(world, snapshot)
    words = snapshot.wordings["de"].scales["agreement"]
    rated = snapshot.rated[0]
    table = page.split("Tabelle zum Diagramm")[2].split("</table>")[0]
    for part in rated.parts:
        cell = f'data-head="{words[part.codes[0]]}">{part.percent}'
        assert cell in table


def test_a_reversed_statement_keeps_the_labels_people_ticked():
    """Who fully agrees that she had to tell her story again is not counted as denying it."""
    snapshot = papers.snapshot(selection="full")
    rated = next(each for each in snapshot.rated if each.reversed)
    words = snapshot.wordings["de"].scales["agreement"]
    chapters = page_figures.of(snapshot, "de", str).chapters
    label = snapshot.wordings["de"].questions[rated.question_id].label
    [found] = [one for each in chapters for one in each.statements if one.label == label]
    assert {one.label: one.percent for one in found.steps} == {
        words[part.codes[0]]: part.percent for part in rated.parts
    }
    assert [one.label for one in found.steps] == [words[code] for code in ("1", "2", "3", "4", "5")]
    said = ", ".join(f"{one.label} {one.percent}" for one in found.steps)
    assert said in found.bar


def test_steps_put_together_are_one_cell_over_their_columns(world):
    snapshot = papers.snapshot()
    rated = snapshot.rated[0]
    first, second, *others = rated.parts
    joined = Part(codes=first.codes + second.codes, percent=first.percent + second.percent, side=-1)
    changed = structs.replace(rated, parts=(joined, *others))
    page = shown(world, structs.replace(snapshot, rated=(changed, *snapshot.rated[1:])))
    words = snapshot.wordings["de"].scales["agreement"]
    head = f"{words['1']} / {words['2']}"
    assert f'colspan="2" data-head="{head}">{joined.percent}' in page


def test_a_unit_has_its_n_and_a_hidden_one_has_none(world):
    snapshot = papers.snapshot()
    page = shown(world, snapshot)
    table = page.split('class="by-unit"')[1].split("</table>")[0]
    topic = next(each for each in snapshot.by_unit if each.kind == "topic")
    for row in topic.rows:
        if isinstance(row.n, int):
            assert f'<td class="num n">{row.n}</td>' in table
    assert table.count("nicht gezeigt") == 2
    assert "Wann eine Zahl nicht gezeigt wird" in page


def test_what_is_not_shown_reads_alike_for_every_reason(world):
    snapshot = papers.snapshot()
    asked = tuple(each.question_id for each in snapshot.rated[:3])
    hidden = papers.hiding(snapshot, *asked)
    chapters = page_figures.of(hidden, "de", str).chapters
    labels = {snapshot.wordings["de"].questions[each].label for each in asked}
    found = [one for each in chapters for one in each.statements if one.label in labels]
    assert len(found) == 3
    assert {structs.replace(one, label="", reversed=False) for one in found} == {
        structs.replace(found[0], label="", reversed=False)
    }


def test_equal_texts_stand_once_with_how_often_they_were_written(world):
    snapshot = papers.snapshot(selection="full")
    first, *others = snapshot.comments
    alike = tuple(Quote(text=text) for text in ("Danke.", "Zu lang.", "Danke. ", "Danke."))
    page = shown(
        world, structs.replace(snapshot, comments=(structs.replace(first, texts=alike), *others))
    )
    quotes = page.split('class="quotes"')[1].split("</ul>")[0]
    assert re.findall(r"<q [^>]*>([^<]*)</q>", quotes) == ["Danke.", "Zu lang."]
    assert quotes.count("3-mal geschrieben") == 1
    assert "1-mal" not in quotes
