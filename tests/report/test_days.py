"""A report says the days that were, and what people were told when that was another day."""

import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from survey.actions import wave_close
from survey.actions.comments import redaction
from survey.engine.inspection import inspect
from survey.home import Home
from survey.model import snapshots as encoding
from survey.model.snapshots import Snapshot
from survey.report import make
from survey.report.render import satisfaction
from survey.report_types import SATISFACTION
from survey.staff.store import audit
from tests.report import papers, worlds
from tests.world import answered
from tests.world.programmes import NOW

OPENS, CLOSED, PLANNED = date(2026, 11, 2), date(2026, 11, 29), date(2027, 2, 27)
UNITS = {"u0": 100, "u1": 100, "u2": 100}


def told(snapshot: Snapshot, language: str) -> str:
    """The words of a whole document."""
    found = satisfaction.document(snapshot, language=language, edition=papers.edition("internal"))
    words = re.sub(r"<[^>]+>", " ", found.html.replace("&shy;", ""))
    return " ".join(words.replace("\xa0", " ").split())


def ended(**days: object) -> Snapshot:
    """A report of a wave with these days."""
    snapshot = papers.snapshot()
    facts = {"opens_on": OPENS, "closes_on": PLANNED, "title": "Zufriedenheit, Herbst 2026"}
    return replace(snapshot, setting=replace(snapshot.setting, **{**facts, **days}))  # type: ignore[arg-type]


def test_a_wave_closed_early_is_dated_by_its_real_last_day() -> None:
    text = told(ended(closed_on=CLOSED), "de")
    assert "Zufriedenheitsbericht 2026" in text
    assert "Zufriedenheitsbericht 2027" not in text
    assert "2. November bis 29. November 2026 (geplant bis 27. Februar 2027)" in text
    assert "vom 2. November bis zum 29. November 2026" in text
    assert "bis zum 27. Februar 2027" not in text
    assert "vorzeitig beendet; angekündigt war der 27. Februar 2027" in text


def test_the_same_in_english() -> None:
    text = told(ended(closed_on=CLOSED), "en")
    assert "planned until 27 February 2027" in text
    assert "ended early" in text


def test_a_wave_closed_on_its_day_or_later_says_no_other_day() -> None:
    for day in (PLANNED, PLANNED + timedelta(days=3), None):
        text = told(ended(closed_on=day), "de")
        assert "Zufriedenheitsbericht 2027" in text
        assert "bis zum 27. Februar 2027" in text
        assert "vorzeitig" not in text
        assert "geplant bis" not in text


def test_a_prolonged_wave_says_what_letters_said() -> None:
    text = told(ended(prolonged_from=CLOSED), "de")
    assert "verlängert; in den Briefen stand der 29. November 2026" in text
    assert "bis zum 27. Februar 2027" in text


def test_the_title_stands_on_the_cover_and_an_older_report_has_none() -> None:
    assert "Zufriedenheit, Herbst 2026" in told(ended(), "de")
    old = ended(title="")
    assert encoding.read(encoding.text(old)).setting.name == old.setting.wave_id
    assert "Zufriedenheit, Herbst 2026" not in told(old, "de")


def test_a_report_frozen_before_waves_had_titles_can_still_be_read() -> None:
    stored = msgspec.json.decode(encoding.text(ended(closed_on=CLOSED)))
    for name in ("title", "closed_on", "prolonged_from"):
        del stored["setting"][name]
    setting = encoding.read(msgspec.json.encode(stored).decode()).setting
    assert (setting.name, setting.last_day) == (setting.wave_id, PLANNED)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A wave that was closed long before the day people were told."""
    made = answered.build(tmp_path / "house")
    days = (NOW.date() - timedelta(days=40), NOW.date() + timedelta(days=40))
    answered.wave(
        made,
        "a",
        2,
        answered.people(worlds.answered(answered.FORM, 150), list(UNITS)),
        days=days,
        invited=UNITS,
    )
    return made


def silent(_: str) -> None:
    pass


def test_a_report_frozen_while_texts_can_be_deleted_has_none_and_says_why(home: Home) -> None:
    frozen = make.freeze(home.services(), "a", SATISFACTION.name, silent)
    assert frozen.snapshot.redaction == "waiting"
    assert frozen.snapshot.setting.last_day == NOW.date()
    assert not any(each.texts for each in frozen.snapshot.comments)
    assert inspect(home.database)["free_text"].count > 0
    text = told(frozen.snapshot, "de")
    assert "Texte in eigenen Worten enthält dieser Bericht nicht" in text


def test_texts_that_came_too_late_for_the_report_are_deleted_unread(home: Home) -> None:
    services = home.services()
    make.freeze(services, "a", SATISFACTION.name, silent)
    over = replace(services, today=lambda: NOW.date() + timedelta(days=41))
    redaction.take_out_rest(over, actor="worker", at=NOW)
    assert inspect(home.database)["free_text"].count == 0
    assert inspect(home.database)["comment"].count == 0
    with home.database.read() as tx:
        assert [each.subject for each in audit.list_all(tx) if each.action == "texts-dropped"] == [
            "a"
        ]


def test_a_report_after_that_day_waits_for_nothing(home: Home) -> None:
    services = replace(home.services(), today=lambda: NOW.date() + timedelta(days=41))
    assert make.freeze(services, "a", SATISFACTION.name, silent).snapshot.redaction != "waiting"


def test_a_wave_closed_early_is_an_earlier_one_for_the_next(home: Home) -> None:
    """Its plan reaches over the next wave's first day, its answers do not."""
    make.freeze(home.services(), "a", SATISFACTION.name, silent)
    first = NOW.date() + timedelta(days=1)
    answered.wave(
        home,
        "b",
        3,
        answered.people(worlds.answered(answered.FORM, 140, seed=8), list(UNITS)),
        days=(first, first + timedelta(days=20)),
        invited=UNITS,
        closed=False,
    )
    wave_close.close(home.services(), "b", actor="test", at=NOW + timedelta(days=15))
    frozen = make.freeze(home.services(), "b", SATISFACTION.name, silent)
    assert [point.wave_id for point in frozen.snapshot.trend[0].points] == ["a", "b"]
