import unicodedata
from datetime import date

import pytest
from babel import Locale

from survey import paths
from survey.language import formats, tags

DAY = date(2026, 11, 22)


def test_the_first_ten_languages_are_known_in_the_order_offered():
    assert list(tags.KNOWN) == ["de", "de-simple", "uk", "ar", "ru", "tr", "fa", "en", "bg", "ro"]


@pytest.mark.parametrize("tag", [tag for tag in tags.KNOWN if tag not in ("de-simple", "fa")])
def test_endonyms_are_those_of_the_locale_data(tag):
    name = Locale.parse(tag).get_display_name(tag)
    assert tags.KNOWN[tag].endonym.casefold() == name.casefold()


@pytest.mark.parametrize("tag", tags.KNOWN)
def test_direction_agrees_with_the_locale_data(tag):
    assert tags.KNOWN[tag].direction == tags.KNOWN[tag].locale.text_direction


def test_plain_language_is_a_language_of_its_own_with_german_numbers():
    plain = tags.KNOWN["de-simple"]
    assert (plain.html, plain.babel, plain.fallback) == ("de-simple", "de", ("de",))


def test_german_falls_back_on_nothing_and_everything_else_on_german():
    assert tags.KNOWN["de"].fallback == ()
    assert {row.fallback for tag, row in tags.KNOWN.items() if tag != "de"} == {("de",)}


def test_only_languages_with_a_catalogue_are_found():
    held = {path.parent.parent.name for path in paths.LOCALE.glob(f"*/*/{tags.DOMAIN}.po")}
    assert {tag for tag in tags.KNOWN if tags.find(tag)} == {tags.SOURCE} | held
    assert tags.find("ar").endonym == "العربية"
    assert tags.find("xx") is None
    assert tags.find("de_DE") is None


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "22. November 2026"),
        ("de-simple", "22. November 2026"),
        ("en", "22 November 2026"),
        ("ar", "22 نوفمبر 2026"),
        ("tr", "22 Kasım 2026"),
    ],
)
def test_a_day_is_written_out(tag, text):
    assert formats.day(DAY, tag) == text


@pytest.mark.parametrize("tag", tags.KNOWN)
def test_digits_are_western_in_every_language(tag):
    texts = [
        formats.day(DAY, tag),
        formats.month(DAY, tag),
        formats.number(12345.6, tag, digits=1),
        formats.percent(0.625, tag, digits=1),
    ]
    digits = [sign for text in texts for sign in text if unicodedata.category(sign) == "Nd"]
    assert digits
    assert all(sign in "0123456789" for sign in digits)


@pytest.mark.parametrize(
    ("tag", "number", "share"),
    [("de", "1.234,5", "62,5\u00a0%"), ("en", "1,234.5", "62.5%"), ("tr", "1.234,5", "%62,5")],
)
def test_numbers_and_shares_are_written_as_the_language_does(tag, number, share):
    assert formats.number(1234.5, tag, digits=1) == number
    assert formats.percent(0.625, tag, digits=1) == share
    assert formats.number(7, tag) == "7"
