"""The embedded engine: whole or not at all, durable, in no order."""

import threading
from pathlib import Path

import pytest
from msgspec import Struct

from survey.engine import migrate, sqlite
from survey.engine.sqlite import SqliteDatabase
from survey.errors import DatabaseError, DatabaseFull, DatabaseNewer, RuleBroken

TABLE = """
CREATE TABLE pot (
    tenant TEXT NOT NULL, name TEXT NOT NULL, coins {whole} NOT NULL CHECK (coins >= 0),
    sealed {bytes}, PRIMARY KEY (tenant, name)
) {table_end};
"""


class Pot(Struct, frozen=True):
    name: str
    coins: int


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_pot.sql").write_text(TABLE, "utf-8")
    return folder


@pytest.fixture
def database(tmp_path: Path, migrations: Path) -> SqliteDatabase:
    database = sqlite.open_database(tmp_path / "house.db", tenant="musterstadt")
    migrate.migrate(database, migrations)
    return database


def put(database: SqliteDatabase, name: str, coins: int) -> None:
    with database.write() as tx:
        tx.run(
            "INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, :coins)",
            Pot(name, coins),
        )


def pots(database: SqliteDatabase) -> list[Pot]:
    with database.read() as tx:
        return tx.all("SELECT name, coins FROM pot WHERE tenant = :tenant ORDER BY name", into=Pot)


def test_a_struct_goes_in_and_comes_out(database):
    put(database, "amber", 3)
    assert pots(database) == [Pot("amber", 3)]


def test_an_exception_undoes_the_whole_block(database):
    def broken() -> None:
        with database.write() as tx:
            tx.run("INSERT INTO pot VALUES (:tenant, 'amber', 1, NULL)")
            raise KeyError("the work behind it failed")

    with pytest.raises(KeyError):
        broken()
    assert pots(database) == []


def test_a_broken_rule_of_the_database_undoes_the_whole_block(database):
    def two() -> None:
        with database.write() as tx:
            tx.run("INSERT INTO pot VALUES (:tenant, 'amber', 1, NULL)")
            tx.run("INSERT INTO pot VALUES (:tenant, 'beryl', -1, NULL)")

    with pytest.raises(RuleBroken):
        two()
    assert pots(database) == []


def test_another_tenant_sees_nothing(database, tmp_path):
    put(database, "amber", 3)
    other = sqlite.open_database(tmp_path / "house.db", tenant="anderswo")
    assert pots(other) == []


def test_many_threads_that_read_and_then_write_lose_no_coin(database):
    put(database, "amber", 0)

    def add() -> None:
        for _ in range(50):
            with database.write() as tx:
                pot = tx.one(
                    "SELECT name, coins FROM pot WHERE tenant = :tenant AND name = 'amber'",
                    into=Pot,
                )
                assert pot is not None
                tx.run(
                    "UPDATE pot SET coins = :coins WHERE tenant = :tenant AND name = 'amber'",
                    {"coins": pot.coins + 1},
                )

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pots(database) == [Pot("amber", 400)]


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(database):
    put(database, "amber", 3)
    with database.read() as tx:
        connection = tx._connection
    connection.execute("PRAGMA max_page_count = 8")
    with pytest.raises(DatabaseFull), database.write() as tx:
        tx.run("INSERT INTO pot VALUES (:tenant, 'beryl', 1, :much)", {"much": bytes(200_000)})
    assert pots(database) == [Pot("amber", 3)]


def test_commits_wait_for_the_disk_and_deleted_bytes_are_overwritten(database):
    with database.read() as tx:
        connection = tx._connection
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_migration_runs_once(database, migrations):
    (migrations / "002_lid.sql").write_text("ALTER TABLE pot ADD COLUMN lid TEXT;", "utf-8")
    assert migrate.migrate(database, migrations) == ["002_lid.sql"]
    assert migrate.migrate(database, migrations) == []
    assert migrate.version(database) == 2


def test_a_migration_that_fails_leaves_the_database_at_its_version(database, migrations):
    (migrations / "002_lid.sql").write_text(
        "ALTER TABLE pot ADD COLUMN lid TEXT; INSERT INTO nowhere VALUES (1);", "utf-8"
    )
    with pytest.raises(DatabaseError):
        migrate.migrate(database, migrations)
    assert migrate.version(database) == 1
    put(database, "amber", 1)


def test_a_database_of_a_newer_programme_is_refused(database, tmp_path):
    with database.write() as tx:
        tx.run("INSERT INTO migration (tenant, number, name) VALUES (:tenant, 9, '009_later.sql')")
    with pytest.raises(DatabaseNewer, match="programme=1"):
        migrate.migrate(database, tmp_path / "migrations")


def test_a_file_that_is_no_database_is_told_with_its_path(tmp_path):
    (tmp_path / "notes.txt").write_text("this is not a database, not at all" * 50, "utf-8")
    with pytest.raises(DatabaseError, match=r"notes\.txt"):
        sqlite.open_database(tmp_path / "notes.txt", tenant="musterstadt")
