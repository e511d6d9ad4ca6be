"""Before letters are printed: units that will seldom have figures of their own are named."""

import re

import pytest

from survey.statistics import planning
from survey.store import fieldwork as weekly
from survey.store.fieldwork import Weekly
from tests.world import staff

DRAFT = (
    "/waves/new?step=outlook&programme=zufriedenheit&chosen=satisfaction/default&wave=w9&number=9"
    "&opens=2031-03-01&closes=2031-03-31&label=Team+Nord&invited=268"
)
WARNING = "Allein selten druckbar, wenn 25 % antworten:"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return staff.build(tmp_path_factory.mktemp("world"), letters=20)


@pytest.fixture(scope="module")
def dilan(world):
    return world.browser("dilan")


@pytest.mark.parametrize(
    ("invited", "said"),
    [
        (500, None),
        # P(X >= 10) at a quarter is 0.5605, 0.1966 and 0.0413 (scipy.stats.binom.sf).
        (40, "in etwa 6 von 10 Wellen"),
        (30, "in etwa 2 von 10 Wellen"),
        (23, "so gut wie nie"),
        (12, "so gut wie nie"),
    ],
)
def test_a_unit_that_seldom_reaches_the_threshold_is_named_with_its_chance(dilan, invited, said):
    page = dilan.get(f"{DRAFT}&label=Team+Klein&invited={invited}").text
    assert (WARNING in page) == (said is not None)
    if said:
        assert re.search(rf"<li>Team Klein: {said}</li>", page)
        assert "<li>Team Nord" not in page


def test_the_chance_is_that_of_a_binomial_number_of_answers():
    # 40 invited, a quarter answers: P(X >= 10) of Bin(40, 0.25) is 0.5605 (scipy.stats.binom.sf).
    assert round(planning.chance(40, 0.25, 10), 4) == 0.5605


def test_a_house_without_units_is_not_warned_about_one(dilan):
    page = dilan.get(DRAFT.replace("invited=268", "invited=30")).text
    assert WARNING not in page


def test_the_page_of_the_field_says_how_people_can_answer_and_not_how_they_did(world, dilan):
    with world.database.write() as tx:
        weekly.add(tx, Weekly(wave_id="w1", week="2026-W44", answered=10))
    page = dilan.get("/waves/w1/fieldwork").text
    facts = page.split("Wie geantwortet werden kann")[1].split("</section>")[0]
    for language in ("Deutsch", "العربية", "English"):
        assert language in facts
    assert "Das Haus schickt sie an alle" in facts
    assert 'href="/waves/w1/prolong"' in facts
    assert "%" not in facts
    assert "verschlossen" in page.split("Was hier fehlt")[1]
    assert "/prolong" not in world.browser("farah").get("/waves/w1/fieldwork").text
