"""`survey inspect` tells an operator whether the file is sound, and never how many answered."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from survey.cli.main import main
from tests.web import houses


@pytest.fixture
def street(tmp_path):
    street = houses.build(tmp_path, letters=40)
    street.here.database.close()
    return street


def run(street, *words):
    home = ["--home", str(street.here.home)]
    return CliRunner().invoke(main, [*home, "inspect", *words])


def by_hand(street, sql):
    """What somebody does to the file beside the programme."""
    with closing(sqlite3.connect(street.here.database.path)) as connection:
        connection.executescript(sql)


def test_a_sound_file_is_said_to_be_sound(street):
    said = run(street)
    assert said.exit_code == 0, said.output
    assert "Sound: no damage" in said.output


def test_tables_are_listed_with_columns_keys_and_indexes(street):
    said = run(street, "--tables").output
    assert "\nwave  (key: tenant, wave_id)\n" in said
    assert "\n  closes_on TEXT\n" in said
    assert "\n  index: " in said


def test_no_row_is_counted(street):
    """One more answer changes nothing that is said."""
    before = run(street, "--tables").output
    one = "(SELECT MIN(code_hash) FROM invitation)"
    by_hand(street, f"DELETE FROM invitation WHERE code_hash = {one}")
    assert run(street, "--tables").output == before


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DROP INDEX {index}", "{index}"),
        ("CREATE TABLE notes (name TEXT)", "notes"),
        ("ALTER TABLE wave ADD COLUMN remark TEXT", "wave"),
    ],
)
def test_what_was_changed_by_hand_is_named(street, sql, named):
    with closing(sqlite3.connect(street.here.database.path)) as connection:
        (index,) = connection.execute(
            "SELECT MIN(name) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchone()
    by_hand(street, sql.format(index=index))
    said = run(street)
    assert said.exit_code == 1
    assert f"Changed by hand: {named.format(index=index)}" in said.output
    assert "Sound" not in said.output


def test_a_database_of_an_older_version_is_sent_to_migrate(street):
    by_hand(street, "DELETE FROM migration WHERE number = (SELECT MAX(number) FROM migration)")
    said = run(street)
    assert said.exit_code == 1
    assert "survey migrate" in said.output


def test_damage_is_named(street):
    by_hand(
        street,
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = REPLACE(sql, 'state TEXT NOT NULL', 'state REAL NOT NULL')
        WHERE name = 'wave';
        """,
    )
    said = run(street)
    assert said.exit_code == 1
    assert "Damaged: " in said.output


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(street):
    path = street.here.database.path
    path.write_bytes(path.read_bytes()[:40_000])
    said = run(street)
    assert said.exit_code == 1
    assert "malformed" in said.output


def test_what_is_no_database_is_refused(street):
    street.here.database.path.write_bytes(b"PDF" * 4000)
    said = run(street)
    assert said.exit_code == 1
    assert "not a database" in said.output


def test_no_database_is_made_where_there_is_none(street):
    street.here.database.path.unlink()
    assert "is not there" in run(street).output
    assert not street.here.database.path.exists()
