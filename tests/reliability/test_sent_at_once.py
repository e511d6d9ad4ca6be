"""Several devices press Send in the same moment: everybody is thanked, everything is kept once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec import Struct

from survey import clock
from survey.actions import drafts, responses, wave_close
from survey.linkage import codes
from survey.model.answers import Chosen
from tests import databases
from tests.world import homes


class Counted(Struct):
    domain: str
    number: int


@pytest.fixture(params=databases.ENGINES)
def world(request, tmp_path):
    made = homes.build(tmp_path, letters=60, database=databases.place(request.param))
    yield made
    made.home.database.close()


def counted(world) -> set[int]:
    with world.database.read() as tx:
        found = tx.all(
            "SELECT domain, count(*) AS number FROM response GROUP BY domain", into=Counted
        )
    return {each.number for each in found}


def begun(services, code: str):
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    assert entered is not None
    drafts.keep(services, entered.session, "w1", Chosen(codes=("4",)), language="de")
    return entered.session


def test_one_draft_sent_by_many_devices_is_kept_once(world):
    services = world.home.services()
    session = begun(services, world.code())
    with ThreadPoolExecutor(6) as threads:
        said = list(threads.map(lambda _: responses.submit(services, session), range(6)))
    assert sorted(said) == ["repeated"] * 5 + ["sent"]
    assert counted(world) == {1}


def test_many_people_at_once_are_all_kept(world):
    services = world.home.services()
    sessions = [begun(services, world.code()) for _ in range(24)]
    with ThreadPoolExecutor(6) as threads:
        said = list(threads.map(lambda each: responses.submit(services, each), sessions))
    assert said == ["sent"] * 24
    assert counted(world) == {24}


def test_whoever_sends_while_the_wave_closes_is_kept_or_told(world):
    services = world.home.services()
    sessions = [begun(services, world.code()) for _ in range(24)]
    with ThreadPoolExecutor(6) as threads:
        sent = [threads.submit(responses.submit, services, each) for each in sessions]
        wave_close.close(world.home.services(), "w1", actor="test", at=clock.now())
        said = [each.result() for each in sent]
    assert counted(world) | {0} == {said.count("sent"), 0}
    with world.database.read() as tx:
        assert tx.all("SELECT wave_id AS domain, 0 AS number FROM draft", into=Counted) == []
