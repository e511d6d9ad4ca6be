"""The embedded engine: what a file alone must do."""

from pathlib import Path

import pytest

from survey.engine import sqlite
from survey.engine.database import Database
from survey.errors import DatabaseError, DatabaseFull
from tests.engine import pots
from tests.engine.pots import Pot


@pytest.fixture
def database(tmp_path: Path) -> Database:
    pots.folder(tmp_path)
    return pots.opened("house.db", tmp_path)


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(database):
    pots.put(database, "amber", 3)
    with database.read() as tx:
        connection = tx._connection
    connection.execute("PRAGMA max_page_count = 8")
    with pytest.raises(DatabaseFull), database.write() as tx:
        tx.run(
            "INSERT INTO pot (tenant, name, coins, sealed) VALUES (:tenant, 'beryl', 1, :much)",
            {"much": bytes(200_000)},
        )
    assert pots.pots(database) == [Pot("amber", 3)]


def test_commits_wait_for_the_disk_and_deleted_bytes_are_overwritten(database):
    with database.read() as tx:
        connection = tx._connection
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_file_that_is_no_database_is_told_with_its_path(tmp_path):
    (tmp_path / "notes.txt").write_text("this is not a database, not at all" * 50, "utf-8")
    with pytest.raises(DatabaseError, match=r"notes\.txt"):
        sqlite.open_database(tmp_path / "notes.txt", tenant="musterstadt")
