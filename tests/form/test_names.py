"""Ids and codes as spreadsheets write them: allowed, and found again wherever they go."""

import csv
import string
from io import StringIO
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from survey.form import names, options
from survey.web.answer import places

LETTERS = string.ascii_letters
SIGNS = LETTERS + string.digits + "_-"
IDS = st.builds(str.__add__, st.sampled_from(LETTERS), st.text(SIGNS, max_size=63))
CODES = st.builds(
    str.__add__, st.sampled_from(LETTERS + string.digits + "-"), st.text(SIGNS, max_size=23)
)


@given(IDS)
def test_an_id_goes_through_an_address_and_back_unchanged(name):
    assert names.ID.fullmatch(name)
    assert quote(name, safe="") == name == unquote(name)
    place = f"question/{name}?then=check"
    assert places.checked(place, "") == place


@given(IDS)
def test_an_id_is_found_again_from_the_name_of_its_column(name):
    column = names.column(name)
    assert names.from_column(column) == name
    assert set(column) <= set(LETTERS + string.digits + "_.")
    assert column[0] in LETTERS


@given(st.lists(IDS, max_size=20))
def test_two_ids_of_one_list_have_columns_that_differ_in_more_than_case(ids):
    kept = [spellings[0] for spellings in names.alike(ids).values()]
    alone = [name for name in dict.fromkeys(ids) if name.casefold() not in map(str.casefold, kept)]
    columns = [names.column(name).casefold() for name in alone]
    assert len(set(columns)) == len(columns)
    for spellings in names.alike(ids).values():
        assert len({spelling.casefold() for spelling in spellings}) == 1
        assert len(set(spellings)) == len(spellings) > 1


@given(CODES, st.integers(0, 30))
def test_a_code_goes_through_a_field_and_the_cell_of_a_table_unchanged(code, blanks):
    assert names.CODE.fullmatch(code)
    assert code.ljust(blanks).strip() == code
    table = StringIO()
    csv.writer(table).writerow([code, "x"])
    assert next(csv.reader(StringIO(table.getvalue()))) == [code, "x"]


@given(CODES | IDS)
def test_no_code_and_no_id_can_be_one_of_those_that_mean_declining(name):
    assert name not in astuple(options.RESERVED)


@pytest.mark.parametrize("name", ["", "1a", "_a", "-a", "a.b", "a b", "ä", "a" * 65, "a/b", "a\n"])
def test_what_is_no_id(name):
    assert not names.ID.fullmatch(name)


@pytest.mark.parametrize("code", ["", "_no", "1.5", "a b", "ja!", "a" * 25, "1\n"])
def test_what_is_no_code(code):
    assert not names.CODE.fullmatch(code)


@pytest.mark.parametrize("id_of_a_page", sorted(names.ON_PAGES | names.PLACES | names.IN_COLUMNS))
def test_ids_that_pages_and_columns_need_could_be_written_and_so_must_be_refused(id_of_a_page):
    assert names.ID.fullmatch(id_of_a_page)
