import re
from datetime import date

import msgspec
import pytest
import segno

from connector import letters_page, letters_pdf, letters_words
from connector.letters_address import Recipient
from connector.letters_page import Run
from connector.letters_settings import LetterSettings
from survey.document import join
from survey.linkage import codes
from survey.model.assurances import Assurances
from survey.model.programmes import Contact
from tests import checkers
from tests.letters.letter_house import ASSURED, OFFER, TODAY, TOLD

URL = "https://befragung.musterstadt.example"
SETTINGS = LetterSettings(
    house="Jobcenter Musterstadt",
    town="Musterstadt",
    sender="Dilan, Qualitätsmanagement, Jobcenter Musterstadt",
    co_signer="Ombudsstelle der Stadt Musterstadt",
    help=Contact(name="Unabhängige Sozialberatung", phone="0800 000 00 00", hours="9 bis 16 Uhr"),
)
AMIRA = Recipient(
    salutation="Frau",
    given_name="Amira",
    family_name="Beispiel",
    street="Beispielweg 12",
    postcode="12345",
    city="Musterstadt",
)


def run(**changes: object) -> Run:
    made = Run(
        offer=OFFER,
        told=TOLD,
        assured=ASSURED,
        settings=SETTINGS,
        survey_url=URL,
        day=TODAY,
        reminder=False,
    )
    return msgspec.structs.replace(made, **changes)


def assured(*, cannot_look: bool = True, may_show: bool = False) -> Assurances:
    """The facts of a wave whose server is the jobcenter's own, or not."""
    custody = msgspec.structs.replace(ASSURED.custody, operator_is_jobcenter=not cannot_look)
    shown = date(2027, 6, 2) if may_show else None
    return msgspec.structs.replace(ASSURED, custody=custody, shown_until=shown)


def letters(*languages: str) -> list[tuple[Recipient, str]]:
    return [
        (msgspec.structs.replace(AMIRA, language=tag), codes.derive(bytes(32), number))
        for number, tag in enumerate(languages)
    ]


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawn QR code, without its quiet zone."""
    dark = set()
    for x, y, length in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\3z", svg):
        dark |= {(int(x) - 4 + step, int(y) - 4) for step in range(int(length))}
    return dark


def test_the_qr_holds_the_address_with_the_code_behind_the_hash():
    [(_, code)] = letters("")
    html = letters_page.document(run(), letters(""))
    expected = segno.make(f"{URL}/q#{code}", error="m", micro=False, boost_error=False)
    dark = {(x, y) for y, row in enumerate(expected.matrix) for x, bit in enumerate(row) if bit}
    assert modules(html) == dark
    assert expected.error == "M"


def test_a_name_cannot_become_markup():
    evil = msgspec.structs.replace(AMIRA, family_name="<b>Beispiel</b>")
    html = letters_page.document(run(), [(evil, "0000-0000-0000")])
    assert "<b>Beispiel" not in html


@pytest.mark.parametrize("language", ["", "ar", "en", "de-simple"])
@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("cannot_look", [False, True])
def test_every_letter_fits_its_page_in_every_wording(
    language: str, reminder: bool, cannot_look: bool
):
    made = run(reminder=reminder, assured=assured(cannot_look=cannot_look, may_show=True))
    assert join.pages(letters_pdf.drawn(made, letters(language), lambda _: None)) == 1


def test_every_language_of_letters_has_every_sentence_and_the_same_facts():
    german = letters_words.languages()[letters_words.ORIGINAL]
    for words in letters_words.languages().values():
        assert words.language == letters_words.ORIGINAL or words.unchecked
        paragraphs = zip(words.answers.paragraphs, german.answers.paragraphs, strict=True)
        assert all(facts(own) == facts(source) for own, source in paragraphs)
        assert facts(words.period) == facts(german.period)


def facts(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_only_a_released_programme_speaks_of_showing_something():
    linked = letters_page.document(run(), letters(""))
    released = letters_page.document(run(assured=assured(may_show=True)), letters(""))
    assert "zeigen am Ende selbst etwas" not in linked
    assert "zeigen am Ende selbst etwas" in released


def test_the_line_of_languages_names_the_others_only():
    html = letters_page.document(run(), letters("en"))
    line = html.split("Die Fragen gibt es auch in:")[1].split("</p>")[0]
    assert "العربية" in line
    assert "Leichte Sprache" in line
    assert "English" not in line
    assert "Deutsch" not in line


def test_an_example_says_so():
    sample = msgspec.structs.replace(SETTINGS, sample=True)
    assert "Beispielbrief" in letters_page.document(run(settings=sample), letters(""))
    assert "Beispielbrief" not in letters_page.document(run(), letters(""))


def test_joined_letters_pass_both_checkers(tmp_path):
    parts = [
        letters_pdf.drawn(run(), letters(*tags), lambda _: None) for tags in (("", "ar"), ("en",))
    ]
    path = tmp_path / "letters.pdf"
    path.write_bytes(join.joined(parts))
    # Every page is a letter of its own: what repeats is no running head.
    found = [line for line in checkers.findings(path) if "WARNING" in line or "validation" in line]
    assert [line for line in found if "PAG-001" not in line] == []
