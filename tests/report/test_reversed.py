"""Statements put the other way round: every number stands under what people ticked.

The kiosk's "Ich musste heute zu lange warten." is such a statement: who denies it is content.
"""

import csv
import re
from io import BytesIO, StringIO

import msgspec
import pikepdf
import pypdf
import pytest

from survey.form import load
from survey.language import tags
from survey.language.translator import translator
from survey.model.estimates import Estimate
from survey.model.snapshots import Rated, Snapshot
from survey.report.render import charts, satisfaction
from survey.report.render.context import Context
from survey.report.render.notation import notation
from survey.report.render.parts import bars
from survey.web.staff.results import figures as page_figures
from tests.report import papers, worlds
from tests.report.conftest import EDITION
from tests.world import forms

LABEL = "Ich musste heute zu lange warten."
# "trifft voll zu" and "trifft eher zu": 60 of 100 had to wait too long.
TICKED = {"1": 6, "2": 14, "3": 20, "4": 25, "5": 35}


@pytest.fixture(scope="module")
def waited() -> Rated:
    """What a hundred visitors said, as disclosure control lets it through."""
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    answers = worlds.saying("t4", [code for code, n in TICKED.items() for _ in range(n)])
    said = worlds.published_from(worlds.opened(form, worlds.rows(form, answers))).snapshot
    return next(each for each in said.rated if each.question_id == "t4")


@pytest.fixture(scope="module")
def whole(waited: Rated) -> Snapshot:
    """A report whose kiosk chapter holds this statement among others."""
    given = papers.snapshot(quotes=0, kiosk=100)
    (kiosk,) = given.without_code
    rated = tuple(waited if each.question_id == "t4" else each for each in kiosk.rated)
    return msgspec.structs.replace(
        given, without_code=(msgspec.structs.replace(kiosk, rated=rated),)
    )


@pytest.fixture(scope="module")
def printed(whole: Snapshot) -> bytes:
    return satisfaction.render(whole, language="de", edition=EDITION)


def table(document: bytes) -> list[dict[str, str]]:
    """The attached table in which the statement stands."""
    for content, *_ in pypdf.PdfReader(BytesIO(document)).attachments.values():
        if LABEL in content.decode("utf-8-sig"):
            return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    raise AssertionError


def page(document: bytes) -> str:
    found = (one.extract_text() for one in pypdf.PdfReader(BytesIO(document)).pages)
    return next(re.sub(r"\s+", " ", text) for text in found if LABEL in text)


def pictures(document: bytes) -> list[str]:
    with pikepdf.open(BytesIO(document)) as opened:
        every = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary))
        return [str(each.Alt) for each in every if "/Alt" in each]


def test_the_favourable_share_is_of_those_who_deny(waited: Rated) -> None:
    assert waited.reversed
    assert isinstance(waited.favourable, Estimate)
    assert waited.favourable.value == 0.2


def test_the_file_has_each_answer_under_its_own_label(printed: bytes) -> None:
    row = next(row for row in table(printed) if row["Aussage"] == LABEL)
    words = load.wordings("kiosk")["de"].scales["agreement"]
    assert {code: int(row[words[code]]) for code in words} == TICKED
    assert row["günstig"] == "20"


def test_the_file_says_which_statements_are_put_the_other_way_round(printed: bytes) -> None:
    found = {row["Aussage"]: row["umgekehrt gefragt"] for row in table(printed)}
    assert found.pop(LABEL) == "ja"
    assert set(found.values()) == {"nein"}


def test_the_table_on_the_page_has_the_answers_in_the_order_of_the_scale(printed: bytes) -> None:
    shares = " ".join(str(percent) for percent in TICKED.values())
    text = page(printed).replace("\u202f", " ").replace("\u00a0", " ")
    assert re.search(rf"{re.escape(LABEL)} \* 100 {shares} 20 %", text)


def test_the_page_says_which_side_is_favourable(printed: bytes) -> None:
    text = page(printed)
    assert "umgekehrt gefragt: Als günstig zählt hier, wer der Aussage nicht zustimmt." in text
    told = next(alt for alt in pictures(printed) if "Zu lange gewartet" in alt)
    assert "Zu lange gewartet (umgekehrt gefragt: günstig ist Ablehnung) 20\u202f%" in told


def drawn(waited: Rated, context: Context) -> list[tuple[str, int, int]]:
    (group,) = bars.groups(context, [waited])
    return [(each.fill, each.percent, each.side) for each in group.bars[0].segments]


def test_every_piece_of_the_bar_has_the_fill_of_its_label(whole: Snapshot, waited: Rated) -> None:
    context = _context(whole)
    assert drawn(waited, context) == [
        ("worst", 6, -1),
        ("bad", 14, -1),
        ("neutral", 20, 0),
        ("good", 25, 1),
        ("best", 35, 1),
    ]
    legend = bars._heads(context, [waited]).legend
    assert dict(legend) == dict(zip(charts.FILLS, context.scale("agreement").values(), strict=True))
    assert next(words for _, words in legend) == "trifft gar nicht zu"


def test_joined_answers_of_a_turned_statement_stay_at_their_end_of_the_scale() -> None:
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    answers = worlds.saying("t4", ["1"] * 2 + ["2"] * 8 + ["4"] * 15 + ["5"] * 30)
    said = worlds.published_from(worlds.opened(form, worlds.rows(form, answers))).snapshot
    rated = next(each for each in said.rated if each.question_id == "t4")
    codes = [code for part in charts.ticked(rated) for code in part.codes]
    assert codes == ["1", "2", "3", "4", "5"]
    assert [part.side for part in charts.ticked(rated)][-1] == 1


def test_the_page_of_results_shows_the_same_shares() -> None:
    """The long form of a wave by letter: the story that had to be told again and again."""
    full = forms.satisfaction("full")
    answers = worlds.saying("k3", [code for code, n in TICKED.items() for _ in range(n)])
    said = worlds.published_from(worlds.opened(full, worlds.rows(full, answers))).snapshot
    figures = page_figures.of(said, "de", str)
    line = next(
        each
        for chapter in figures.chapters
        for each in chapter.statements
        if each.label.startswith("Ich musste meine Geschichte")
    )
    words = full.wordings["de"].scales["agreement"]
    assert [(step.label, step.percent) for step in line.steps] == [
        (words[code], percent) for code, percent in TICKED.items()
    ]
    assert line.reversed
    assert line.shown.value == "20\u202f%"


def _context(snapshot: Snapshot) -> Context:
    (kiosk,) = snapshot.without_code
    words = translator("de", tags.REPORT)
    return Context(
        snapshot=msgspec.structs.replace(snapshot, codes=kiosk.codes, rated=kiosk.rated),
        edition=EDITION,
        language="de",
        notation=notation("de"),
        wording=kiosk.wordings["de"],
        words=words,
        tables=satisfaction.tables(words, notation("de")),
    )
