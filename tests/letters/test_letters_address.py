"""Which addresses a letter is printed for, and how they stand in the window."""

import msgspec
import pytest

from connector.letter_errors import LettersRefused
from connector.letters import address, print_run
from connector.letters.address import Recipient
from survey.document import typeface
from tests.letters.letter_house import PEOPLE, House, export, wish
from tests.letters.test_letters_print import RETURN, in_window, texts

AMIRA = Recipient(
    salutation="Frau",
    given_name="Amira",
    family_name="Beispiel",
    street="Beispielweg 12",
    postcode="12345",
    city="Musterstadt",
)


def with_(**changes: str) -> Recipient:
    return msgspec.structs.replace(AMIRA, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"postcode": "01067", "city": "Halle/Saale"},
        {"city": "Frankfurt (Oder)"},
        {"family_name": "Müller-Lüdenscheid, geb. O’Neil"},
        {"given_name": "Şükrü", "family_name": "Đặng"},
        {"given_name": "", "salutation": ""},
        {"street": "Straße des 1. Mai 7b"},
        {"street": "Postfach 12 34"},
        {"family_name": "Y"},
        {"care_of": "c/o Wohnheim 3"},
    ],
)
def test_addresses_that_arrive_are_taken(changes: dict[str, str]):
    assert address.problem(with_(**changes)) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"postcode": "1067"}, "Postleitzahl hat keine fünf Ziffern"),
        ({"postcode": "1067,0"}, "Postleitzahl hat keine fünf Ziffern"),
        ({"postcode": "00000"}, "Postleitzahl hat keine fünf Ziffern"),
        ({"postcode": "D-12345"}, "Postleitzahl hat keine fünf Ziffern"),
        ({"postcode": "１２３４５"}, "Postleitzahl hat keine fünf Ziffern"),
        ({"postcode": ""}, "Postleitzahl fehlt"),
        ({"family_name": "#NV"}, "Name ist unlesbar"),
        ({"family_name": "4711"}, "Name ist unlesbar"),
        ({"family_name": "Beispiel4"}, "Name besteht nicht aus Buchstaben"),
        ({"family_name": "N.N."}, "Name ist unlesbar"),
        ({"given_name": "1,23E+11"}, "Vorname ist unlesbar"),
        ({"given_name": "amira@musterstadt.example"}, "Vorname besteht nicht aus Buchstaben"),
        ({"city": "12345"}, "Ort ist unlesbar"),
        ({"city": "#BEZUG!"}, "Ort ist unlesbar"),
        ({"city": "Musterstadt 7"}, "Ort besteht nicht aus Buchstaben"),
        ({"city": "unbekannt"}, "Ort ist unlesbar"),
        ({"street": "########"}, "Straße ist unlesbar"),
        ({"street": "12. Mrz"}, "Straße ist unlesbar"),
        ({"street": "ohne festen Wohnsitz"}, "Straße ist unlesbar"),
        ({"street": "?"}, "Straße ist unlesbar"),
        ({"salutation": "w"}, "Anrede ist unlesbar"),
        ({"salutation": "2"}, "Anrede ist unlesbar"),
        ({"care_of": "#NAME?"}, "Adresszusatz ist unlesbar"),
    ],
)
def test_what_is_no_address_is_told_by_its_field(changes: dict[str, str], said: str):
    assert address.problem(with_(**changes)) == f"hat keine vollständige Anschrift ({said})"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Musterstadt;deu", "-;deu"), "Ort fehlt"),
        (("Probe;Emil", "- ;Emil"), "Name fehlt"),
        (("Am Testberg 3", "31.12.9999"), "Straße fehlt"),
    ],
)
def test_what_the_mapping_calls_nothing_is_nothing_in_a_letter_too(
    house: House, change: tuple[str, str], said: str
):
    rows = PEOPLE | {"FM-2": PEOPLE["FM-2"].replace(*change)}
    broken = export(house.home.directory / "later.csv", rows)
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house, source=broken))
    assert f"hat keine vollständige Anschrift ({said})" in refused.value.said
    assert not house.out().exists()


def test_a_character_that_no_font_has_is_told_before_anything_is_printed(house: House):
    # Toto, a script of 2021: a letter, which hardly any machine can print.
    rows = PEOPLE | {"FM-2": PEOPLE["FM-2"].replace("Emil", "Emil\U0001e290")}
    later = house.home.directory / "later.csv"
    export(later, rows, encoding="utf-8")
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house, source=later))
    assert "die Schrift fehlt" in refused.value.said
    assert not house.out().exists()


LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungs"


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": LONG},
        {"street": LONG},
        {"care_of": " ".join(["Haus Sonnenblick Hinterer Eingang Treppe links"] * 4)},
    ],
)
def test_what_the_window_does_not_hold_is_refused(changes: dict[str, str]):
    assert len(LONG) == 66
    recipient = with_(**changes)
    assert address.window(recipient) is None
    assert "passt" in address.problem(recipient)


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": "Wolfeschlegelsteinhausenbergerdorff"},
        {"family_name": "von und zu Hohenstein-Langenbach genannt Edle von der Beispielwiese"},
        {"care_of": "c/o Wohngemeinschaft am alten Güterbahnhof, Hinterhaus, dritter Stock"},
    ],
)
def test_long_addresses_get_smaller_and_more_lines_but_never_leave_the_window(
    changes: dict[str, str],
):
    recipient = with_(**changes)
    assert address.problem(recipient) == ""
    fits = address.window(recipient)
    assert fits is not None
    assert len(fits.lines) <= address.MOST_LINES
    assert max(typeface.width(line, fits.size) for line in fits.lines) <= address.ROOM
    assert " ".join(fits.lines) == " ".join(recipient.parts)


def test_the_longest_address_stands_in_the_window_of_the_printed_letter(house: House):
    name = "von und zu Hohenstein-Langenbach genannt Edle von der Beispielwiese"
    rows = PEOPLE | {"FM-2": PEOPLE["FM-2"].replace("Probe", name)}
    later = export(house.home.directory / "later.csv", rows)
    print_run.write(house.state, house.home, wish(house, source=later))
    seen = in_window(house.out(), 1)
    assert seen.replace("- ", "-") == f"{RETURN} Herr Emil {name} Am Testberg 3 12345 Musterstadt"
    assert len(texts(house.out())) == len(PEOPLE)
