"""Codes that people type."""

import itertools

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
