"""PostgreSQL shows for every row its place and its transaction; after a night they are mute."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from msgspec import Struct

from survey.engine import engines, migrate
from survey.engine.database import Database
from survey.home import MIGRATIONS
from survey.model.rows import Draft, FreeText, Invitation, Response
from survey.store import drafts, forms, free_texts, invitations, programmes, responses, waves
from survey.store.forms import FormVersion
from tests import databases
from tests.store.conftest import VERSION, programme, wave

PEOPLE = 120
KEYS = {
    "response": "mark",
    "free_text": "handle",
    "draft": "draft_key",
    "invitation": "code_hash",
}
# Long enough to be laid aside into a table of its own, as sealed texts are.
LONG = 6000


class House(Struct, frozen=True):
    """The address an operator knows, and the database behind it."""

    place: str
    database: Database


def digest(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


@pytest.fixture
def house_(tmp_path: Path) -> Iterator[House]:
    """People answered one after another; person 7 has deleted what she wrote."""
    place = databases.place("postgresql")
    database = engines.open_database(place, home=tmp_path, tenant="musterstadt")
    migrate.migrate(database, MIGRATIONS)
    with database.write() as tx:
        programmes.add(tx, programme())
        forms.keep(tx, FormVersion(version=VERSION, form_id="satisfaction", body="{}"))
        waves.add(tx, wave())
    for number in range(PEOPLE):
        with database.write() as tx:
            _answer(tx, number)
    with database.write() as tx:
        responses.erase(tx, digest("handle", 7))
        free_texts.erase(tx, digest("text", 7))
    yield House(place, database)
    database.close()


def _answer(tx, number: int) -> None:
    mark, handle = digest("mark", number), digest("handle", number)
    body = hashlib.shake_256(mark).digest(LONG)
    invitations.add(tx, [Invitation(code_hash=mark, wave_id="w1", ticket=handle)])
    drafts.begin(tx, Draft(draft_key=mark, wave_id="w1", version=1, body=body))
    row = Response(wave_id="w1", domain="recipient.main", mark=mark, handle=handle, body=body)
    responses.keep(tx, row)
    free_texts.keep(tx, FreeText(wave_id="w1", handle=digest("text", number), body=body))


def submitted(table: str) -> dict[bytes, int]:
    """Who has which key, in the order in which people came."""
    name = "text" if table == "free_text" else "mark"
    return {digest(name, number): number for number in range(PEOPLE)}


def seen(place: str, table: str, by: str) -> list[int]:
    """People in the order in which an operator sees them, sorted by a hidden column."""
    with psycopg.connect(place) as connection:
        rows = connection.execute(f"SELECT {KEYS[table]} FROM {table} ORDER BY {by}").fetchall()
    order = submitted(table)
    return [order[bytes(key)] for (key,) in rows]


def transactions(place: str, table: str) -> int:
    with psycopg.connect(place) as connection:
        found = connection.execute(f"SELECT count(DISTINCT xmin::text) FROM {table}").fetchone()
    assert found is not None
    return int(found[0])


def laid_aside(place: str, table: str) -> list[bytes]:
    """Beginnings of long values, sorted by the number under which PostgreSQL laid them aside."""
    with psycopg.connect(place) as connection:
        found = connection.execute(
            "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = %s", [table]
        ).fetchone()
        assert found is not None
        rows = connection.execute(
            f"SELECT chunk_data FROM {found[0]} WHERE chunk_seq = 0 ORDER BY chunk_id"
        ).fetchall()
    return [bytes(chunk)[:64] for (chunk,) in rows]


def bodies(order: list[int]) -> list[bytes]:
    return [hashlib.shake_256(digest("mark", number)).digest(64) for number in order]


@pytest.mark.parametrize("table", sorted(KEYS))
def test_before_the_night_place_and_transaction_tell_who_came_after_whom(house_, table):
    """So that the test below can fail."""
    order = seen(house_.place, table, "ctid")
    assert [each for each in order if each != 7] == [each for each in range(PEOPLE) if each != 7]
    assert transactions(house_.place, table) >= PEOPLE - 1


@pytest.mark.parametrize("table", sorted(KEYS))
def test_after_the_night_neither_does(house_, table):
    house_.database.rewrite()
    by_place = seen(house_.place, table, "ctid")
    assert by_place == seen(house_.place, table, KEYS[table])
    assert by_place != sorted(by_place)
    assert transactions(house_.place, table) == 1


@pytest.mark.parametrize("table", ["response", "free_text", "draft"])
def test_numbers_of_long_values_laid_aside_follow_the_keys_too(house_, table):
    came = [each for each in range(PEOPLE) if each != 7 or table == "draft"]
    assert laid_aside(house_.place, table)[: len(came)][:7] == bodies(came)[:7]
    house_.database.rewrite()
    by_key = [each for each in seen(house_.place, table, KEYS[table]) if each in came]
    assert laid_aside(house_.place, table) == bodies(by_key)


def test_what_was_deleted_is_in_no_file_of_its_table_after_the_night(house_):
    gone = hashlib.shake_256(digest("mark", 7)).digest(64)
    house_.database.rewrite()
    with psycopg.connect(house_.place) as connection:
        connection.execute("DELETE FROM draft")
    house_.database.rewrite()
    assert all(gone not in content for content in _files(house_.place))


def _files(place: str) -> Iterator[bytes]:
    """The files of the tables with what is laid aside for them, as they lie on the disk."""
    server = databases.server()
    server.run("CHECKPOINT")
    with psycopg.connect(place) as connection:
        rows = connection.execute(
            """
            SELECT pg_relation_filepath(oid) FROM pg_class
            WHERE relkind IN ('r', 't', 'i') AND relfilenode > 0 AND oid > 16383
            """
        ).fetchall()
    for (path,) in rows:
        yield (server.folder / "data" / path).read_bytes()


def test_a_reader_that_began_before_still_sees_every_row(house_):
    with house_.database.read() as tx:
        assert responses.has_mark(tx, digest("mark", 0))
        with psycopg.connect(house_.place, autocommit=True) as connection:
            # The step that other processes can meet in the middle: rows put back, not yet laid out.
            connection.execute(
                "WITH gone AS (DELETE FROM response RETURNING *) "
                "INSERT INTO response SELECT * FROM gone ORDER BY tenant, mark"
            )
        rows = [row for row in responses.sealed(tx, "w1", "recipient.main") if row.body]
    assert len(rows) == PEOPLE - 1


def test_two_nights_at_once_while_people_answer_lose_nothing(house_, tmp_path):
    other = engines.open_database(house_.place, home=tmp_path, tenant="anderswo")

    def later() -> None:
        for number in range(PEOPLE, PEOPLE + 60):
            with house_.database.write() as tx:
                _answer(tx, number)

    work = [house_.database.rewrite, other.rewrite, later]
    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(each) for each in work]:
            done.result()
    other.close()
    with house_.database.read() as tx:
        rows = [row for row in responses.sealed(tx, "w1", "recipient.main") if row.body]
    assert len(rows) == PEOPLE + 59
