"""A table of coins, for what must hold on both engines."""

from pathlib import Path

from msgspec import Struct

from survey.engine import engines, migrate
from survey.engine.database import Database
from tests import databases

TABLE = """
CREATE TABLE pot (
    tenant TEXT NOT NULL, name TEXT NOT NULL, coins {whole} NOT NULL CHECK (coins >= 0),
    sealed {bytes}, lid {flag} NOT NULL DEFAULT FALSE, weight {real}, filled_on {moment},
    PRIMARY KEY (tenant, name)
) {table_end};
"""


class Pot(Struct, frozen=True):
    name: str
    coins: int


def folder(where: Path) -> Path:
    """Migrations that make the table."""
    made = where / "migrations"
    made.mkdir()
    (made / "001_pot.sql").write_text(TABLE, "utf-8")
    return made


def opened(place: str, where: Path, tenant: str = "musterstadt") -> Database:
    """The database at this place with the table."""
    database = engines.open_database(place, home=where, tenant=tenant)
    migrate.migrate(database, where / "migrations")
    return database


def place(engine: str) -> str:
    """A place nobody has been to."""
    return databases.place(engine)


def put(database: Database, name: str, coins: int) -> None:
    """A pot with so many coins."""
    with database.write() as tx:
        tx.run(
            "INSERT INTO pot (tenant, name, coins) VALUES (:tenant, :name, :coins)",
            Pot(name, coins),
        )


def pots(database: Database) -> list[Pot]:
    """All of them, by name."""
    with database.read() as tx:
        return tx.all("SELECT name, coins FROM pot WHERE tenant = :tenant ORDER BY name", into=Pot)
