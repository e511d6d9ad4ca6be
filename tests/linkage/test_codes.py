"""Codes that people type."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.linkage import codes
from survey.linkage.primitives import fresh_key

KEY = bytes(range(32))
numbers = st.integers(min_value=0, max_value=10**6)


def test_a_code_has_three_groups_of_four_from_an_alphabet_without_look_alikes():
    code = codes.derive(KEY, 0)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("ILOU")


@given(numbers)
def test_a_code_is_read_however_it_is_typed(number):
    code = codes.derive(KEY, number)
    for typed in (code.lower(), code.replace("-", " "), f"  {code} ", code.replace("-", "")):
        assert codes.read(typed) == code
    assert codes.read(code.replace("0", "o").replace("1", "l")) == code


# Named, so that nobody takes them for what they look like.
LOOK_ALIKES = {
    "CYRILLIC CAPITAL LETTER": {
        "A": "A", "VE": "B", "ES": "C", "IE": "E", "EN": "H", "KA": "K", "EM": "M", "O": "0",
        "ER": "P", "TE": "T", "U": "Y", "HA": "X", "DZE": "S", "JE": "J", "ZE": "3",
        "BYELORUSSIAN-UKRAINIAN I": "1",
    },
    "CYRILLIC SMALL LETTER": {"A": "A", "ES": "C", "IE": "E", "O": "0", "ER": "P", "HA": "X"},
    "GREEK CAPITAL LETTER": {
        "ALPHA": "A", "BETA": "B", "EPSILON": "E", "ZETA": "Z", "ETA": "H", "IOTA": "1",
        "KAPPA": "K", "MU": "M", "NU": "N", "OMICRON": "0", "RHO": "P", "TAU": "T",
        "UPSILON": "Y", "CHI": "X",
    },
    "LATIN CAPITAL LETTER": {"I WITH DOT ABOVE": "1", "O": "0", "L": "1"},
    "LATIN SMALL LETTER": {"DOTLESS I": "1", "L": "1", "O": "0"},
    "FULLWIDTH LATIN SMALL LETTER": {letter: letter for letter in "ABCDEFGHJKMNPQRSTVWXYZ"},
}  # fmt: skip
DIGITS = ("ARABIC-INDIC", "EXTENDED ARABIC-INDIC", "FULLWIDTH", "DEVANAGARI")
NAMES = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")


@pytest.mark.parametrize(
    ("kind", "name", "symbol"),
    [(kind, *pair) for kind, found in LOOK_ALIKES.items() for pair in found.items()],
)
def test_a_letter_that_looks_the_same_is_read_as_the_one_on_the_letter(kind, name, symbol):
    alike = unicodedata.lookup(f"{kind} {name}")
    code = next(
        made for made in map(codes.derive, itertools.repeat(KEY), range(99)) if symbol in made
    )
    assert codes.read(code.replace(symbol, alike)) == code
    assert codes.given(code.replace(symbol, alike)) == 12


@pytest.mark.parametrize("script", DIGITS)
def test_digits_of_other_scripts_are_digits(script):
    digits = {str(n): unicodedata.lookup(f"{script} DIGIT {name}") for n, name in enumerate(NAMES)}
    for number in range(20):
        code = codes.derive(KEY, number)
        assert codes.read(code.translate(str.maketrans(digits))) == code


def test_a_devices_token_is_read_like_a_code():
    token = codes.token()
    wide = "".join(chr(ord(s) + 0xFEE0) if s.isalnum() else s for s in token.lower())
    assert codes.read_token(wide) == token


@given(numbers, st.integers(0, 11), st.sampled_from(codes.ALPHABET))
def test_every_single_wrong_symbol_is_told(number, place, symbol):
    symbols = list(codes.derive(KEY, number).replace("-", ""))
    if symbols[place] != symbol:
        symbols[place] = symbol
        assert codes.read("".join(symbols)) is None


@given(numbers)
def test_every_transposition_of_two_symbols_is_told(number):
    symbols = codes.derive(KEY, number).replace("-", "")
    for first, second in itertools.combinations(range(12), 2):
        if symbols[first] != symbols[second]:
            swapped = list(symbols)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert codes.read("".join(swapped)) is None


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "AAAA-BBBB-CCC", "ÄÖÜ!-????-0000", "0" * 40, "U" * 12]
)
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) is None


def test_two_print_runs_share_no_code():
    first, second = fresh_key(), fresh_key()
    mine = {codes.derive(first, number) for number in range(2000)}
    assert len(mine) == 2000
    assert mine.isdisjoint(codes.derive(second, number) for number in range(2000))
