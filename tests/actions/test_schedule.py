from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey.actions import jobs, schedule
from tests import databases

ZONE = ZoneInfo("Europe/Berlin")


def at(day, hour=9):
    return datetime(*map(int, day.split("-")), hour, tzinfo=ZONE)


# Everything on both engines.
database = databases.database


def test_on_a_monday_the_week_that_ended_is_counted_and_the_new_slot_is_handed_on():
    wanted = schedule.due(at("2026-11-23"))
    assert ("fieldwork", "2026-W47") in wanted
    assert ("releases", "2026-W48") in wanted


def test_on_a_sunday_the_week_that_is_not_over_is_not_counted():
    assert ("fieldwork", "2026-W46") in schedule.due(at("2026-11-22"))
    assert ("releases", "2026-W47") in schedule.due(at("2026-11-22"))


def test_weeks_at_the_turn_of_the_year_have_their_iso_numbers():
    assert ("fieldwork", "2026-W52") in schedule.due(at("2026-12-31"))
    assert ("releases", "2026-W53") in schedule.due(at("2027-01-03"))
    assert ("fieldwork", "2026-W53") in schedule.due(at("2027-01-04"))


def test_rewriting_waits_for_the_night_and_happens_once_a_day():
    assert not any(kind == "rewrite" for kind, _ in schedule.due(at("2026-11-23", 1)))
    assert ("rewrite", "2026-11-23") in schedule.due(at("2026-11-23", 2))


def test_what_is_due_is_asked_for_once_however_often_one_looks(database):
    assert len(schedule.ask(database, at("2026-11-23"))) == 4
    assert schedule.ask(database, at("2026-11-23", 10)) == []
    again = schedule.ask(database, at("2026-11-24"))
    assert sorted(again) == [("retention", "2026-11-24"), ("rewrite", "2026-11-24")]


def test_a_week_in_which_nobody_worked_is_made_up_for(database):
    schedule.ask(database, at("2026-11-02"))
    later = schedule.ask(database, at("2026-11-26"))
    assert ("fieldwork", "2026-W47") in later
    assert date.fromisocalendar(2026, 48, 1) < date(2026, 11, 26)


def test_what_failed_is_tried_again_the_next_day_and_not_before(database):
    monday = at("2026-11-23")
    schedule.ask(database, monday)
    while (job := jobs.claim(database, at=monday)) is not None:
        if job.kind == "releases":
            jobs.fail(database, job, "key-missing", at=monday)
        else:
            jobs.finish(database, job, at=monday)
    assert schedule.ask(database, at("2026-11-23", 20)) == []
    assert ("releases", "2026-W48") in schedule.ask(database, at("2026-11-24"))
    assert schedule.ask(database, at("2026-11-24", 20)) == []
    kinds = set()
    while (job := jobs.claim(database, at=at("2026-11-24"))) is not None:
        kinds.add(job.kind)
    assert kinds == {"releases", "retention", "rewrite"}
