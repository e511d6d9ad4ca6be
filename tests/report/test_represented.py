"""Respondents against those who were asked: by coarse groups, where that tells of nobody."""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

import pypdf
from msgspec.structs import replace

from survey.form.load import Published
from survey.model.estimates import Estimate
from survey.model.participation import Represented, Response
from survey.model.snapshots import Snapshot
from survey.model.waves import SampleCell
from survey.report.measure.columns import DomainAnswers
from survey.report.measure.open_waves import OpenWave
from survey.report.render import satisfaction
from tests.report import papers, worlds

LONG, SHORT = "from-12-months.running", "under-12-months.running"


def answered(form: Published, taking_part: dict[str, int]) -> OpenWave:
    """Four units in each of which so many of 100 with these attributes took part."""
    people = [
        (unit, cell) for cell, n in taking_part.items() for unit in range(4) for _ in range(n)
    ]
    rows = worlds.rows(form, worlds.answered(form, len(people)))
    plain = worlds.opened(form, rows)

    def sheets(name: str) -> Iterator[DomainAnswers]:
        for place, (_, answers) in enumerate(rows.get(name, [])):
            unit, cell = people[place]
            member = sha256(f"{name} {place}".encode()).digest()
            yield DomainAnswers(member=member, unit_id=f"u{unit}", cell=cell, answers=answers)

    sample = tuple(
        SampleCell(unit_id=f"u{unit}", cell=cell, invited=100)
        for unit in range(4)
        for cell in taking_part
    )
    return replace(plain, sample=sample, sheets=sheets)


def response(form: Published, taking_part: dict[str, int]) -> Response:
    return worlds.published_from(answered(form, taking_part)).snapshot.response


def words(snapshot: Snapshot) -> str:
    document = satisfaction.render(snapshot, language="de", edition=papers.edition("council"))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text)


def test_each_group_has_its_rate(form: Published) -> None:
    found = response(form, {LONG: 45, SHORT: 30})
    rates = {each.cell: each.rate.value for each in found.cells}
    assert {each.invited for each in found.cells} == {400}
    assert 0.40 <= rates[LONG] <= 0.45
    assert 0.25 <= rates[SHORT] <= 0.30


def test_groups_that_nobody_may_be_found_in_or_that_are_all_one_are_not_shown(
    form: Published,
) -> None:
    assert response(form, {LONG: 45, SHORT: 1}).cells == ()
    assert response(form, {"all": 45}).cells == ()


def test_the_method_page_says_how_far_both_are_apart() -> None:
    text = words(papers.snapshot())
    assert "Gefragte und Antwortende unterscheiden sich um bis zu fünf Punkte." in text
    assert "12 Monate und länger dabei" in text


def test_where_groups_are_hidden_it_says_so() -> None:
    given = papers.snapshot()
    hidden = replace(given, response=replace(given.response, cells=()))
    assert "Ob die Antwortenden den Gefragten gleichen, ließ sich nicht zeigen" in words(hidden)


def test_times_that_follow_on_shorter_ones_begin_with_their_end() -> None:
    given = papers.snapshot()
    names = ("under-6-months", "under-12-months", "under-24-months", "from-24-months")
    rate = Estimate(value=0.3, low=0.3, high=0.3, n=100)
    cells = tuple(Represented(cell=name, invited=100, rate=rate) for name in names)
    text = words(replace(given, response=replace(given.response, cells=cells)))
    assert "6 bis 11 Monate dabei" in text
    assert "12 bis 23 Monate dabei" in text
    assert "unter 12 Monaten dabei" not in text
    assert "keiner Gruppe um mehr als einen Punkt" in text
