"""Homes, settings and keys."""

import stat

import pytest
from click.testing import CliRunner

from connector import settings as homes
from connector.cli.main import main
from connector.imports import mapping as mappings
from connector.state import database
from survey.errors import DatabaseNewer, SettingsError
from survey.linkage import keys
from tests.connector import export_maker


def test_init_says_what_each_key_is_for_and_changes_nothing_the_second_time(run, home):
    before = {path: path.read_bytes() for path in home.keys.rglob("*") if path.is_file()}
    said = run("init", "--tenant", "other").output
    assert {path: path.read_bytes() for path in before} == before
    assert homes.read(home.directory).settings.tenant == "musterstadt"
    for name, purpose in keys.CONNECTOR.items():
        assert name in said
        assert purpose in said
    assert "backup" in said
    assert stat.S_IMODE((home.keys / "index").stat().st_mode) == 0o600


def test_the_file_for_the_server_holds_public_keys_only(run, home):
    told = (home.directory / "public-keys.toml").read_text("utf-8")
    assert keys.signing_pair(home.keys).public.hex() in told
    for name in keys.CONNECTOR:
        assert (home.keys / name).read_text().strip() not in told


def test_every_setting_is_listed_with_value_source_and_meaning(run, home, monkeypatch, tmp_path):
    secret = tmp_path / "name"
    secret.write_text("Beratungsstelle\n")
    monkeypatch.setenv("CONNECTOR_PERIOD_DAYS", "90")
    monkeypatch.setenv("CONNECTOR_HELP_NAME_FILE", str(secret))
    said = run("settings").output
    for name in homes.Settings.__struct_fields__:
        assert f"{name} = " in said
    assert "period_days = 90" in said
    assert "from: CONNECTOR_PERIOD_DAYS" in said
    assert "help_name = Beratungsstelle" in said


def test_a_setting_that_is_still_to_be_filled_in_is_refused_by_its_name(home, monkeypatch):
    monkeypatch.setenv("CONNECTOR_HELP_PHONE", "<Telefonnummer>")
    with pytest.raises(SettingsError, match="help_phone"):
        homes.read(home.directory)
    monkeypatch.setenv("CONNECTOR_HELP_PHONE", "0800 000 00 00")
    assert homes.read(home.directory).letter.help.phone == "0800 000 00 00"


def test_missing_keys_are_shown_and_made_only_when_asked(run, home):
    (home.keys / "case").unlink()
    assert "MISSING" in run("keys").output
    assert not (home.keys / "case").exists()
    assert "case (new)" in run("keys", "--create").output


def test_keys_that_cases_were_taken_in_with_are_never_made_anew(run, home, take, tmp_path):
    take(export_maker.make(1).write(tmp_path))
    (home.keys / "index").unlink()
    result = run("keys", "--create")
    assert result.exit_code == 1
    assert "put them back from the safe" in result.output
    assert not (home.keys / "index").exists()


def test_a_home_without_settings_or_with_an_unknown_one_is_told(run, home, tmp_path):
    assert run("settings").exit_code == 0
    path = home.directory / "settings.toml"
    path.write_text(path.read_text() + 'colour = "red"\n')
    assert "colour" in run("settings").output
    path.unlink()
    assert run("import", path, "--mapping", path).exit_code == 2


def test_a_database_of_a_newer_version_is_refused(home):
    opened = database.opened(home.database, tenant="musterstadt")
    with opened.write() as tx:
        tx.run("INSERT INTO migration (tenant, number, name) VALUES (:tenant, 999, 'later')")
    opened.close()
    with pytest.raises(DatabaseNewer):
        database.opened(home.database, tenant="musterstadt")


def test_a_lost_database_is_told_and_no_empty_one_put_in_its_place(run, home):
    home.database.unlink()
    result = run("import", "x.csv", "--mapping", mappings.SHIPPED / "fallmanagement.toml")
    assert result.exit_code == 2
    assert "restore it" in result.output
    assert not home.database.exists()


def test_an_emptied_database_is_told_and_not_begun_anew(run, home):
    home.database.write_bytes(b"")
    result = run("import", "x.csv", "--mapping", mappings.SHIPPED / "fallmanagement.toml")
    assert result.exit_code == 2
    assert "is empty" in result.output
    assert home.database.stat().st_size == 0


def test_init_writes_nothing_when_a_value_cannot_be_used(run, tmp_path):
    said = run("init", "--tenant", "Muster Stadt")
    assert said.exit_code == 1
    assert "tenant" in said.output
    assert not (tmp_path / "home").exists()
    assert run("init", "--tenant", "musterstadt").exit_code == 0


def test_a_home_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    home = str(tmp_path / "file" / "home")
    said = CliRunner().invoke(main, ["--home", home, "init", "--tenant", "musterstadt"])
    assert said.exit_code == 1
    assert said.output.startswith("Error: system: ")


def test_a_setting_that_cannot_be_used_is_told_with_its_source(run, home, monkeypatch):
    monkeypatch.setenv("CONNECTOR_PERIOD_DAYS", "many")
    said = run("settings").output
    assert "source: CONNECTOR_PERIOD_DAYS" in said
    assert "Nobody is invited twice" in said


def test_the_help_of_every_command_is_there(run):
    said = run("--help").output
    for name in (
        "init",
        "settings",
        "keys",
        "import",
        "invite",
        "push",
        "letters",
        "pull",
        "account",
        "serve",
    ):
        assert name in said
        assert run(name, "--help").exit_code == 0
