"""A wave before and after its plan: corrected, withdrawn, prolonged, closed early."""

import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from survey.actions import (
    drafts,
    erasure,
    kiosks,
    responses,
    titles,
    wave_changes,
    wave_close,
    waves,
)
from survey.actions.comments import redaction
from survey.actions.wave_changes import Correction
from survey.engine.inspection import inspect
from survey.errors import Refused, WaveNotReady
from survey.form import load
from survey.home import Home
from survey.linkage import codes
from survey.model.answers import Written
from survey.model.waves import Thresholds
from survey.staff.store import audit
from survey.store import waves as rows
from tests.actions.conftest import AT
from tests.actions.test_answering import enter
from tests.world import forms

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)


def wanted(**changes):
    facts = {"title": "", "opens_on": FIRST, "closes_on": LAST, "thresholds": Thresholds()}
    return Correction(**(facts | changes))


def found(home, wave_id="w1"):
    with home.database.read() as tx:
        return rows.find(tx, wave_id)


def entry(home, action):
    with home.database.read() as tx:
        return [json.loads(each.details) for each in audit.list_all(tx) if each.action == action]


@pytest.fixture
def planned(home: Home) -> Home:
    return home


def test_a_wave_without_a_title_gets_the_one_that_is_proposed(planned):
    assert found(planned).title == "Wie ist das Jobcenter für Sie, Herbst 2026"


@pytest.mark.parametrize(
    ("on", "season"),
    [
        (date(2027, 3, 1), "Frühjahr 2027"),
        (date(2026, 8, 31), "Sommer 2026"),
        (date(2026, 12, 1), "Winter 2026/27"),
        (date(2027, 2, 28), "Winter 2026/27"),
        (date(1999, 12, 1), "Winter 1999/00"),
    ],
)
def test_a_season_is_named_as_people_name_it(on, season):
    assert titles.season(on) == season


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("Frühjahr 2027", "fruehjahr-2027"),
        ("Zufriedenheit, Herbst 2026", "zufriedenheit-herbst-2026"),
        ("  Größe & Maß – École ", "groesse-mass-ecole"),
        ("Fru\u0308hjahr", "fruehjahr"),
        ("опрос", ""),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_a_short_name_is_made_of_what_was_typed(typed, short):
    assert titles.short(typed) == short


def test_a_planned_wave_can_be_corrected_and_the_audit_tells_what(planned):
    last = date(2026, 12, 4)
    form = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "full")
    change = wanted(title="Herbst", closes_on=last, thresholds=Thresholds(k=15), published=form)
    wave_changes.correct(planned.database, "w1", change, actor="dilan", at=AT)
    there = found(planned)
    assert (there.title, there.closes_on, there.thresholds.k) == ("Herbst", last, 15)
    assert there.form_version == form.version
    [told] = entry(planned, "wave-corrected")
    assert told["closes_on"] == "2026-11-30 > 2026-12-04"
    assert told["k"] == "10 > 15"
    assert told["title"].endswith("> Herbst")


def test_a_threshold_never_falls(planned):
    higher = wanted(thresholds=Thresholds(k=20))
    wave_changes.correct(planned.database, "w1", higher, actor="dilan", at=AT)
    with pytest.raises(Refused, match="only be raised"):
        wave_changes.correct(planned.database, "w1", wanted(), actor="dilan", at=AT)
    assert found(planned).thresholds.k == 20


@pytest.mark.parametrize("wrong", [wanted(), wanted(closes_on=FIRST - timedelta(days=1))])
def test_a_correction_that_changes_nothing_or_turns_the_days_is_refused(planned, wrong):
    with pytest.raises(Refused):
        wave_changes.correct(planned.database, "w1", wrong, actor="dilan", at=AT)


def test_once_people_are_invited_nothing_is_corrected_or_withdrawn(opened, home):
    with pytest.raises(WaveNotReady, match="invited"):
        wave_changes.correct(home.database, "w1", wanted(title="Herbst"), actor="dilan", at=AT)
    with pytest.raises(WaveNotReady, match="invited"):
        wave_changes.withdraw(home.database, "w1", because="zu spät", actor="dilan", at=AT)


def test_a_title_can_change_at_any_time(opened, home):
    wave_changes.rename(home.database, "w1", "Herbst im ganzen Haus", actor="dilan", at=AT)
    assert found(home).title == "Herbst im ganzen Haus"
    assert entry(home, "wave-renamed")[0]["new"] == "Herbst im ganzen Haus"


@pytest.mark.parametrize("title", ["x" * 101, "zwei\x00"])
def test_what_is_no_title_is_refused(planned, title):
    with pytest.raises(Refused, match="one line"):
        wave_changes.rename(planned.database, "w1", title, actor="dilan", at=AT)


def test_a_withdrawn_wave_keeps_its_reason_and_cannot_be_opened(planned):
    wave_changes.withdraw(
        planned.database, "w1", because=" Umzug  des Hauses ", actor="dilan", at=AT
    )
    gone = found(planned)
    assert (gone.state, gone.withdrawn_because) == ("withdrawn", "Umzug des Hauses")
    assert entry(planned, "wave-withdrawn") == [{"because": "Umzug des Hauses"}]
    with pytest.raises(WaveNotReady):
        waves.open_wave(planned.database, "w1", actor="dilan", at=AT)


@pytest.mark.parametrize("because", ["", "  ", "x" * 301])
def test_a_wave_is_withdrawn_for_a_reason(planned, because):
    with pytest.raises(Refused):
        wave_changes.withdraw(planned.database, "w1", because=because, actor="dilan", at=AT)
    assert found(planned).state == "planned"


@pytest.mark.parametrize("mode", ["kiosk", "code_list", "delivery"])
def test_a_form_is_not_planned_in_a_mode_it_is_not_asked_in(world, mode):
    with pytest.raises(Refused, match="not asked in this way"):
        world.plan("w9", 9, mode=mode)


def test_devices_of_a_withdrawn_wave_have_no_right_any_more(world, home):
    world.plan("k1", 101, forms.kiosk(), opens_on=FIRST, closes_on=LAST)
    token = kiosks.add(home.database, "entrance", "k1", "Eingang", actor="test", at=AT)
    assert kiosks.join(home.services(), token)
    wave_changes.withdraw(home.database, "k1", because="kein Gerät", actor="dilan", at=AT)
    assert kiosks.join(home.services(), token) is None


def test_a_prolonged_wave_takes_answers_until_its_new_last_day(opened, home, printed):
    after = replace(opened, today=lambda: date(2026, 12, 5))
    assert not drafts.enter(after, codes.digest(printed[0]), before=None, language="de")
    wave_changes.prolong(home.database, "w1", date(2026, 12, 7), actor="dilan", at=AT)
    assert drafts.enter(after, codes.digest(printed[0]), before=None, language="de")
    told = {"old": "2026-11-30", "new": "2026-12-07"}
    assert entry(home, "wave-prolonged") == [told]


@pytest.mark.parametrize("day", [LAST, FIRST, LAST + timedelta(weeks=12, days=1)])
def test_a_wave_is_prolonged_to_a_later_day_and_not_for_ever(opened, home, day):
    with pytest.raises(Refused, match="new last day"):
        wave_changes.prolong(home.database, "w1", day, actor="dilan", at=AT)
    assert found(home).closes_on == LAST


def test_twice_prolonged_is_reckoned_from_what_letters_say(opened, home):
    latest = LAST + timedelta(weeks=12)
    wave_changes.prolong(home.database, "w1", latest, actor="dilan", at=AT)
    with pytest.raises(Refused, match="new last day"):
        wave_changes.prolong(home.database, "w1", latest + timedelta(days=1), actor="dilan", at=AT)


def test_only_an_open_wave_is_prolonged(planned):
    with pytest.raises(WaveNotReady):
        wave_changes.prolong(planned.database, "w1", date(2026, 12, 7), actor="dilan", at=AT)


def write(services, code):
    session = enter(services, code)
    written = Written(text="Das Formular ist schwer.", quotable=True)
    drafts.keep(services, session, "g2", written, language="de")
    assert responses.submit(services, session) == "sent"


def test_a_text_can_be_deleted_until_the_day_told_although_the_wave_was_closed_early(
    opened, home, printed
):
    write(opened, printed[0])
    write(opened, printed[1])
    wave_close.close(home.services(), "w1", actor="dilan", at=AT, because="Umzug")
    assert redaction.open_texts(opened, "w1", actor="dilan", at=AT) == 0
    on_the_day = replace(opened, today=lambda: LAST)
    erasure.erase(on_the_day, codes.digest(printed[0]))
    redaction.take_out_rest(on_the_day, actor="worker", at=AT)
    assert inspect(home.database)["comment"].count == 0
    redaction.take_out_rest(
        replace(opened, today=lambda: LAST + timedelta(days=1)), actor="worker", at=AT
    )
    assert inspect(home.database)["comment"].count == 1
    assert inspect(home.database)["free_text"].count == 0


def test_closing_early_is_written_down_with_its_reason(opened, home):
    wave_close.close(home.services(), "w1", actor="dilan", at=AT, because="Umzug")
    assert entry(home, "wave-closed") == [{"because": "Umzug", "planned": "2026-11-30"}]
    assert found(home).last_day == AT.date()
