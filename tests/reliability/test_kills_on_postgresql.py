"""Promise 7 on the second engine: web process and database are killed in turns."""

import threading
import time
from random import Random

import pytest
from msgspec import Struct

from tests import databases
from tests.reliability import people
from tests.reliability.hubs import answers_of, hub
from tests.reliability.people import ANSWERED, Person
from tests.world import homes

PEOPLE, TURNS, CROWD = 60, 12, 4
# What a page says while its database is away; nothing was kept then, or all of it.
AWAY = frozenset({500, 503, 507})


class Counted(Struct):
    domain: str
    number: int


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    home = tmp_path_factory.mktemp("house")
    postgres = databases.Postgres()
    world = homes.build(home, letters=PEOPLE, base_url="http://127.0.0.1", database=postgres.new())
    random = Random(12)
    crowd = [Person(code=code, said=random.choice("12345")) for code in world.letters]
    waiting = list(crowd)
    with hub(home) as server:

        def work() -> None:
            while waiting:
                people.answer(waiting.pop(), server.port, reloaded=AWAY)

        threads = [threading.Thread(target=work) for _ in range(CROWD)]
        for thread in threads:
            thread.start()
        for turn in range(TURNS):
            time.sleep(random.uniform(0.05, 0.3))
            if turn % 3 == 0:
                server.kill_between_commit_and_reply()
            elif turn % 3 == 1:
                postgres.kill()
                postgres.wait()
            else:
                server.kill()
        for thread in threads:
            thread.join()
        yield world.home.services(), crowd, server
    world.database.close()
    postgres.end()


def test_everybody_got_through_in_the_end(aftermath):
    _, crowd, server = aftermath
    assert server.held_kills >= 2
    assert [person.code for person in crowd if not person.thanked] == []


def test_every_thanked_person_is_counted_once_with_what_she_said(aftermath):
    services, crowd, _ = aftermath
    for person in crowd:
        assert answers_of(services, person) == [person.said] * len(ANSWERED)
    with services.database.read() as tx:
        counted = tx.all(
            "SELECT domain, count(*) AS number FROM response GROUP BY domain", into=Counted
        )
        drafts = tx.all("SELECT draft_key AS mark FROM draft", into=Draft)
    assert {each.number for each in counted} == {PEOPLE}
    assert drafts == []


class Draft(Struct):
    mark: bytes
