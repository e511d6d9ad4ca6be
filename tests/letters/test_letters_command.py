from pathlib import Path

import msgspec
import pytest
import tomli_w
from click.testing import CliRunner, Result

from connector.cli.main import main
from connector.imports import mapping
from tests.letters.letter_house import PEOPLE, RUN, WAVE, House, expected_codes
from tests.terminal import Terminal

MAPPING = str(mapping.SHIPPED / "fallmanagement.toml")


def call(house: House, *words: str, runner: type[CliRunner] = CliRunner, typed: str = "") -> Result:
    # Nobody listens on port 9 (discard): the survey server is away.
    settings = msgspec.structs.replace(house.home.settings, server_url="http://127.0.0.1:9")
    told = tomli_w.dumps(msgspec.to_builtins(settings))
    (house.home.directory / "settings.toml").write_text(told)
    home = ["--home", str(house.home.directory)]
    return runner().invoke(main, [*home, "letters", *words], input=typed)


def printing(house: House, **changed: Path) -> Result:
    out = changed.get("out", house.out())
    source = changed.get("source", house.export)
    return call(house, WAVE, "--source", str(source), "--mapping", MAPPING, "--out", str(out))


def test_printing_says_how_many_letters_and_what_to_do_next_but_no_name(house: House):
    result = printing(house)
    assert result.exit_code == 0, result.output
    assert f"{len(PEOPLE)} Einladungen" in result.output
    assert "--finish" in result.output
    for word in ("Amira", "FM-1", *expected_codes(house)):
        assert word not in result.output


def test_finishing_while_the_server_is_away_keeps_the_word_for_later(house: House):
    printing(house)
    result = call(house, WAVE, "--finish", "--yes")
    assert result.exit_code == 1
    assert "outbox" in result.output
    assert not (house.home.print_keys / RUN).exists()
    assert not house.out().exists()
    again = printing(house)
    assert again.exit_code == 1
    assert "abgeschlossen" in again.output


def test_the_end_of_printing_names_the_files_and_wants_a_persons_word(house: House):
    printing(house)
    asked = call(house, WAVE, "--finish")
    assert asked.exit_code == 1
    assert f"Gelöscht wird: {house.out()}" in asked.output
    assert "--yes" in asked.output
    declined = call(house, WAVE, "--finish", runner=Terminal, typed="n\n")
    assert "[j/N]" in declined.output
    assert "Nicht zugestimmt" in declined.output
    assert house.out().exists()
    assert (house.home.print_keys / RUN).exists()
    call(house, WAVE, "--finish", runner=Terminal, typed="j\n")
    assert not (house.home.print_keys / RUN).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((WAVE,), "--source, --mapping and --out"),
        (("wave-9", "--finish", "--yes"), "wave-9"),
        (
            (WAVE, "--source", "nowhere.csv", "--mapping", MAPPING, "--out", "letters.pdf"),
            "F-DA-010",
        ),
        (
            (WAVE, "--source", "nowhere.csv", "--mapping", "nowhere.toml", "--out", "letters.pdf"),
            "nowhere.toml",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    house: House, words: tuple[str, ...], said: str
):
    result = call(house, *words)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_mapping_without_an_address_is_told(house: House):
    text = Path(MAPPING).read_text("utf-8").replace('"Straße" = "street"', "")
    bare = house.home.directory / "bare.toml"
    bare.write_text(text, "utf-8")
    result = call(
        house,
        WAVE,
        "--source",
        str(house.export),
        "--mapping",
        str(bare),
        "--out",
        str(house.out()),
    )
    assert result.exit_code == 1
    assert "street (Straße)" in result.output
