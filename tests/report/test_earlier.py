"""Reports frozen by an earlier version are read and printed by this one, with the same figures."""

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from survey import report_types
from survey.model import snapshot_heads, snapshots
from survey.model.estimates import Estimate
from survey.model.snapshots import SatisfactionSnapshot, Snapshot
from survey.report import registry
from survey.report.render import satisfaction
from survey.web.staff.results import figures as page_figures
from tests.report import papers

# Frozen before grades told who would not say, and while "trifft nicht zu" was a number of people.
EARLIER = Path(__file__).parent / "earlier" / "snapshot.json"
# Frozen while there was only one report, so that no snapshot said of which it is.
UNTAGGED = Path(__file__).parent / "earlier" / "untagged.json"


@pytest.fixture(scope="module")
def frozen() -> Snapshot:
    return snapshots.read(EARLIER.read_text("utf-8"))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["internal", "council"])
def test_every_edition_is_printed_with_the_figures_of_then(
    frozen: Snapshot, kind: str, language: str
) -> None:
    edition = papers.edition(kind)  # type: ignore[arg-type]
    made = satisfaction.document(frozen, language=language, edition=edition)
    text = re.sub(r"<[^>]+>", " ", made.html)
    shown = [each for each in frozen.rated if isinstance(each.favourable, Estimate)]
    assert len(shown) > 5
    for each in shown:
        label = frozen.wordings[language].questions[each.question_id].label
        assert label in text
    told = made.attachments[1].content.decode("utf-8-sig")
    people = {each.not_applicable for each in frozen.rated}
    assert all(isinstance(number, int) for number in people)
    words = {"de": "Personen", "en": "people"}[language]
    assert f"{max(people, key=int)} {words}" in text
    assert words in told


def test_a_report_of_then_says_nothing_of_what_it_did_not_ask(frozen: Snapshot) -> None:
    (grade,) = frozen.grades
    assert grade.refused == grade.not_applicable == snapshots.NO_SUCH_ANSWER
    made = satisfaction.document(frozen, language="de", edition=papers.edition("council"))
    assert "Prozent aller, die gefragt wurden" not in made.html


def test_the_page_of_results_shows_it_too(frozen: Snapshot) -> None:
    figures = page_figures.of(frozen, "de", str)
    assert sum(len(chapter.statements) for chapter in figures.chapters) == len(frozen.rated)


def test_it_is_kept_as_it_was_written(frozen: Snapshot) -> None:
    assert snapshots.read(snapshots.text(frozen)) == frozen


@pytest.mark.parametrize("file", [EARLIER, UNTAGGED], ids=lambda file: file.stem)
def test_a_snapshot_without_a_tag_is_one_of_satisfaction(file: Path) -> None:
    body = file.read_text("utf-8")
    assert '"report":' not in body
    read = snapshots.read(body)
    assert isinstance(read, SatisfactionSnapshot)
    assert read == registry.find(report_types.UNNAMED).read(body)
    assert '"report":"satisfaction"' in snapshots.text(read)


def test_what_was_frozen_keeps_every_name_in_the_file() -> None:
    then = json.loads(UNTAGGED.read_text("utf-8"))
    now = json.loads(snapshots.text(snapshots.read(UNTAGGED.read_text("utf-8"))))
    assert now.pop("report") == "satisfaction"
    for part in (now, *now["uncoded"]):
        assert part.pop("not_reported") == []
    assert now == then


def test_a_snapshot_of_an_unknown_report_is_refused() -> None:
    body = UNTAGGED.read_text("utf-8").replace("{", '{"report":"unknown",', 1)
    for read in (snapshots.read, snapshots.read_satisfaction):
        with pytest.raises(msgspec.ValidationError):
            read(body)


def test_snapshots_are_tagged_with_the_names_of_the_reports() -> None:
    members = get_args(Snapshot) or (Snapshot,)
    tags = {member.__struct_config__.tag for member in members}
    assert tags == set(report_types.REPORT_TYPES) == set(registry.REPORTS)


def test_a_head_says_what_the_whole_snapshot_says():
    whole = papers.snapshot()
    head = snapshot_heads.read(snapshots.text(whole))
    assert head.response.answered == whole.response.answered
    assert (
        [one.wave_id for one in head.without_code]
        == [one.wave_id for one in whole.without_code]
        != []
    )
