import errno
import re
from pathlib import Path

import msgspec
import pikepdf
import pytest
from pypdf import PdfReader

from connector.letter_errors import LettersRefused
from connector.letters import files, finish, print_run
from connector.state import letter_files, print_runs, waves
from survey.linkage import codes, keys
from tests.letters.letter_house import (
    ASSURED,
    OFFER,
    PEOPLE,
    RUN,
    TODAY,
    WAVE,
    House,
    expected_codes,
    export,
    wish,
)

RETURN = "Postfach 00 00, 12345 Musterstadt"
WINDOW = (20, 45, 105, 90)  # millimetres from the left and upper edge
TELLING = ("befrag", "umfrage", "survey", "meinung", "jobcenter", "code")


def texts(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def in_window(path: Path, page: int) -> str:
    """What stands inside the window of the envelope, by the place of each piece of text."""
    left, top, right, bottom = (value * 72 / 25.4 for value in WINDOW)
    height = 297 * 72 / 25.4
    found: list[str] = []

    def look(text: str, _cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        # WeasyPrint turns the page's axis once, by the first matrix: multiply it in.
        x = tm[4] * _cm[0] + _cm[4]
        y = height - (tm[5] * _cm[3] + _cm[5])
        if left <= x <= right and top <= y <= bottom:
            found.append(text)

    PdfReader(path).pages[page].extract_text(visitor_text=look)
    return " ".join(" ".join(found).split())


def test_every_invited_person_gets_one_page_with_her_code(printed: House):
    pages = texts(printed.out())
    assert len(pages) == len(PEOPLE)
    for page, code in zip(pages, expected_codes(printed), strict=True):
        assert code in page
        assert "befragung.musterstadt.test" in page
        assert codes.read(re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)[0]) == code


def test_the_window_shows_the_address_and_nothing_else(printed: House):
    assert (
        in_window(printed.out(), 0)
        == f"{RETURN} Frau Amira Beispiel Beispielweg 12 12345 Musterstadt"
    )
    for page in range(len(PEOPLE)):
        seen = in_window(printed.out(), page).casefold()
        assert seen.endswith("musterstadt")
        assert not any(word in seen for word in TELLING)


def test_plain_words_come_first_and_the_law_stands_in_small_print(printed: House):
    for page in texts(printed.out()):
        said = " ".join(page.split())
        assert "Das ist kein Termin und keine Pflicht." in said
        assert "Wenn Sie nicht mitmachen, bleibt Ihr Geld gleich." in said
        assert "Nicht mitmachen hat keine Folgen." in said
        assert "Das Jobcenter kann Ihre Antworten nicht zuordnen." in said
        assert "0800 000 00 00" in said
        assert "Ombudsstelle der Stadt Musterstadt" in said
        assert "Rechtsfolgen" not in said


def test_the_language_stands_beside_german_where_it_is_known_and_written(printed: House):
    arabic, german, english, turkish = texts(printed.out())
    assert "Arabisch" in arabic
    assert "How is the Jobcenter for you?" in english
    assert "machine translation" in english
    assert "Arabisch" not in german + turkish
    assert "translation" not in german + turkish


def test_a_second_printing_has_the_same_codes(house: House):
    for _ in range(2):
        print_run.write(house.state, house.home, wish(house, reminders=None))
        pages = texts(house.out())
        assert all(code in page for page, code in zip(pages, expected_codes(house), strict=True))


def test_neither_file_names_nor_metadata_nor_the_database_hold_a_name(printed: House):
    with pikepdf.open(printed.out()) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode() + str(dict(pdf.docinfo))
    stored = b"".join(path.read_bytes() for path in printed.home.directory.glob("connector.db*"))
    for word in ("Amira", "Beispielweg", "FM-1"):
        assert word not in metadata
        assert word.encode() not in stored
    assert not any(code.encode() in stored for code in expected_codes(printed))
    assert printed.out().stat().st_mode & 0o077 == 0


def test_the_reminders_carry_the_codes_of_the_letters(printed: House):
    pages = texts(printed.out("reminders.pdf"))
    for page, code in zip(pages, expected_codes(printed), strict=True):
        said = " ".join(page.split())
        assert code in said
        assert "Haben Sie schon mitgemacht? Dann ist nichts mehr zu tun." in said


def test_someone_who_left_the_export_stops_the_printing_until_told_otherwise(house: House):
    rows = {case: row for case, row in PEOPLE.items() if case != "FM-2"}
    shorter = export(house.home.directory / "later.csv", rows)
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house, source=shorter))
    assert "steht nicht mehr in der Datei" in refused.value.said
    assert "FM-2" not in refused.value.said
    assert not house.out().exists()
    printed = print_run.write(house.state, house.home, wish(house, source=shorter, leave_out=True))
    assert printed.letters == 3
    assert printed.left_out == {"steht nicht mehr in der Datei": 1}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("Am Testberg 3", ""), "keine vollständige Anschrift (Straße fehlt)"),
        ((";12345;Musterstadt;deu", ";;Musterstadt;deu"), "(Postleitzahl fehlt)"),
    ],
)
def test_an_incomplete_address_is_told_and_nothing_is_written(
    house: House, change: tuple[str, str], reason: str
):
    rows = PEOPLE | {"FM-2": PEOPLE["FM-2"].replace(*change)}
    broken = export(house.home.directory / "later.csv", rows)
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house, source=broken))
    assert reason in refused.value.said
    assert not list(house.home.directory.glob("*.pdf*"))


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("house", "", "house: fehlt"),
        ("town", " ", "town: fehlt"),
        ("return_line", "", "return_line: fehlt"),
        ("help_name", "", "help_name: fehlt"),
        ("help_phone", "", "help_phone: fehlt"),
        ("help_phone", "0800 1", "help_phone: keine vollständige Telefonnummer"),
        ("sender", "<Name>, Qualitätsmanagement", "sender: noch auszufüllen"),
        ("sender", "Qualitätsmanagement", "sender: bitte Name und Funktion"),
        ("co_signer", "", "co_signer: fehlt"),
        ("co_signer", "Vorsitz des Personalrats", "co_signer: bitte Name und Funktion"),
        ("help_hours", "bitte eintragen", "help_hours: noch auszufüllen"),
        ("help_name", "Unabhängige Beratungsstelle", "help_name: noch auszufüllen"),
        ("help_hours", "Montag bis Freitag 9 bis 16 Uhr, " * 9, "help_hours: zu lang"),
        ("return_line", "Umfragestelle, Postfach 1", "return_line: verrät"),
        ("return_line", "Jobcenter Musterstadt, " * 5, "return_line: passt nicht"),
        ("survey_url", "http://127.0.0.1:8000", "führt niemanden zur Befragung"),
        ("survey_url", "https://umfrage.example", "führt niemanden zur Befragung"),
        ("survey_url", "http://umfrage.musterstadt.test", "https://"),
    ],
)
def test_a_setting_that_no_letter_may_go_out_with_is_told_by_its_name(
    house: House, setting: str, value: str, said: str
):
    settings = msgspec.structs.replace(house.home.settings, **{setting: value})
    home = msgspec.structs.replace(house.home, settings=settings)
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, home, wish(house))
    assert said in refused.value.said
    assert not house.out().exists()


def test_everything_that_is_missing_is_told_at_once(house: House):
    settings = msgspec.structs.replace(
        house.home.settings, sender="", return_line="", help_phone=""
    )
    home = msgspec.structs.replace(house.home, settings=settings)
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, home, wish(house))
    for name in ("sender", "return_line", "help_phone"):
        assert f"  {name}: fehlt" in refused.value.said


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("operator", "Rechenzentrum, das den Server betreibt"),
        ("key_holder", "<Stelle>"),
        ("privacy_officer", "Datenschutzbeauftragte oder Datenschutzbeauftragter mit Anschrift"),
        ("complaint", ""),
    ],
)
def test_a_programme_that_is_still_to_be_filled_in_gets_no_letters(
    house: House, fact: str, value: str
):
    told = msgspec.structs.replace(OFFER.told, **{fact: value})
    with house.state.write() as tx:
        waves.learn(tx, [msgspec.structs.replace(OFFER, told=told)])
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert f"noch auszufüllen: {fact}" in refused.value.said
    assert not house.out().exists()


def test_a_demo_may_print_the_address_of_its_own_machine(house: House):
    settings = msgspec.structs.replace(
        house.home.settings, survey_url="http://127.0.0.1:8000", demo=True
    )
    home = msgspec.structs.replace(house.home, settings=settings)
    print_run.write(house.state, home, wish(house, reminders=None))
    assert all("Beispielbrief" in page for page in texts(house.out()))


def test_a_letter_that_needs_two_pages_is_refused(house: House):
    told = msgspec.structs.replace(OFFER.told, legal_basis="§ 1 und " * 300)
    with house.state.write() as tx:
        waves.learn(tx, [msgspec.structs.replace(OFFER, told=told)])
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "passt nicht auf eine Seite" in refused.value.said
    assert not house.out().exists()


def test_a_full_disk_leaves_the_letters_of_before(house: House, monkeypatch: pytest.MonkeyPatch):
    house.out().write_bytes(b"before")

    write = files._write

    def full(path: Path, content: bytes) -> None:
        write(path, content)
        if "reminders" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(LettersRefused) as refused:
        files.store({house.out(): b"after", house.out("reminders.pdf"): b"after"})
    assert "No space left" in refused.value.said
    assert house.out().read_bytes() == b"before"
    assert not list(house.home.directory.glob("*.part"))


def test_a_file_that_is_not_ours_is_never_replaced(house: House):
    house.out().write_text("somebody's work")
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "gibt es schon" in refused.value.said
    assert house.out().read_text() == "somebody's work"


def test_a_folder_that_is_not_there_is_told(house: House):
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house, out=house.out("nowhere/letters.pdf")))
    assert "gibt es nicht" in refused.value.said


def test_finishing_destroys_the_key_and_removes_what_was_written(house: House):
    print_run.write(house.state, house.home, wish(house))
    finished = finish.finish(house.state, house.home, WAVE, today=TODAY)
    assert finished.letters == len(PEOPLE)
    assert set(finished.removed) == {str(house.out()), str(house.out("reminders.pdf"))}
    assert not list(house.home.print_keys.iterdir())
    assert not list(house.home.directory.glob("*.pdf*"))
    with house.state.read() as tx:
        assert print_runs.of_wave(tx, WAVE)[0].finished_on == TODAY
        assert letter_files.of_wave(tx, WAVE) == []
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "abgeschlossen" in refused.value.said


def test_finishing_goes_on_where_it_was_broken_off(house: House):
    print_run.write(house.state, house.home, wish(house, reminders=None))
    left = house.out().with_name("letters.pdf.part")
    left.write_bytes(b"half a file with codes")
    keys.destroy(house.home.print_keys / RUN)
    finished = finish.finish(house.state, house.home, WAVE, today=TODAY)
    assert finished.removed == (str(house.out()),)
    assert not left.exists()


def test_finishing_before_anything_was_printed_is_refused(house: House):
    with pytest.raises(LettersRefused) as refused:
        finish.finish(house.state, house.home, WAVE, today=TODAY)
    assert "noch kein Brief" in refused.value.said
    assert keys.read(house.home.print_keys, RUN)


def test_finishing_after_letters_that_could_not_be_written_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(LettersRefused):
        print_run.write(house.state, house.home, wish(house))
    with pytest.raises(LettersRefused) as refused:
        finish.finish(house.state, house.home, WAVE, today=TODAY)
    assert "noch kein Brief" in refused.value.said
    assert keys.read(house.home.print_keys, RUN)


def test_a_lost_key_is_told_without_writing(house: House):
    (house.home.print_keys / RUN).unlink()
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "keine zweite Fassung" in refused.value.said


def test_no_letter_is_printed_for_a_wave_that_nobody_can_answer(house: House):
    with house.state.write() as tx:
        waves.learn(tx, [msgspec.structs.replace(OFFER, state="closed")])
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "kann niemand antworten" in refused.value.said
    assert not house.out().exists()


def test_where_the_jobcenter_could_look_the_letter_says_so(house: House):
    custody = msgspec.structs.replace(ASSURED.custody, key_holder_is_jobcenter=True)
    assured = msgspec.structs.replace(ASSURED, custody=custody)
    told = msgspec.structs.replace(OFFER.told, jobcenter_cannot_look=False, assured=assured)
    with house.state.write() as tx:
        waves.learn(tx, [msgspec.structs.replace(OFFER, told=told)])
    print_run.write(house.state, house.home, wish(house, reminders=None))
    for page in texts(house.out()):
        said = " ".join(page.split())
        assert "Technisch wäre es möglich" in said
        assert "nicht zuordnen." not in said


def test_an_offer_that_does_not_say_who_could_look_prints_no_letter(house: House):
    """A server of an older version: sentences would have to be guessed."""
    told = msgspec.structs.replace(OFFER.told, assured=None)
    with house.state.write() as tx:
        waves.learn(tx, [msgspec.structs.replace(OFFER, told=told)])
    with pytest.raises(LettersRefused) as refused:
        print_run.write(house.state, house.home, wish(house))
    assert "wer hineinsehen könnte" in refused.value.said
    assert not house.out().exists()
