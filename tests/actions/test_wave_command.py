"""`survey wave`: what a person at a terminal plans, corrects, withdraws, prolongs and closes."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from survey import clock
from survey.cli.main import main
from survey.engine.inspection import inspect
from survey.store import forms
from survey.store import waves as rows
from tests.world import answers, homes
from tests.world.programmes import NOW
from tests.world.waves import TITLE

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
def world(tmp_path):
    return homes.build(tmp_path, letters=40)


def run(world, *words):
    return CliRunner().invoke(main, ["--home", str(world.home.directory), "wave", *map(str, words)])


def done(world, *words):
    said = run(world, *words)
    assert said.exit_code == 0, said.output
    return said.output


def found(world, wave_id="w2"):
    with world.database.read() as tx:
        return rows.find(tx, wave_id)


def test_number_and_title_are_proposed(world):
    said = done(world, "create", "w2", *PLAN)
    wave = found(world)
    assert wave.number == 2
    assert wave.title.startswith("Wie ist das Jobcenter für Sie, ")
    assert repr(wave.title) in said
    assert "connector invite w2" in said


def test_a_wave_at_devices_names_the_right_next_step_and_counts_apart(world):
    said = done(world, "create", "k1", *PLAN, "--form", "kiosk")
    assert "connector" not in said
    assert "survey kiosk add DEVICE --wave k1" in said
    assert found(world, "k1").number == 101
    assert "am Gerät" in found(world, "k1").title


def test_a_short_name_that_cannot_be_one_is_refused_with_one_that_can(world):
    said = run(world, "create", "Frühjahr 2027", *PLAN)
    assert said.exit_code == 1
    assert "fruehjahr-2027" in said.output


def test_two_waves_are_not_called_the_same(world):
    said = run(world, "create", "w2", *PLAN, "--title", TITLE.upper())
    assert said.exit_code == 1
    assert "another wave has this title" in said.output


def test_what_is_not_given_to_a_correction_stays(world):
    done(world, "create", "w2", *PLAN, "--title", "Herbst")
    later = CLOSES + timedelta(days=7)
    said = done(world, "correct", "w2", "--closes", later, "--selection", "full", "--k", 15)
    wave = found(world)
    assert (wave.title, wave.opens_on, wave.closes_on) == ("Herbst", OPENS, later)
    assert (wave.thresholds.k, wave.thresholds.k_sensitive) == (15, 20)
    with world.database.read() as tx:
        assert '"selection":"full"' in forms.find(tx, wave.form_version).body
    assert said.count("w2") == 2


def test_a_wave_with_invitations_is_renamed_and_not_corrected(world):
    assert run(world, "correct", "w1", "--title", "Anders").exit_code == 1
    assert "Anders" in done(world, "rename", "w1", "Anders")
    assert found(world, "w1").title == "Anders"


def test_a_withdrawn_wave_stays_in_the_list_with_its_reason(world):
    done(world, "create", "w2", *PLAN)
    assert run(world, "withdraw", "w2", "--because", "Umzug").exit_code == 1
    assert found(world).state == "planned"
    done(world, "withdraw", "w2", "--because", "Umzug", "--yes")
    [listed] = [each for each in done(world, "list").splitlines() if each.startswith("w2 ")]
    assert "withdrawn: Umzug" in listed


def test_a_prolonged_wave_says_what_letters_say(world):
    first = found(world, "w1").closes_on
    later = first + timedelta(days=10)
    done(world, "prolong", "w1", later, "--yes")
    assert f"to {later} (letters say {first})" in done(world, "list")
    assert run(world, "prolong", "w1", first, "--yes").exit_code == 1
    assert found(world, "w1").closes_on == later


def test_closing_before_the_last_day_needs_a_reason(world):
    said = run(world, "close", "w1", "--yes")
    assert said.exit_code == 2
    assert "--because" in said.output
    assert found(world, "w1").state == "open"
    done(world, "close", "w1", "--yes", "--because", "Umzug")
    planned = found(world, "w1").closes_on
    assert f"to {clock.today()} (planned until {planned})" in done(world, "list")


@pytest.mark.parametrize("demo", [False, True])
def test_texts_wait_for_the_day_told_unless_everybody_is_invented(world, demo):
    answers.send(world.home.services(), world.code(), 2, "Das Formular ist schwer.")
    path = world.home.directory / "settings.toml"
    told = path.read_text("utf-8")
    path.write_text(told.replace("demo = true", f"demo = {str(demo).lower()}"), "utf-8")
    said = done(world, "close", "w1", "--yes", "--because", "Umzug")
    assert ("they can delete texts" in said) == (not demo)
    assert ("texts go to the comments at once" in said) == demo
    rows_of = inspect(world.database)
    assert (rows_of["free_text"].count > 0, rows_of["comment"].count) == (not demo, int(demo))


def test_a_wave_at_devices_speaks_of_no_letters_and_no_texts(world):
    today = ("--opens", TODAY.isoformat(), "--closes", CLOSES.isoformat())
    done(world, "create", "k1", *PLAN[:2], *today, "--form", "kiosk")
    done(world, "open", "k1", "--yes")
    later = CLOSES + timedelta(days=10)
    said = done(world, "prolong", "k1", later, "--yes") + done(world, "list")
    assert f"First told was {CLOSES}" in said
    assert f"(first told {CLOSES})" in said
    said += done(world, "close", "k1", "--yes", "--because", "Umzug")
    assert "etters" not in said.replace("by letter", "")
    assert "texts" not in said
