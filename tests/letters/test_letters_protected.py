"""No letter goes to anybody whom an import of the same file would exclude."""

import subprocess
from collections.abc import Mapping

import pytest

from connector.errors import FileRefused
from connector.imports import mapping, pseudonyms, run
from connector.imports.outcome import ImportRequest
from connector.imports.questions import Agreed
from connector.letters import print_run
from connector.letters.print_run import FORBIDDEN
from survey import settings as settings_file
from tests.letters.letter_house import CASE, HEADER, PEOPLE, TODAY, WAVE, House, wish
from tests.letters.test_letters_print import texts
from tests.terminal import CONNECTOR, screen

BLOCKED = CASE.removesuffix("N") + "J"


def later(house: House, rows: Mapping[str, str], *, header: str = HEADER):
    """The export as it is some days after the import; rows with everything behind the address."""
    path = house.home.directory / "later.csv"
    path.write_text("\r\n".join([header, *rows.values()]) + "\r\n", encoding="cp1252")
    return path


def rows(**changed: str) -> dict[str, str]:
    return {case: f"{row};{CASE}" for case, row in PEOPLE.items()} | changed


def printed(house: House, source) -> print_run.Printed:
    return print_run.write(
        house.state, house.home, wish(house, source=source, reminders=None, leave_out=True)
    )


def imported(house: House, source) -> None:
    asked = ImportRequest(
        source=house.loaded.mapping.source(source),
        loaded=house.loaded,
        as_of=TODAY,
        today=TODAY,
        agreed=Agreed(changes=True, older=True),
    )
    outcome = run.take(house.state, pseudonyms.read_keys(house.home.keys), asked)
    assert outcome.status < 2, outcome.found


OTHER_CASE = "FM-9;C2;Probe;Emil;01.02.1990;Herr;Am Testberg 3;12345;Musterstadt;deu"
EXCLUDING = {
    "a block": {"FM-2": f"{PEOPLE['FM-2']};{BLOCKED}"},
    "a block that is an error value": {"FM-2": f"{PEOPLE['FM-2']};{BLOCKED.removesuffix('J')}#NV"},
    "a block in another case of hers": {"FM-9": f"{OTHER_CASE};{BLOCKED}"},
    "a block in another case, her number spelt otherwise": {
        "FM-9": f"{OTHER_CASE.replace('C2', 'c 2')};{BLOCKED}"
    },
    "a day of birth that cannot be read": {
        "FM-2": f"{PEOPLE['FM-2'].replace('01.02.1990', '######')};{CASE}"
    },
    "under fifteen": {"FM-2": f"{PEOPLE['FM-2'].replace('1990', '2015')};{CASE}"},
    "a block on a row that is wrong otherwise": {
        "FM-2": f"{PEOPLE['FM-2']};{BLOCKED.replace('01.03.2026', 'gestern')}"
    },
}


@pytest.mark.parametrize("change", EXCLUDING.values(), ids=EXCLUDING.keys())
def test_the_letters_of_a_file_are_those_of_its_import(house: House, change: dict[str, str]):
    source = later(house, rows(**change))
    before = printed(house, source)
    assert before.letters == 3
    assert before.left_out == {FORBIDDEN: 1}
    assert before.unknown == 1
    assert "Probe" not in "".join(texts(house.out()))
    imported(house, source)
    after = printed(house, source)
    assert (after.letters, after.left_out, after.unknown) == (3, {FORBIDDEN: 1}, 0)


def test_a_block_in_the_database_holds_whatever_the_file_says(house: House):
    imported(house, later(house, rows(**EXCLUDING["a block in another case of hers"])))
    assert printed(house, later(house, rows())).letters == 3


def test_a_file_that_blocks_by_a_case_the_database_knows_is_enough(house: House):
    """The file names the case alone; whose it is stands in the database."""
    imported(house, later(house, rows(**{"FM-9": f"{OTHER_CASE};{CASE}"})))
    nameless = f"{OTHER_CASE.replace(';C2;', ';;')};{BLOCKED}"
    assert printed(house, later(house, rows(**{"FM-9": nameless}))).letters == 3


def test_a_row_that_the_filters_leave_out_still_protects(house: House, tmp_path):
    text = (mapping.SHIPPED / "fallmanagement.toml").read_text("utf-8")
    text += '\n[[filters]]\ncolumn = "Team"\ndrop = ["Archiv"]\n'
    (tmp_path / "filtered.toml").write_text(text, "utf-8")
    filtered = mapping.load(tmp_path / "filtered.toml")
    source = later(house, rows(**{"FM-9": f"{OTHER_CASE};{BLOCKED.replace('FM 1', 'Archiv')}"}))
    asked = wish(house, source=source, loaded=filtered, reminders=None)
    assert print_run.write(house.state, house.home, asked).letters == 3


@pytest.mark.parametrize("word", ["ja", "X", "nein?"])
def test_a_word_that_the_mapping_does_not_know_stops_the_printing(house: House, word: str):
    source = later(house, rows(**{"FM-2": f"{PEOPLE['FM-2']};{BLOCKED.removesuffix('J')}{word}"}))
    with pytest.raises(FileRefused) as refused:
        printed(house, source)
    assert refused.value.code == "F-WE-001"
    assert not house.out().exists()
    assert not list(house.home.directory.glob("*.pdf*"))


def test_which_word_that_is_a_terminal_alone_is_shown(house: House):
    settings_file.write(house.home.directory, house.home.settings)
    source = later(house, rows(**{"FM-2": f"{PEOPLE['FM-2']};{BLOCKED.removesuffix('J')}Ähm?"}))
    command = [*CONNECTOR, "--home", str(house.home.directory), "letters", WAVE]
    command += ["--source", str(source), "--out", str(house.out())]
    command += ["--mapping", str(mapping.SHIPPED / "fallmanagement.toml")]
    shown, status = screen(command)
    assert "„Ähm?“" in shown, shown
    elsewhere = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "F-WE-001" in elsewhere.stderr
    assert "Ähm" not in elsewhere.stdout + elsewhere.stderr
    assert (status, elsewhere.returncode) == (1, 1)


def test_a_repeated_row_of_column_names_is_no_person(house: House):
    source = later(house, rows(**{"header": HEADER}))
    assert printed(house, source).letters == len(PEOPLE)
