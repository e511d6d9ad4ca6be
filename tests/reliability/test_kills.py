"""Promise 7: whoever was thanked is counted, once, whatever happens to the machine."""

import sqlite3
import threading
import time
from random import Random

import msgspec
import pytest

from survey.engine import sqlite
from tests.reliability import people
from tests.reliability.hubs import answers_of, hub
from tests.reliability.people import ANSWERED, Person
from tests.world import homes

PEOPLE, KILLS, HELD_KILLS, COPIES, CROWD = 200, 32, 6, 12, 6


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """Two hundred people answered while the server was killed again and again."""
    home = tmp_path_factory.mktemp("house")
    world = homes.build(home, letters=PEOPLE, base_url="http://127.0.0.1")
    services = world.home.services()
    random = Random(11)
    crowd = [Person(code=code, said=random.choice("12345")) for code in world.letters]
    waiting, copies = list(crowd), []
    with hub(home) as server:

        def work() -> None:
            while waiting:
                people.answer(waiting.pop(), server.port)

        threads = [threading.Thread(target=work) for _ in range(CROWD)]
        for thread in threads:
            thread.start()
        for turn in range(KILLS):
            time.sleep(random.uniform(0.05, 0.3))
            # Early, while there are certainly people who are about to send.
            if turn % 2 == 0 and server.held_kills < HELD_KILLS:
                server.kill_between_commit_and_reply()
            else:
                server.kill()
            if len(copies) < COPIES:
                time.sleep(random.uniform(0.0, 0.3))
                thanked = [person.code for person in crowd if person.thanked]
                folder = home / f"copy-{turn}"
                server.copy(folder)
                copies.append((folder, thanked))
        for thread in threads:
            thread.join()
        return services, crowd, copies, server


def test_the_server_was_killed_often_and_between_commit_and_reply(aftermath):
    _, _, _, server = aftermath
    assert server.kills >= 30
    assert server.held_kills >= 5


def test_everybody_got_through_in_the_end(aftermath):
    _, crowd, _, _ = aftermath
    assert [person.code for person in crowd if not person.thanked] == []


def test_every_thanked_person_is_counted_once_with_what_she_said(aftermath):
    services, crowd, _, _ = aftermath
    for person in crowd:
        assert answers_of(services, person) == [person.said] * len(ANSWERED)
    connection = sqlite3.connect(services.database.path)
    rows = connection.execute("SELECT domain, count(*) FROM response GROUP BY 1").fetchall()
    assert {count for _, count in rows} == {PEOPLE}
    assert connection.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_a_copy_of_database_and_log_holds_everybody_thanked_before(aftermath):
    services, _, copies, _ = aftermath
    assert len(copies) == COPIES
    assert any(thanked for _, thanked in copies)
    for folder, thanked in copies:
        database = sqlite.open_database(folder / "survey.db", tenant="musterstadt")
        copied = msgspec.structs.replace(services, database=database, forms={}, programmes={})
        for code in thanked:
            assert answers_of(copied, Person(code=code, said="")) != []
        database.close()
