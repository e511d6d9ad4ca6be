"""What an example leaves open never reaches the people who are asked."""

import msgspec
import pytest
import tomli_w
from click.testing import CliRunner

from survey import placeholders
from survey.actions import titles
from survey.cli.main import main
from survey.errors import Refused
from tests import facts

INIT = (
    "init", "--tenant", "musterstadt", "--name", "Jobcenter Musterstadt",
    "--base-url", "https://umfrage.example", "--barrier-address", "barriere@musterstadt.example",
)  # fmt: skip
OPEN = {"operator.name", "key_holder.name", "help.name", "help.phone", "complaint"} | {
    "privacy_officer"
}


@pytest.fixture
def home(tmp_path):
    assert run(tmp_path / "home", *INIT).exit_code == 0
    return tmp_path / "home"


def run(home, *words):
    return CliRunner().invoke(main, ["--home", str(home), *map(str, words)])


def create(home, text):
    file = home / "programme.toml"
    file.write_text(text, "utf-8")
    return run(home, "programme", "create", file)


def example(home):
    return run(home, "programme", "example").stdout


def test_the_example_as_it_is_printed_is_refused_by_every_open_field(home):
    said = create(home, example(home))
    assert said.exit_code == 1
    missing = said.output.split("missing: ")[1].splitlines()[0]
    assert set(missing.split(", ")) == OPEN
    assert not (home / "keys" / "server" / "zufriedenheit").exists()


def test_the_filled_example_is_taken(home):
    assert create(home, facts.filled(example(home))).exit_code == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("controller", "<Jobcenter>"),
        ("complaint", "Beschwerdestelle mit Anschrift"),
        ("privacy_officer", "bitte eintragen"),
        ("legal_basis", "TODO"),
        ("purpose", {"de": "Wir fragen.", "ar": "<...>"}),
        ("purpose", {"en": "We ask."}),
        ("operator", {"name": "…"}),
        ("operator", {"name": "Rechenzentrum, das den Server betreibt"}),
        ("help", {"name": "Beratungsstelle", "phone": "0800 1"}),
        ("help", {"name": "N.N.", "phone": facts.PHONE}),
        ("help", {"name": "Beratungsstelle", "phone": facts.PHONE, "hours": {"de": "XXX"}}),
    ],
)
def test_one_open_field_is_enough_and_is_named(home, field, value):
    told = msgspec.toml.decode(facts.filled(example(home)))
    said = create(home, tomli_w.dumps(told | {field: value}))
    assert said.exit_code == 1
    assert field in said.output.split("missing: ")[1].splitlines()[0]


def test_a_body_called_like_the_jobcenter_is_not_said_to_be_another(home):
    told = msgspec.toml.decode(facts.filled(example(home)))
    own = told | {"operator": {"name": "IT des Jobcenters Musterstadt"}}
    said = create(home, tomli_w.dumps(own))
    assert said.exit_code == 1
    assert "operator.is_jobcenter" in said.output
    own["operator"]["is_jobcenter"] = True
    assert create(home, tomli_w.dumps(own)).exit_code == 0


def test_settings_that_are_still_to_be_filled_in_are_refused_by_name(home, monkeypatch):
    monkeypatch.setenv("SURVEY_ENFORCEMENT_BODY", "<Schlichtungsstelle>")
    said = run(home, "wave", "list")
    assert said.exit_code == 1
    assert "enforcement_body" in said.output


def test_init_takes_no_name_that_is_still_to_be_filled_in(tmp_path):
    words = [("<Name>" if word == "Jobcenter Musterstadt" else word) for word in INIT]
    said = run(tmp_path / "other", *words)
    assert said.exit_code == 1
    assert "name" in said.output
    assert not (tmp_path / "other").exists()


def test_a_title_that_is_still_to_be_filled_in_is_refused():
    with pytest.raises(Refused, match="title"):
        titles.refuse_unusable("<Titel>")


@pytest.mark.parametrize(
    "text",
    [
        "Datenschutz, Lindenplatz 2",
        "§ 67c Abs. 4 SGB X, Art. 6 Abs. 1 Buchst. e DSGVO",
        "Was läuft gut ... und was nicht?",
        "Montag bis Freitag, 9 < 16 Uhr",
        "Haus 3 (Eingang B)",
    ],
)
def test_what_is_filled_in_is_not_taken_for_open(text):
    assert not placeholders.remains(text)


@pytest.mark.parametrize(
    ("url", "nowhere"),
    [
        ("https://umfrage.example", True),
        ("https://www.example.org/umfrage", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://localhost", True),
        ("umfrage", True),
        ("https://umfrage.musterstadt.test", False),
        ("https://example.musterstadt.test", False),
    ],
)
def test_addresses_that_lead_nowhere_are_known(url, nowhere):
    assert placeholders.is_nowhere(url) == nowhere
