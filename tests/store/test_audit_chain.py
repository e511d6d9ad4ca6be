"""Entries of staff and connectors: added, never changed, each holding all before it."""

from datetime import UTC, datetime

from survey.actions import audit, house
from survey.engine import migrate, sqlite
from survey.linkage import chain
from survey.store import audit as stored

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_a_changed_entry_no_longer_fits_the_chain(tmp_path):
    database = sqlite.open_database(tmp_path / "house.db", tenant="musterstadt")
    migrate.migrate(database, house.MIGRATIONS)
    with database.write() as tx:
        for number in range(3):
            audit.note(tx, "dilan", "wave-created", f"w{number}", at=AT)
    assert broken(database) == []
    with database.write() as tx:
        tx.run("UPDATE audit SET subject = 'w9' WHERE tenant = :tenant AND number = 2")
    assert broken(database) == [2]


def broken(database) -> list[int]:
    """Numbers of entries whose digest does not follow from the one before."""
    before, wrong = chain.START, []
    with database.read() as tx:
        for entry in stored.every(tx):
            if chain.link(before, stored.digestible(entry, entry.number)) != entry.hash:
                wrong.append(entry.number)
            before = entry.hash
    return wrong
