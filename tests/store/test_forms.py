"""Published forms: kept once, withdrawn once."""

import pytest

from survey.errors import NotFound
from survey.store import forms
from survey.store.forms import FormVersion

FORM = FormVersion(version="f" * 64, form_id="satisfaction", body='{"a":"100 % – ü"}')


def test_a_form_comes_back_as_it_was(database):
    with database.write() as tx:
        assert forms.keep(tx, FORM)
    with database.read() as tx:
        assert forms.find(tx, FORM.version) == FORM


def test_a_version_is_kept_once(database):
    with database.write() as tx:
        assert forms.keep(tx, FORM)
        assert not forms.keep(tx, FORM)


def test_a_form_is_withdrawn_once(database):
    with database.write() as tx:
        forms.keep(tx, FORM)
        assert forms.withdraw(tx, FORM.version)
        assert not forms.withdraw(tx, FORM.version)
        assert forms.find(tx, FORM.version).withdrawn


def test_an_unknown_form_is_told_by_its_beginning(database):
    with pytest.raises(NotFound, match="form_version=eeeeeeeeeeee"), database.read() as tx:
        forms.find(tx, "e" * 64)
