"""No sentence a recipient may see is missing in any language, and none is left over."""

import pytest

from survey.language import catalogues, tags, translator

TRANSLATED = [tag for tag in tags.available() if tag != tags.SOURCE]


def test_the_answering_pages_speak_four_languages():
    assert set(tags.available()) >= {"de", "de-simple", "en", "ar"}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_has_every_text_of_the_pages_and_no_other(tag):
    assert catalogues.gaps(tag) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_bringing_a_complete_catalogue_up_to_date_changes_nothing(tag, tmp_path, monkeypatch):
    held = (catalogues.file(tag)).read_bytes()
    monkeypatch.setattr(catalogues, "file", lambda _: tmp_path / "survey.po")
    (tmp_path / "survey.po").write_bytes(held)
    catalogues.update(tag)
    assert (tmp_path / "survey.po").read_bytes() == held


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_plural_form_of_the_language_is_there(tag):
    catalogue = translator.read(tag)
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals


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
