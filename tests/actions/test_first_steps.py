"""The first commands of a house, given by somebody in a hurry."""

import tomllib
from pathlib import Path
from typing import IO

import pytest
import tomli_w
from click.testing import CliRunner, Result

from survey.cli.main import main
from survey.linkage import keys
from tests import facts

BARRIERS = "barriere@musterstadt.example"
START = ("init", "--name", "Jobcenter", "--base-url", "https://umfrage.example")
INIT = (*START, "--barrier-address", BARRIERS)
WAVE = ("--programme", "p", "--number", "1", "--opens", "2027-03-01", "--closes", "2027-03-28")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *map(str, words)])


def _full(path: Path, *_: object, **__: object) -> IO[str]:
    """Opens like a full disk: the file comes into being, nothing can be put in."""
    path.touch()
    raise OSError(28, "No space left on device")


def described(home: Path, programme_id: str) -> Path:
    path = home / f"{len(programme_id)}.toml"
    said = facts.filled(run(home, "programme", "example").stdout)
    path.write_text(said.replace('"zufriedenheit"', f'"{programme_id}"'), "utf-8")
    return path


@pytest.mark.parametrize("wrong", [("--tenant", "Muster Stadt"), ("--base-url", "umfrage")])
def test_init_writes_nothing_when_a_value_cannot_be_used(home, wrong):
    said = run(home, *INIT, "--tenant", "musterstadt", *wrong)
    assert said.exit_code == 1
    assert wrong[0].strip("-").replace("-", "_") in said.output
    assert not home.exists()
    assert run(home, *INIT, "--tenant", "musterstadt").exit_code == 0


def test_init_goes_on_where_a_full_disk_stopped_it_and_never_begins_anew(home, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(keys.os, "fsync", full)
        said = run(home, *INIT, "--tenant", "musterstadt")
    assert said.exit_code == 1
    assert "No space left" in said.output
    assert run(home, *INIT, "--tenant", "musterstadt").exit_code == 0
    assert run(home, "keys", "fingerprint").exit_code == 0
    assert "is there already" in run(home, *INIT, "--tenant", "musterstadt").output


def signature_of(home):
    return home / "keys" / "server" / "house" / "signature"


def test_a_home_of_an_older_version_gets_the_key_that_signs_replies(home):
    run(home, *INIT, "--tenant", "musterstadt")
    run(home, "programme", "create", described(home, "p"))
    assert run(home, "migrate").output.count("signed from now on") == 0
    signature_of(home).unlink()
    said = run(home, "migrate").output
    told = run(home, "keys", "fingerprint", "--server").output.strip()
    assert f'server_fingerprint = "{told}"' in said
    assert told != run(home, "keys", "fingerprint").output.strip()
    assert f"Server's fingerprint: {told}" in run(home, "keys", "show").output


def test_no_key_is_made_where_those_of_the_programmes_are_not(home, tmp_path):
    """A folder that is not mounted must not look like one in which everything is new."""
    run(home, *INIT, "--tenant", "musterstadt")
    run(home, "programme", "create", described(home, "p"))
    (home / "keys" / "server").rename(tmp_path / "taken-away")
    said = run(home, "migrate")
    assert said.exit_code == 0
    assert "they are not here" in said.output
    assert not signature_of(home).exists()


@pytest.mark.parametrize("chosen", ["../outside", "Herbst 2027", "house", "", "ä"])
def test_ids_that_a_connector_would_not_read_are_not_let_in(home, chosen):
    run(home, *INIT, "--tenant", "musterstadt")
    before = sorted(home.rglob("keys/**/*"))
    said = run(home, "programme", "create", described(home, chosen))
    assert said.exit_code == 1
    assert "id" in said.output
    assert sorted(home.rglob("keys/**/*")) == before
    assert run(home, "programme", "create", described(home, "p")).exit_code == 0
    if chosen != "house":
        assert run(home, "wave", "create", chosen, *WAVE).exit_code == 1
        assert run(home, "wave", "list").output == ""


def test_no_programme_begins_before_a_barrier_can_be_reported_in_writing(home):
    run(home, *START, "--tenant", "musterstadt")
    said = run(home, "programme", "create", described(home, "p"))
    assert said.exit_code == 1
    assert "barrier_address" in said.output
    assert run(home, "programme", "list").output == ""


@pytest.mark.parametrize("field", ["purpose", "legal_basis"])
def test_a_text_in_an_unknown_language_is_refused_by_its_field(home, field):
    run(home, *INIT, "--tenant", "musterstadt")
    path = described(home, "p")
    facts = tomllib.loads(path.read_text("utf-8")) | {field: {"de": "Warum", "xx": "Why"}}
    path.write_text(tomli_w.dumps(facts), "utf-8")
    said = run(home, "programme", "create", path)
    assert said.exit_code == 1
    assert f"{field}.xx" in said.output


def test_a_wave_without_a_sample_says_that_it_needs_one(home):
    run(home, *INIT, "--tenant", "musterstadt")
    run(home, "programme", "create", described(home, "p"))
    run(home, "keys", "confirm", "p", "--yes")
    run(home, "wave", "create", "w1", *WAVE)
    assert "connector invite w1" in run(home, "wave", "open", "w1", "--yes").output


def test_a_port_that_does_not_exist_is_told(home):
    run(home, *INIT, "--tenant", "musterstadt")
    said = run(home, "serve", "--port", "99999")
    assert said.exit_code == 2
    assert "99999" in said.output


def test_a_full_disk_leaves_no_empty_settings(home, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", _full)
        said = run(home, *INIT, "--tenant", "musterstadt")
    assert "No space left" in said.output
    assert not list(home.iterdir())
    assert run(home, *INIT, "--tenant", "musterstadt").exit_code == 0
