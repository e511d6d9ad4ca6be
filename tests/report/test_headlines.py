"""Headlines are whole sentences about people or units, and no two of a report contradict."""

import re
from itertools import product
from typing import get_args

import msgspec
import pytest

from survey.form import load
from survey.language import assurances
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.form import Choice, Rating
from survey.model.programmes import Custody
from survey.model.snapshots import Snapshot, UnitRow
from survey.report.render import satisfaction
from survey.report_types import EditionKind
from tests.report import papers

EVERY = tuple(product(get_args(EditionKind), ("de", "en")))
FINDING = re.compile(r'<p class="finding">(.*?)</p>', re.DOTALL)


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    return papers.snapshot()


def headlines(snapshot: Snapshot, kind: EditionKind, language: str = "de") -> list[str]:
    made = satisfaction.document(snapshot, language=language, edition=papers.edition(kind))
    return [re.sub(r"\s+", " ", one.replace("<br>", " ")) for one in FINDING.findall(made.html)]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_headline_is_made_of_sentences(
    whole: Snapshot, kind: EditionKind, language: str
) -> None:
    found = headlines(whole, kind, language)
    assert len(found) >= 8
    shorts = {words.short for words in whole.wordings[language].questions.values()}
    for headline in found:
        assert headline.endswith((".", "“", "”")), headline
        assert re.match(r"[A-ZÄÖÜ0-9„“]", headline), headline
        # No label before a colon, no figure with a sign instead of people.
        assert not any(headline.startswith(f"{short}:") for short in shorts if short), headline
        assert "%" not in headline, headline


def test_what_people_say_is_a_sentence_in_the_words_of_the_form(whole: Snapshot) -> None:
    first = headlines(whole, "council")[0]
    assert first.startswith("84 von 100 fühlen sich mit Respekt behandelt. Nur ")


def test_a_missing_help_is_told_of_those_who_needed_it(whole: Snapshot) -> None:
    found = headlines(whole, "council")
    said = r"von (fünf|\d+), die Hilfe [^.]* brauchten, bekamen sie zu spät oder nicht\."
    assert any(re.search(said, one) for one in found)


def helped(given: Snapshot, **unmet: Figure) -> Snapshot:
    """The same where the unmet need of some helps is known as bounds."""
    helps = [
        msgspec.structs.replace(each, unmet=unmet.get(each.question_id[3:], each.unmet))
        for each in given.helps
    ]
    return msgspec.structs.replace(given, helps=tuple(helps))


def test_bounds_of_helps_count_as_what_is_known_of_them(whole: Snapshot) -> None:
    most = Suppressed(reason="unanimous", low=0.8, high=1.0)
    least = Suppressed(reason="unanimous", low=0.0, high=0.2)
    snapshot = helped(whole, family=least, housing=most)
    said = next(one for one in headlines(snapshot, "council") if "Hilfe" in one)
    assert said == (
        "Mindestens 80 von 100, die Hilfe beim Wohnen brauchten, bekamen sie zu spät oder nicht. "
        "Höchstens 20 von 100, die Hilfe bei Familie, Kindern oder Pflege brauchten, bekamen sie "
        "zu spät oder nicht."
    )
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    csv = next(a for a in made.attachments if "Hilfen: Bedarf" in a.description)
    rows = csv.content.decode("utf-8-sig").split("\r\n")
    assert "beim Wohnen" in rows[1]
    shown = [row for row in rows if "Gesundheit" not in row and row]
    assert "Familie" in shown[-1]


def test_a_topic_of_bounds_stands_where_its_result_belongs(whole: Snapshot) -> None:
    name = whole.topics[-1].construct
    bounds = Suppressed(reason="unanimous", low=0.9, high=1.0)
    topics = (*whole.topics[:-1], msgspec.structs.replace(whole.topics[-1], favourable=bounds))
    snapshot = msgspec.structs.replace(whole, topics=topics)
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    first = made.attachments[0].content.decode("utf-8-sig").split("\r\n")[1]
    assert first.startswith(whole.wordings["de"].constructs[name])


def test_a_missing_trend_has_a_reason_that_is_true_of_waves_that_meet(whole: Snapshot) -> None:
    snapshot = msgspec.structs.replace(whole, trend=())
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    assert "die vor dem ersten Tag dieser zu Ende war." in made.html


@pytest.mark.parametrize("form", ["satisfaction", "kiosk"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_statement_of_ours_brings_its_words_for_a_headline(form: str, language: str) -> None:
    structure, words = load.form(form), load.wordings(form)[language]
    for question in structure.questions:
        if isinstance(question, Rating) and question.scale in ("agreement", "help"):
            said = words.questions[question.id].finding
            assert 0 < len(said) <= 70, question.id
            assert not said.endswith("."), question.id
        else:
            assert isinstance(question, Choice) or not words.questions[question.id].finding


def differing(snapshot: Snapshot) -> Snapshot:
    """The same where one unit is far below the others in one question only."""
    tables = []
    for table in snapshot.by_unit:
        rows = table.rows
        if table.subject == "p1":
            low = Estimate(value=0.05, low=0.02, high=0.11, n=130)
            row = UnitRow(unit_id=rows[7].unit_id, n=130, favourable=low)
            rows = (*rows[:7], row, *rows[8:])
        tables.append(msgspec.structs.replace(table, rows=rows))
    return msgspec.structs.replace(snapshot, by_unit=tuple(tables))


def test_the_chart_is_of_the_question_its_headline_is_about(whole: Snapshot) -> None:
    """One count on every page, and the unit that carries it is drawn, named and counted."""
    snapshot = differing(whole)
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("internal"))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.html))
    said = "Bei einer von elf Fragen weicht eine Einheit stärker ab, als der Zufall erklärt."
    assert said in headlines(snapshot, "internal")
    assert "Keine Einheit weicht" not in text
    assert "<h3>„Meine eigenen Wünsche stehen im Kooperationsplan.“</h3>" in made.html
    assert "Eine von acht gezeigten Einheiten liegt außerhalb" in text
    assert "Reha und Schwerbehinderung bei „Eigene Wünsche im Plan“" in text
    every = next(a for a in made.attachments if "stärker abweichen" in a.description)
    counts = [line.split(";")[-1] for line in every.content.decode("utf-8-sig").split("\r\n")[1:-1]]
    assert sorted(counts) == ["0"] * (len(counts) - 1) + ["1"]


def test_of_many_questions_those_without_a_difference_share_a_row() -> None:
    long = papers.snapshot(selection="full", quotes=0, kiosk=0)
    made = satisfaction.document(long, language="de", edition=papers.edition("council"))
    assert not any("stärker abweichen" in a.description for a in made.attachments)
    made = satisfaction.document(differing(long), language="de", edition=papers.edition("council"))
    every = next(a for a in made.attachments if "stärker abweichen" in a.description)
    _, *rows = every.content.decode("utf-8-sig").split("\r\n")[:-1]
    assert rows == ["Meine eigenen Wünsche stehen im Kooperationsplan.;8;1", "37 weitere;8;0"]


def test_units_that_no_question_shows_are_named_once(whole: Snapshot) -> None:
    made = satisfaction.document(whole, language="de", edition=papers.edition("internal"))
    table = next(
        part for part in made.html.split("<table>") if "Themen und Aussagen nach Einheiten" in part
    )
    body = table[: table.index("</table>")]
    assert "Team Mitte" not in body
    assert "nicht gezeigt" not in body
    assert "Ohne Ergebnis: Team Mitte, Neuantrag." in table
    assert any("Für acht von zehn Einheiten" in one for one in headlines(whole, "internal"))


def test_units_hidden_in_one_question_share_a_line(whole: Snapshot) -> None:
    tables = []
    for table in whole.by_unit:
        rows = table.rows
        if table.subject == "w1":
            gone = rows[8].favourable
            hidden = [UnitRow(unit_id=r.unit_id, n=rows[8].n, favourable=gone) for r in rows[:2]]
            rows = (*hidden, *rows[2:])
        tables.append(msgspec.structs.replace(table, rows=rows))
    snapshot = msgspec.structs.replace(whole, by_unit=tuple(tables))
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("internal"))
    assert made.html.count(">Team Nord, Team Süd<") == 1


def test_a_row_of_hidden_units_has_nothing_in_the_column_of_pictures(whole: Snapshot) -> None:
    tables = []
    for table in whole.by_unit:
        gone = msgspec.structs.replace(table.rows[0], favourable=table.rows[8].favourable)
        rows = (gone, *table.rows[1:]) if table.subject == "w1" else table.rows
        tables.append(msgspec.structs.replace(table, rows=rows))
    snapshot = msgspec.structs.replace(whole, by_unit=tuple(tables))
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("internal"))
    assert '>Team Nord</th><td class="strip"></td>' in made.html
    assert ">None<" not in made.html


@pytest.mark.parametrize("apart", [True, False])
def test_the_report_says_who_could_read_answers_as_the_notice_does(
    whole: Snapshot, apart: bool
) -> None:
    setting = whole.setting
    if not apart:
        setting = msgspec.structs.replace(
            setting, operator=setting.controller, jobcenter_cannot_look=False
        )
    snapshot = msgspec.structs.replace(whole, setting=setting)
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    custody = Custody(
        controller=setting.controller,
        operator=setting.operator,
        key_holder=setting.key_holder,
        operator_is_jobcenter=not apart,
        key_holder_is_jobcenter=False,
    )
    assert assurances.reading(custody, "de") in made.html
