"""Steps that too few chose are shown together, and never under the label of one of them."""

import re

import pytest

from survey.model.snapshots import Rated, Snapshot
from survey.report.render import satisfaction
from survey.report.render.chapters import helps
from survey.report.render.context import Context
from survey.report.render.parts import bars, joined, statements
from tests.report import worlds
from tests.report.conftest import EDITION
from tests.world import forms

# Nearly nobody "fully agrees": those two are counted with "rather agrees".
RESPECT = {"1": 8, "2": 9, "3": 10, "4": 19, "5": 2}
HOUSING = {"got": 14, "late": 2, "not_got": 22, "not_needed": 10}


@pytest.fixture(scope="module")
def small() -> Snapshot:
    form = forms.satisfaction()
    one = worlds.saying("w1", [code for code, n in RESPECT.items() for _ in range(n)])
    two = worlds.saying("h5-housing", [code for code, n in HOUSING.items() for _ in range(n)])
    answers = [first | second for first, second in zip(one, two, strict=True)]
    return worlds.measured(form, answers)


@pytest.fixture
def respect(small: Snapshot) -> Rated:
    return next(each for each in small.rated if each.question_id == "w1")


@pytest.fixture(scope="module")
def made(small: Snapshot) -> satisfaction.Document:
    return satisfaction.document(small, language="de", edition=EDITION)


def fields(made: satisfaction.Document, begins: str) -> list[str]:
    rows = [
        line.split(";")
        for each in made.attachments
        for line in each.content.decode("utf-8-sig").split("\r\n")
    ]
    return next(row for row in rows if row[0].startswith(begins) and len(row) > 6)


def test_a_joined_share_stands_once_over_the_columns_of_its_steps(
    context: Context, respect: Rated
) -> None:
    assert [part.codes for part in respect.parts][-1] == ("4", "5")
    cells = statements.percents(context, respect, tuple("12345"))
    assert [cell.span for cell in cells] == [1, 1, 1, 2]
    assert cells[-1].text == "44 zus."


def test_the_file_names_every_step_of_a_joined_share(made: satisfaction.Document) -> None:
    row = fields(made, "Ich werde mit Respekt")
    assert row[6:8] == [
        "44 (trifft eher zu + trifft voll zu zusammen)",
        "zusammengefasst mit trifft eher zu",
    ]


def test_a_refused_help_never_reads_as_a_late_one(
    made: satisfaction.Document, small: Snapshot
) -> None:
    (housing,) = (each for each in small.helps if each.question_id == "h5-housing")
    assert [part.codes for part in housing.parts] == [("not_got", "late"), ("got",)]
    row = next(row for row in re.findall(r"<tr.*?</tr>", made.html) if "Wohnen" in row)
    assert '<td colspan="2">63 zus.</td>' in row
    csv = fields(made, "Haben Sie Hilfe beim Wohnen")
    assert csv[3].startswith("63 (nicht bekommen + ")
    assert csv[4] == "zusammengefasst mit nicht bekommen"


def test_a_joined_piece_has_a_fill_that_the_legend_names(
    context: Context, small: Snapshot, respect: Rated
) -> None:
    (group,) = bars.groups(context, [respect])
    assert [piece.fill for piece in group.bars[0].segments] == ["worst", "bad", "neutral", "joined"]
    assert bars._heads(context, [respect]).legend[-1] == ("joined", "mehrere Stufen")
    (housing,) = (each for each in small.helps if each.question_id == "h5-housing")
    assert [piece.fill for piece in helps._bar(context, housing).segments] == ["joined", "best"]
    assert helps._heads(context, [housing]).legend[-1] == ("joined", "mehrere Stufen")


def test_the_note_and_the_words_for_the_picture_say_the_same(
    made: satisfaction.Document, context: Context
) -> None:
    assert joined.note(context) in made.html
    assert "rechts daneben" not in made.html
    assert "„trifft eher zu“ und „trifft voll zu“ zusammen 44 Prozent." in made.html
