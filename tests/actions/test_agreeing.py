"""Nothing that cannot be undone is done without a person's word, here or by --yes."""

import sqlite3
from datetime import timedelta

import pytest
import tomli_w
from click.testing import CliRunner
from msgspec.structs import replace

from survey import clock
from survey.actions import backups, wave_close, waves
from survey.cli.main import main
from survey.linkage import keys
from survey.store import kiosks
from survey.store import waves as stored
from tests.terminal import Terminal
from tests.world import forms, homes, programmes
from tests.world.programmes import NOW, PROGRAMME

OTHER = "w2"


@pytest.fixture
def world(tmp_path):
    """A house with an open wave, a planned one that asks the same questions, and a kiosk."""
    world = homes.build(tmp_path / "home")
    with world.database.read() as tx:
        open_wave = stored.find(tx, "w1")
    planned = replace(
        open_wave, wave_id=OTHER, number=2, state="planned", print_destroyed=False, title="Zweite"
    )
    waves.create(world.database, planned, forms.satisfaction(), actor="test", at=NOW)
    yield world
    world.database.close()


@pytest.fixture
def backup(world):
    file = world.home.directory.parent / "backup.db"
    backups.write(world.home, file, actor="test", at=NOW)
    return file


@pytest.fixture
def other_keys(world):
    """The file of a connector that calls itself by the name of the trusted one."""
    folder = world.home.directory / "stranger"
    keys.create(folder, keys.CONNECTOR)
    told = {
        "connector_id": "haus",
        "signature_key": keys.signing_pair(folder).public.hex(),
        "exchange_key": keys.sealing_pair(folder).public.hex(),
    }
    file = world.home.directory / "public-keys.toml"
    file.write_text(tomli_w.dumps(told))
    return file


def run(world, *words, runner=CliRunner, **options):
    return runner().invoke(main, ["--home", str(world.home.directory), *map(str, words)], **options)


# Its last day is not over.
EARLY = ("--because", "Umzug des Hauses")


def content(world):
    connection = sqlite3.connect(world.home.directory / "survey.db")
    rows = "\n".join(connection.iterdump())
    connection.close()
    return rows


def refused_without_a_terminal(world, *words, **options):
    """That the command changes nothing and says how a person agrees elsewhere; what it said."""
    before = content(world)
    said = run(world, *words, **options)
    assert said.exit_code == 1, said.output
    assert "no terminal" in said.output
    assert "--yes" in said.output
    assert content(world) == before
    return said.output


def test_closing_a_wave_is_asked_even_after_its_last_day(world):
    refused_without_a_terminal(world, "wave", "close", "w1", *EARLY)
    said = run(world, "wave", "close", "w1", *EARLY, runner=Terminal, input="n\n")
    assert said.exit_code == 1
    assert "People were told" in said.output
    with world.database.read() as tx:
        assert stored.find(tx, "w1").state == "open"
    assert run(world, "wave", "close", "w1", *EARLY, runner=Terminal, input="y\n").exit_code == 0


def test_a_person_who_only_presses_return_has_not_agreed(world):
    said = run(world, "wave", "close", "w1", *EARLY, runner=Terminal, input="\n")
    assert said.exit_code == 1
    assert "Not agreed: nothing was changed." in said.output


def test_opening_a_wave_is_asked(world):
    with world.database.write() as tx:
        stored.move(tx, OTHER, old="planned", new="sampled")
        stored.note_print_destroyed(tx, OTHER)
    assert OTHER in refused_without_a_terminal(world, "wave", "open", OTHER)


def test_what_is_missing_for_opening_a_wave_is_told_before_anything_is_asked(world):
    said = run(world, "wave", "open", OTHER, runner=Terminal, input="y\n")
    assert said.exit_code == 1
    assert f"connector invite {OTHER}" in said.output
    assert "Open it?" not in said.output


def test_withdrawing_a_form_names_every_wave_that_asks_it_first(world):
    said = refused_without_a_terminal(world, "wave", "withdraw-form", OTHER)
    assert "w1" in said
    assert "w1  zufriedenheit 1  open" in said
    assert f"{OTHER}  zufriedenheit 2  planned" in said


def test_restoring_names_first_every_wave_that_will_stand_otherwise(world, backup):
    wave_close.close(world.home.services(), "w1", actor="test", at=NOW)
    world.database.close()
    said = refused_without_a_terminal(world, "restore", backup)
    assert "Wave w1: closed until now, open afterwards." in said
    assert f"Wave {OTHER}:" not in said
    assert not list(world.home.directory.glob("*restoring*"))
    assert run(world, "restore", backup, "--yes").exit_code == 0


def test_doing_deletions_again_is_asked(world):
    refused_without_a_terminal(world, "restore", "--replay")


def test_erasing_at_the_counter_is_asked_before_the_code_is_typed(world):
    refused_without_a_terminal(world, "erase", input=f"{world.code()}\n")
    said = run(world, "erase", runner=Terminal, input=f"y\n{world.code()}\n")
    assert said.exit_code == 0, said.output


def test_ending_a_programme_is_not_done_by_an_id_from_a_pipe(world):
    wave_close.close(world.home.services(), "w1", actor="test", at=NOW)
    words = ("programme", "end", "zufriedenheit")
    said = refused_without_a_terminal(world, *words, input="zufriedenheit\n")
    assert "w1" in said
    assert OTHER in said
    assert "--yes-destroy zufriedenheit" in said
    assert run(world, *words, runner=Terminal, input="zufriedenheit\n").exit_code == 0


def test_confirming_the_key_ceremony_names_what_it_lets_open(world):
    facts = replace(PROGRAMME, programme_id="anderes")
    file = world.home.directory / "other.toml"
    file.write_text(tomli_w.dumps(programmes.written(facts)), "utf-8")
    assert run(world, "programme", "create", file).exit_code == 0
    days = ("--opens", "2027-03-01", "--closes", "2027-03-28")
    run(world, "wave", "create", "w9", "--programme", "anderes", "--number", 1, *days)
    assert "Wave w9" in refused_without_a_terminal(world, "keys", "confirm", "anderes")
    assert run(world, "keys", "confirm", "anderes", "--yes").exit_code == 0


def test_confirming_what_was_confirmed_asks_nothing(world):
    said = run(world, "keys", "confirm", "zufriedenheit")
    assert said.exit_code == 0
    assert "was confirmed" in said.output


def test_other_keys_of_a_trusted_connector_are_taken_only_on_a_word(world, other_keys):
    said = refused_without_a_terminal(world, "keys", "trust", other_keys)
    assert "concerns wave w1, open" in said
    assert run(world, "keys", "trust", other_keys, "--yes").exit_code == 0
    assert run(world, "keys", "trust", other_keys).exit_code == 0


def test_revoking_a_kiosk_is_asked_and_names_its_wave(world):
    days = ("--opens", clock.today(), "--closes", clock.today() + timedelta(days=9))
    words = ("--programme", "zufriedenheit", "--number", 3, "--form", "kiosk")
    run(world, "wave", "create", "k1", *words, *days)
    run(world, "kiosk", "add", "tablet", "--wave", "k1", "--place", "Eingang")
    assert "Eingang, asks for wave k1" in refused_without_a_terminal(
        world, "kiosk", "revoke", "tablet"
    )
    assert run(world, "kiosk", "revoke", "tablet", "--yes").exit_code == 0
    with world.database.read() as tx:
        assert kiosks.list_all(tx)[0].revoked_on is not None


def test_a_first_report_is_asked_and_a_second_is_not(world, tmp_path):
    wave_close.close(world.home.services(), "w1", actor="test", at=NOW)
    words = ("report", "satisfaction", "--wave", "w1", "--out", tmp_path / "report.pdf")
    assert "w1" in refused_without_a_terminal(world, *words)
    assert not (tmp_path / "report.pdf").exists()


def test_migrations_of_a_database_that_is_in_use_are_named_and_asked(world):
    connection = sqlite3.connect(world.home.directory / "survey.db")
    connection.execute("DELETE FROM migration WHERE number > 1")
    connection.commit()
    connection.close()
    said = refused_without_a_terminal(world, "migrate")
    assert "002" in said
