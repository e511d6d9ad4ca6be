"""`survey inspect` tells an operator whether the file is sound, and never how many answered."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from survey.cli.main import main
from tests.world import homes


@pytest.fixture
def world(tmp_path):
    world = homes.build(tmp_path, letters=40)
    world.database.close()
    return world


def run(world, *words):
    home = ["--home", str(world.home.directory)]
    return CliRunner().invoke(main, [*home, "inspect", *words])


def by_hand(world, sql):
    """What somebody does to the file beside the programme."""
    with closing(sqlite3.connect(world.database.path)) as connection:
        connection.executescript(sql)


def test_a_sound_file_is_said_to_be_sound(world):
    said = run(world)
    assert said.exit_code == 0, said.output
    assert "Sound: no damage" in said.output


def test_tables_are_listed_with_columns_keys_and_indexes(world):
    said = run(world, "--tables").output
    assert "\nwave  (key: tenant, wave_id)\n" in said
    assert "\n  closes_on TEXT\n" in said
    assert "\n  index: " in said


def test_no_row_is_counted(world):
    """One more answer changes nothing that is said."""
    before = run(world, "--tables").output
    one = "(SELECT MIN(code_hash) FROM invitation)"
    by_hand(world, f"DELETE FROM invitation WHERE code_hash = {one}")
    assert run(world, "--tables").output == before


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DROP INDEX {index}", "{index}"),
        ("CREATE TABLE notes (name TEXT)", "notes"),
        ("ALTER TABLE wave ADD COLUMN remark TEXT", "wave"),
    ],
)
def test_what_was_changed_by_hand_is_named(world, sql, named):
    with closing(sqlite3.connect(world.database.path)) as connection:
        (index,) = connection.execute(
            "SELECT MIN(name) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchone()
    by_hand(world, sql.format(index=index))
    said = run(world)
    assert said.exit_code == 1
    assert f"Changed by hand: {named.format(index=index)}" in said.output
    assert "Sound" not in said.output


def test_a_database_of_an_older_version_is_sent_to_migrate(world):
    by_hand(world, "DELETE FROM migration WHERE number = (SELECT MAX(number) FROM migration)")
    said = run(world)
    assert said.exit_code == 1
    assert "survey migrate" in said.output


def test_damage_is_named(world):
    by_hand(
        world,
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = REPLACE(sql, 'state TEXT NOT NULL', 'state REAL NOT NULL')
        WHERE name = 'wave';
        """,
    )
    said = run(world)
    assert said.exit_code == 1
    assert "Damaged: " in said.output


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(world):
    path = world.database.path
    path.write_bytes(path.read_bytes()[:40_000])
    said = run(world)
    assert said.exit_code == 1
    assert "malformed" in said.output


def test_what_is_no_database_is_refused(world):
    world.database.path.write_bytes(b"PDF" * 4000)
    said = run(world)
    assert said.exit_code == 1
    assert "not a database" in said.output


def test_no_database_is_made_where_there_is_none(world):
    world.database.path.unlink()
    assert "is not there" in run(world).output
    assert not world.database.path.exists()
