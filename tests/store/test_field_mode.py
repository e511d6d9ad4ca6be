"""How a wave is asked is stored with it; of older waves it is read off the form once."""

import shutil
from datetime import date

import pytest
from msgspec.structs import replace

from survey.engine import migrate, sqlite
from survey.errors import RuleBroken
from survey.home import MIGRATIONS
from survey.store import forms, programmes, waves
from survey.store.forms import FormVersion
from tests.store.conftest import VERSION, programme, wave

DAY = date(2026, 11, 2)


def test_a_wave_keeps_its_mode(planned):
    with planned.write() as tx:
        waves.add(tx, replace(wave("w2", 2), mode="code_list"))
    with planned.read() as tx:
        assert [one.mode for one in waves.list_all(tx)] == ["letter", "code_list"]


def test_another_mode_is_no_mode(planned):
    with pytest.raises(RuleBroken), planned.write() as tx:
        waves.add(tx, replace(wave("w2", 2), mode="telephone"))


def test_waves_of_an_older_version_are_asked_as_their_form_was(tmp_path):
    older = tmp_path / "older"
    older.mkdir()
    for path in sorted(MIGRATIONS.glob("*.sql"))[:6]:
        shutil.copy(path, older)
    database = sqlite.open_database(tmp_path / "older.db", tenant="m")
    migrate.migrate(database, older)
    with database.write() as tx:
        programmes.add(tx, programme())
        forms.keep(tx, FormVersion(version=VERSION, form_id="satisfaction", body="{}"))
        for number, form_id in enumerate(("satisfaction", "kiosk"), 1):
            tx.run(
                """
                INSERT INTO wave (tenant, wave_id, programme_id, number, form_id, form_version,
                    opens_on, closes_on, state, k, k_sensitive, k_up, comments, print_destroyed,
                    title)
                VALUES (:tenant, :form_id, 'p', :number, :form_id, :version, :day, :day, 'closed',
                    10, 20, 20, 15, FALSE, :form_id)
                """,
                {
                    "form_id": form_id,
                    "number": number,
                    "version": VERSION,
                    "day": date(2026, 11, 2),
                },
            )
    assert "007_field_mode.sql" in migrate.migrate(database, MIGRATIONS)
    with database.read() as tx:
        assert {one.form_id: one.mode for one in waves.list_all(tx)} == {
            "satisfaction": "letter",
            "kiosk": "kiosk",
        }
    database.close()
