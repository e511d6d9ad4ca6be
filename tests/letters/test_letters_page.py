import re
from datetime import date
from io import BytesIO

import msgspec
import pytest
import segno
from pypdf import PdfReader

from connector.letter_errors import LettersRefused
from connector.letter_settings import LetterSettings
from connector.letters import page as letters_page
from connector.letters import pdf
from connector.letters import words as letters_words
from connector.letters.address import Recipient
from connector.letters.page import Run
from survey.document import join
from survey.form import load
from survey.language import tags
from survey.linkage import codes
from survey.model.assurances import Assurances
from survey.model.programmes import Contact
from tests import checkers
from tests.document import inspect_pdf
from tests.letters.letter_house import ASSURED, OFFER, TODAY, TOLD

URL = "https://befragung.musterstadt.test"
SETTINGS = LetterSettings(
    house="Jobcenter Musterstadt",
    town="Musterstadt",
    sender="Dilan Beispiel, Qualitätsmanagement",
    co_signer="Rosa Muster, Ombudsstelle der Stadt Musterstadt",
    return_line="Postfach 00 00, 00010 Musterstadt",
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
    assert join.pages(pdf.drawn(made, letters(language), lambda _: None)) == 1


def test_letters_speak_every_language_of_the_answering_pages():
    assert set(letters_words.languages()) == set(tags.available())


def test_every_language_of_letters_has_every_sentence_and_the_same_facts():
    german = letters_words.languages()[letters_words.ORIGINAL]
    for words in letters_words.languages().values():
        assert words.language == letters_words.ORIGINAL or words.unchecked
        paragraphs = zip(words.answers.paragraphs, german.answers.paragraphs, strict=True)
        assert all(facts(own) == facts(source) for own, source in paragraphs)
        assert facts(words.law.sentences) == facts(german.law.sentences)
        assert facts(words.period) == facts(german.period)
        assert facts(words.how.help) == facts(german.how.help)


def facts(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_only_a_released_programme_speaks_of_showing_something():
    linked = letters_page.document(run(), letters(""))
    released = letters_page.document(run(assured=assured(may_show=True)), letters(""))
    assert "zeigen am Ende selbst etwas" not in linked
    assert "zeigen am Ende selbst etwas" in released


def test_the_line_of_languages_names_the_others_only():
    html = letters_page.document(run(), letters("en"))
    line = html.split("Die Fragen gibt es auch in:")[1].split("</p>")[0].split("</strong>")[1]
    assert "العربية" in line
    assert "Leichte Sprache" in line
    assert "English" not in line
    assert "Deutsch" not in line


def read(*languages: str, **changes: object) -> list[inspect_pdf.Element]:
    return inspect_pdf.elements(pdf.drawn(run(**changes), letters(*languages), lambda _: None))


def as_drawn(words: str, language: str) -> str:
    """A PDF draws every line from left to right, also what is read from right to left."""
    return words[::-1] if tags.KNOWN[language or "de"].direction == "rtl" else words


def plain_word(text: str) -> str:
    """The first word without ligature and vowel signs, which are drawn in an order of their own."""
    found = (word for word in text.split() if not re.search("ل[اأإآ]|[ً-ْ]", word))
    return next(found)


def spoken(elements: list[inspect_pdf.Element], words: str) -> set[str]:
    """The languages in which readers hear an element that says just this."""
    return {each.language for each in elements if each.text.strip() == words}


def test_every_part_of_a_letter_is_read_in_its_own_language():
    arabic = read("ar")
    letters_of = [
        each for each in arabic if any("\u0600" <= sign <= "\u06ff" for sign in each.text)
    ]
    whole = {each.kind for each in letters_of if each.language == "de"}
    assert letters_of
    # German around it: what holds both languages.
    assert whole <= {"Sect", "Div", "P", "NonStruct"}
    assert spoken(arabic, as_drawn("كيف هو الجوب سنتر بالنسبة إليك؟", "ar")) == {"ar"}
    assert spoken(arabic, as_drawn("مع أطيب التحيات", "ar")) == {"ar"}
    assert spoken(arabic, as_drawn("رمزك", "ar")) == {"ar"}
    assert spoken(arabic, as_drawn("الجهة المسؤولة", "ar")) == {"ar"}
    assert spoken(arabic, "Arabisch") == {"de"}
    assert spoken(arabic, "Mit freundlichen Grüßen") == {"de"}
    assert spoken(read("en"), "How is the Jobcenter for you?") == {"en"}
    assert spoken(read("de-simple"), "Wie ist das Job-Center für Sie?") == {"de-simple"}
    german = read("")
    assert spoken(german, as_drawn("العربية", "ar")) == {"ar"}
    assert spoken(german, "English") == {"en"}


@pytest.mark.parametrize("language", ["", "ar", "en", "de-simple"])
def test_a_letter_is_called_what_the_pages_call_the_survey(language: str):
    wording = load.wordings(OFFER.form_id)[language or "de"]
    assert as_drawn(wording.title, language) in [
        each.text for each in read(language) if each.kind == "H1"
    ]


def test_a_form_that_this_connector_does_not_know_is_told():
    with pytest.raises(LettersRefused) as refused:
        letters_page.document(
            run(offer=msgspec.structs.replace(OFFER, form_id="later")), letters("")
        )
    assert "later" in refused.value.said


def test_a_letter_ends_with_a_closing_and_two_people_who_sign():
    said = [each.text for each in read("")]
    closing = said.index("Mit freundlichen Grüßen")
    for name in ("Dilan Beispiel", "Rosa Muster"):
        assert any(name in text for text in said[closing:])


def test_facts_stand_behind_words_that_need_no_article_and_repeat_nothing():
    html = letters_page.document(
        run(told=msgspec.structs.replace(TOLD, privacy_officer="Datenschutz, Lindenplatz 2")),
        letters(""),
    )
    text = re.sub(r"<[^>]*>", "", html)
    assert f"Schlüssel: {TOLD.key_holder}" in text
    assert "Auskunft über Ihre Rechte: Datenschutz, Lindenplatz 2" in text
    assert "Datenschutz: Datenschutz" not in text
    assert "vom 9.\N{NO-BREAK SPACE}November" in text
    assert "bis zum 4.\N{NO-BREAK SPACE}Dezember" in text


@pytest.mark.parametrize("language", ["ar", "en", "de-simple"])
def test_small_print_and_further_languages_stand_in_both_languages(language: str):
    said = " ".join(each.text for each in read(language))
    german, other = (letters_words.languages()[tag] for tag in ("de", language))
    for words in (german, other):
        for text in (words.others, words.law.complaint, words.law.sentences):
            assert as_drawn(plain_word(text), words.language) in said


def test_the_number_of_a_letter_is_its_page_in_the_file_and_read_to_nobody():
    many = pdf.drawn(run(), letters(*[""] * (pdf.PART + 1)), lambda _: None)
    pages = [page.extract_text().split() for page in PdfReader(BytesIO(many)).pages]
    assert [page[-1] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]
    assert not any(each.text.strip().isdigit() for each in inspect_pdf.elements(many))


LONG = {
    "operator": "Zweckverband Kommunale Datenverarbeitung Musterland-Nord und Musterland-Süd",
    "key_holder": "Hochschule für angewandte Wissenschaften Musterland, Institut für Statistik",
    "complaint": "Ombudsstelle für Leistungsberechtigte, Lindenplatz 3, Haus B, 12345 Musterstadt",
    "privacy_officer": "Behördlicher Datenschutz, Rathausplatz 1, Zimmer 17, 12345 Musterstadt",
    "legal_basis": "§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e und Art. 9 Abs. 2 "
    "Buchst. j DSGVO, § 6b SGB II",
}


@pytest.mark.parametrize("language", ["", "ar", "en", "de-simple"])
@pytest.mark.parametrize("reminder", [False, True])
def test_long_names_of_bodies_set_a_letter_closer_and_it_still_fits(language: str, reminder: bool):
    told = msgspec.structs.replace(TOLD, **LONG)
    facts = assured(cannot_look=False, may_show=True)
    bodies = {name: LONG[name] for name in ("operator", "key_holder")}
    facts = msgspec.structs.replace(facts, custody=msgspec.structs.replace(facts.custody, **bodies))
    [(amira, code)] = letters(language)
    long = msgspec.structs.replace(amira, family_name="von Beispiel-Langenbach zu Hohenmusterstein")
    made = run(reminder=reminder, told=told, assured=facts)
    assert join.pages(pdf.drawn(made, [(long, code)], lambda _: None)) == 1


def test_an_example_says_so():
    sample = msgspec.structs.replace(SETTINGS, sample=True)
    assert "Beispielbrief" in letters_page.document(run(settings=sample), letters(""))
    assert "Beispielbrief" not in letters_page.document(run(), letters(""))


def test_joined_letters_pass_both_checkers(tmp_path):
    parts = [pdf.drawn(run(), letters(*tags), lambda _: None) for tags in (("", "ar"), ("en",))]
    path = tmp_path / "letters.pdf"
    path.write_bytes(join.joined(parts))
    # Every page is a letter of its own: what repeats is no running head.
    found = [line for line in checkers.findings(path) if "WARNING" in line or "validation" in line]
    assert [line for line in found if "PAG-001" not in line] == []
