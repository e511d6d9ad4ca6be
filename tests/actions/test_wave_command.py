"""`survey wave`: what a person at a terminal plans, corrects, withdraws, prolongs and closes."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from survey import clock
from survey.actions import house
from survey.cli.main import main
from survey.engine.inspection import inspect
from survey.store import forms
from survey.store import waves as rows
from tests.web import houses, work_pages
from tests.web.houses import NOW, TITLE

TODAY = NOW.date()
OPENS, CLOSES = TODAY + timedelta(days=40), TODAY + timedelta(days=60)
PLAN = (
    "--programme",
    "zufriedenheit",
    "--opens",
    OPENS.isoformat(),
    "--closes",
    CLOSES.isoformat(),
)


@pytest.fixture
def street(tmp_path):
    return houses.build(tmp_path, letters=40)


def run(street, *words):
    return CliRunner().invoke(main, ["--home", str(street.here.home), "wave", *map(str, words)])


def done(street, *words):
    said = run(street, *words)
    assert said.exit_code == 0, said.output
    return said.output


def found(street, wave_id="w2"):
    with street.here.database.read() as tx:
        return rows.find(tx, wave_id)


def test_number_and_title_are_proposed(street):
    said = done(street, "create", "w2", *PLAN)
    wave = found(street)
    assert wave.number == 2
    assert wave.title.startswith("Wie ist das Jobcenter für Sie, ")
    assert repr(wave.title) in said
    assert "connector invite w2" in said


def test_a_wave_at_devices_names_the_right_next_step_and_counts_apart(street):
    said = done(street, "create", "k1", *PLAN, "--form", "kiosk")
    assert "connector" not in said
    assert "survey kiosk add DEVICE --wave k1" in said
    assert found(street, "k1").number == 101
    assert "am Gerät" in found(street, "k1").title


def test_a_short_name_that_cannot_be_one_is_refused_with_one_that_can(street):
    said = run(street, "create", "Frühjahr 2027", *PLAN)
    assert said.exit_code == 1
    assert "fruehjahr-2027" in said.output


def test_two_waves_are_not_called_the_same(street):
    said = run(street, "create", "w2", *PLAN, "--title", TITLE.upper())
    assert said.exit_code == 1
    assert "another wave has this title" in said.output


def test_what_is_not_given_to_a_correction_stays(street):
    done(street, "create", "w2", *PLAN, "--title", "Herbst")
    later = CLOSES + timedelta(days=7)
    said = done(street, "correct", "w2", "--closes", later, "--selection", "full", "--k", 15)
    wave = found(street)
    assert (wave.title, wave.opens_on, wave.closes_on) == ("Herbst", OPENS, later)
    assert (wave.thresholds.k, wave.thresholds.k_sensitive) == (15, 20)
    with street.here.database.read() as tx:
        assert '"selection":"full"' in forms.find(tx, wave.form_version).body
    assert said.count("w2") == 2


def test_a_wave_with_invitations_is_renamed_and_not_corrected(street):
    assert run(street, "correct", "w1", "--title", "Anders").exit_code == 1
    assert "Anders" in done(street, "rename", "w1", "Anders")
    assert found(street, "w1").title == "Anders"


def test_a_withdrawn_wave_stays_in_the_list_with_its_reason(street):
    done(street, "create", "w2", *PLAN)
    assert run(street, "withdraw", "w2", "--because", "Umzug").exit_code == 1
    assert found(street).state == "planned"
    done(street, "withdraw", "w2", "--because", "Umzug", "--yes")
    [listed] = [each for each in done(street, "list").splitlines() if each.startswith("w2 ")]
    assert "withdrawn: Umzug" in listed


def test_a_prolonged_wave_says_what_letters_say(street):
    first = found(street, "w1").closes_on
    later = first + timedelta(days=10)
    done(street, "prolong", "w1", later, "--yes")
    assert f"to {later} (letters say {first})" in done(street, "list")
    assert run(street, "prolong", "w1", first, "--yes").exit_code == 1
    assert found(street, "w1").closes_on == later


def test_closing_before_the_last_day_needs_a_reason(street):
    said = run(street, "close", "w1", "--yes")
    assert said.exit_code == 2
    assert "--because" in said.output
    assert found(street, "w1").state == "open"
    done(street, "close", "w1", "--yes", "--because", "Umzug")
    planned = found(street, "w1").closes_on
    assert f"to {clock.today()} (planned until {planned})" in done(street, "list")


@pytest.mark.parametrize("demo", [False, True])
def test_texts_wait_for_the_day_told_unless_everybody_is_invented(street, demo):
    work_pages.answer(house.desk(street.here), street.code(), 2, "Das Formular ist schwer.")
    path = street.here.home / "settings.toml"
    told = path.read_text("utf-8")
    path.write_text(told.replace("demo = true", f"demo = {str(demo).lower()}"), "utf-8")
    said = done(street, "close", "w1", "--yes", "--because", "Umzug")
    assert ("they can delete texts" in said) == (not demo)
    assert ("texts go to the comments at once" in said) == demo
    rows_of = inspect(street.here.database)
    assert (rows_of["free_text"].count > 0, rows_of["remark"].count) == (not demo, int(demo))


def test_a_wave_at_devices_speaks_of_no_letters_and_no_texts(street):
    today = ("--opens", TODAY.isoformat(), "--closes", CLOSES.isoformat())
    done(street, "create", "k1", *PLAN[:2], *today, "--form", "kiosk")
    done(street, "open", "k1", "--yes")
    later = CLOSES + timedelta(days=10)
    said = done(street, "prolong", "k1", later, "--yes") + done(street, "list")
    assert f"First told was {CLOSES}" in said
    assert f"(first told {CLOSES})" in said
    said += done(street, "close", "k1", "--yes", "--because", "Umzug")
    assert "etters" not in said.replace("by letter", "")
    assert "texts" not in said
