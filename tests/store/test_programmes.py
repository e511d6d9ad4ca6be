"""Programmes: written down once, found by id, their key ceremony confirmed once."""

import pytest

from survey.errors import NotFound
from survey.store import programmes
from tests.store.conftest import programme


def test_a_programme_comes_back_as_it_was(database):
    with database.write() as tx:
        assert programmes.add(tx, programme())
    with database.read() as tx:
        assert programmes.find(tx, "p") == programme()


def test_an_id_is_given_once(database):
    with database.write() as tx:
        assert programmes.add(tx, programme())
        assert not programmes.add(tx, programme())


def test_all_come_by_id_as_bytes_sort_not_as_a_language_does(database):
    with database.write() as tx:
        for each in ("b", "a_c", "a-d", "a.b", "ab"):
            programmes.add(tx, programme(each))
    with database.read() as tx:
        found = [each.programme_id for each in programmes.list_all(tx)]
    assert found == ["a-d", "a.b", "a_c", "ab", "b"]


def test_an_unknown_programme_is_told(database):
    with pytest.raises(NotFound, match="programme=p"), database.read() as tx:
        programmes.find(tx, "p")


def test_a_ceremony_is_confirmed_once_and_keeps_its_day(database):
    with database.write() as tx:
        programmes.add(tx, programme())
        assert programmes.ceremony(tx, "p") is None
        assert programmes.confirm_ceremony(tx, "p", on="2026-10-02")
        assert not programmes.confirm_ceremony(tx, "p", on="2026-10-09")
        assert programmes.ceremony(tx, "p") == "2026-10-02"


def test_a_ceremony_of_no_programme_is_none(database):
    with database.write() as tx:
        assert not programmes.confirm_ceremony(tx, "p", on="2026-10-02")
        assert programmes.ceremony(tx, "p") is None
