"""Entries of staff and connectors: added, never changed, each holding all before it."""

import threading
from datetime import UTC, datetime

import pytest

from survey.engine.database import Database
from survey.linkage import audit_link
from survey.model.roles import ZONE
from survey.staff import audit
from survey.staff.store import audit as stored

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_a_changed_entry_no_longer_fits_the_chain(database):
    with database.write() as tx:
        for number in range(3):
            audit.note(tx, "dilan", "wave-created", f"w{number}", at=AT)
    assert broken(database) == []
    with database.write() as tx:
        tx.run("UPDATE audit SET subject = 'w9' WHERE tenant = :tenant AND number = 2")
    assert broken(database) == [2]


def test_an_entry_comes_back_with_its_moment(database):
    with database.write() as tx:
        audit.note(tx, "dilan", "wave-created", "w1", at=AT, level="linked")
    with database.read() as tx:
        (entry,) = stored.list_all(tx)
    assert (entry.number, entry.at, entry.details) == (1, AT, '{"level":"linked"}')


def test_writers_at_once_make_one_chain_and_none_is_turned_away(database):
    def write(name: str) -> None:
        for number in range(10):
            with database.write() as tx:
                audit.note(tx, name, "wave-created", f"w{number}", at=AT)

    writers = [threading.Thread(target=write, args=[name]) for name in ("dilan", "clara", "bernd")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.read() as tx:
        assert [entry.number for entry in stored.list_all(tx)] == list(range(1, 31))
    assert broken(database) == []


def test_an_entry_of_an_undone_block_is_undone(database):
    try:
        with database.write() as tx:
            audit.note(tx, "dilan", "wave-created", "w1", at=AT)
            raise KeyError("the work behind it failed")
    except KeyError:
        pass
    with database.read() as tx:
        assert list(stored.list_all(tx)) == []


def test_parts_of_an_entry_cannot_change_places(database):
    with pytest.raises(ValueError, match="separator"), database.write() as tx:
        audit.note(tx, "dilan", "wave-created", "w1\x1fw2", at=AT)
    with database.write() as tx:
        audit.note(tx, "dilan", "wave-created", "w1", at=AT)
        tx.run(
            """
            UPDATE audit SET subject = subject || :separator || details, details = ''
            WHERE tenant = :tenant
            """,
            {"separator": stored.SEPARATOR},
        )
    with database.read() as tx:
        assert audit.verify(tx, ZONE).broken_at == 1


def broken(database: Database) -> list[int]:
    """Numbers of entries whose digest does not follow from the one before."""
    before, wrong = audit_link.START, []
    with database.read() as tx:
        for entry in stored.list_all(tx):
            if audit_link.link(before, stored.digestible(entry, entry.number)) != entry.hash:
                wrong.append(entry.number)
            before = entry.hash
    return wrong
