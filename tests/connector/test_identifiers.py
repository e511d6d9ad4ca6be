"""One rule by which names and numbers are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector import identifiers


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("MUE", "Mue"),
        ("MUE", "mue "),
        ("FM 1", "fm  1"),
        ("FM 1", "FM\u00a01"),
        ("FM 1", "\u2009FM\t1"),
        ("00123", '="00123"'),
        ("00123", "\ufeff'00123"),
        ("FM-2024-1", "FM\u20112024\u20131"),
        ("FM-2024-1", "FM-\u200b2024-\u00ad1"),
        ("Süd", unicodedata.normalize("NFD", "Süd")),
        ("Größe", "GRÖSSE"),
        ("ÖĞ", unicodedata.normalize("NFD", "öğ")),
        ('FM "x"', '="FM ""x"""'),
    ],
)
def test_what_looks_the_same_is_the_same(spelling, other):
    assert identifiers.compared(spelling) == identifiers.compared(other)


@pytest.mark.parametrize(
    ("value", "other"),
    [("00123", "123"), ("FM²", "FM2"), ("FM 1", "FM1"), ("Müe", "Mue"), ("½", "1/2")],
)
def test_what_is_different_on_paper_stays_different(value, other):
    assert identifiers.compared(value) != identifiers.compared(other)


@pytest.mark.parametrize(
    "spelling",
    ["123A456789", "123a456789", " 123 A 456789", "123-A/456789", "123\u00a0A\u2011456789"],
)
def test_in_a_client_number_blanks_slashes_and_hyphens_do_not_count(spelling):
    assert identifiers.client_number(spelling) == "123A456789"


@given(st.text(max_size=30))
def test_comparing_again_changes_nothing_and_spellings_of_unicode_do_not_count(text):
    once = identifiers.compared(text)
    assert identifiers.compared(once) == once
    assert identifiers.compared(unicodedata.normalize("NFD", text)) == once
    assert identifiers.compared(identifiers.tidy(text)) == once


@pytest.mark.parametrize(
    ("value", "left"),
    [
        *[(value, "error") for value in ("#NV", "#N/A", "#WERT!", "#BEZUG!", "#DIV/0!", "#NAME?")],
        *[(value, "error") for value in ("######", "##", "#ÜBERLAUF!", "Err:502", "#N/V")],
        *[(value, "shortened") for value in ("1,23E+11", "1.23E+11", "1e+11", "6,07E11")],
        *[(value, "day") for value in ("01.02.2024", "01. Feb", "Mrz 24", "2024-05-31 00:00:00")],
        *[(value, "day") for value in ("1-Feb", "12. Dez 24", "00.01.1900", "März 2024")],
        *[(value, "nothing") for value in ("0", "0,00", "?", "--", ".", "#")],
    ],
)
def test_what_a_spreadsheet_leaves_behind_is_no_identifier(value, left):
    assert identifiers.leftover(value) == left


@pytest.mark.parametrize(
    "value",
    # All of them are case numbers, client numbers, teams or signs that a house may have.
    [
        "607E495185",
        "12E-345",
        "50.12.03",
        "2024-05-31",
        "FM-2024-10009",
        "Mai",
        "MA1",
        "#1",
        "A0",
        "U25",
        "1/2024",
        "007",
        "Ö",
    ],
)
def test_what_may_be_an_identifier_is_left_alone(value):
    assert identifiers.leftover(value) is None
