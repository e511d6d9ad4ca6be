"""Migrations run once, whole or not at all, and never backwards."""

import pytest

from survey.engine import migrate
from survey.errors import DatabaseError, DatabaseNewer
from tests.engine import pots


def test_a_migration_runs_once(kitchen):
    migrations = kitchen.folder / "migrations"
    (migrations / "002_handle.sql").write_text("ALTER TABLE pot ADD COLUMN handle TEXT;", "utf-8")
    assert migrate.migrate(kitchen.database, migrations) == ["002_handle.sql"]
    assert migrate.migrate(kitchen.database, migrations) == []
    assert migrate.version(kitchen.database) == 2


def test_a_second_tenant_finds_the_tables_there(kitchen):
    other = pots.opened(kitchen.place, kitchen.folder, "anderswo")
    assert migrate.version(other) == 1
    other.close()


def test_a_migration_that_fails_leaves_the_database_at_its_version(kitchen):
    migrations = kitchen.folder / "migrations"
    (migrations / "002_handle.sql").write_text(
        "ALTER TABLE pot ADD COLUMN handle TEXT; INSERT INTO nowhere VALUES (1);", "utf-8"
    )
    with pytest.raises(DatabaseError):
        migrate.migrate(kitchen.database, migrations)
    assert migrate.version(kitchen.database) == 1
    pots.put(kitchen.database, "amber", 1)


def test_a_database_of_a_newer_programme_is_refused(kitchen):
    with kitchen.database.write() as tx:
        tx.run("INSERT INTO migration (tenant, number, name) VALUES (:tenant, 9, '009_later.sql')")
    with pytest.raises(DatabaseNewer, match="programme=1"):
        migrate.migrate(kitchen.database, kitchen.folder / "migrations")
