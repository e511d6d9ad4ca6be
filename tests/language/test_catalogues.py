"""No sentence anybody may see is missing in any language of theirs, and none is left over."""

import pytest
from msgspec import structs

from survey import paths
from survey.language import catalogues, tags, translator
from survey.settings import Settings

CATALOGUES = [
    (domain, tag) for domain, languages in catalogues.LANGUAGES.items() for tag in languages
]
# Seen in drafts, and the word these texts use instead.
ARABIC_FOR_ONE_THING = {
    "مركز العمل": "الجوب سنتر",
    "خطاب": "رسالة",
    "مالك": "المال الذي تحصل عليه",
    "أموالك": "المال الذي تحصل عليه",
    "استطلاع": "استبيان",
    "غالبًا": "إلى حد ما",
}


def test_a_new_house_offers_every_language_that_has_a_catalogue():
    offered = {field.name: field.default for field in structs.fields(Settings)}
    assert set(offered["languages"]) == set(tags.available())


def test_staff_pages_cases_and_reports_speak_german_and_english():
    for domain in (tags.STAFF, tags.CASES, tags.REPORT):
        assert catalogues.LANGUAGES[domain] == ("en",)


@pytest.mark.parametrize(("domain", "tag"), CATALOGUES)
def test_a_catalogue_has_every_text_of_its_pages_and_no_other(domain, tag):
    assert catalogues.gaps(tag, domain) == []


@pytest.mark.parametrize(("domain", "tag"), CATALOGUES)
def test_bringing_a_complete_catalogue_up_to_date_changes_nothing(
    domain, tag, tmp_path, monkeypatch
):
    held = catalogues.file(tag, domain).read_bytes()
    kept = tmp_path / "kept.po"
    kept.write_bytes(held)
    monkeypatch.setattr(catalogues, "file", lambda *_: kept)
    catalogues.update(tag, domain)
    assert kept.read_bytes() == held


@pytest.mark.parametrize(("domain", "tag"), CATALOGUES)
def test_every_plural_form_of_the_language_is_there(domain, tag):
    catalogue = translator.read(tag, domain)
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals


def test_every_template_and_page_module_with_words_belongs_to_one_domain():
    """A folder in none would be shown untranslated without anybody noticing."""
    # Letters have their words beside their template.
    folders = {path.parent for path in paths.TEMPLATES.glob("*/*.html")} - {
        paths.TEMPLATES / "letter"
    }
    known = [paths.ROOT / folder for each in catalogues.SOURCES.values() for folder, _, _ in each]
    assert len(known) == len(set(known))
    assert {str(each) for each in folders - set(known)} == set()


def test_arabic_texts_have_arabic_letters_western_digits_and_no_german():
    for message in translator.read("ar"):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts if message.id else ():
            assert any("\u0600" <= sign <= "\u06ff" for sign in text), message.id
            assert not any("\u0660" <= sign <= "\u0669" for sign in text)
            assert not any(sign in "äöüßÄÖÜ" for sign in text)


def test_plain_language_sentences_are_short():
    for message in translator.read("de-simple"):
        for text in catalogues.forms(message.string) if message.id else ():
            for sentence in text.replace("?", ".").replace(":", ".").split(". "):
                assert len(sentence.split()) <= 12, sentence


@pytest.mark.parametrize("word", ARABIC_FOR_ONE_THING)
def test_arabic_has_one_word_for_one_thing_on_pages_in_questions_and_letters(word):
    files = [
        catalogues.file("ar"),
        *paths.FORMS.glob("*/ar.toml"),
        paths.TEMPLATES / "letter" / "ar.toml",
    ]
    used = [file.name for file in files if word in file.read_text("utf-8")]
    assert used == [], f"write {ARABIC_FOR_ONE_THING[word]}"
