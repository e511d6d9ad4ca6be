"""Connectors and servers of different versions: each gets what it can use, or a clear word."""

from datetime import timedelta

import msgspec
import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from connector.cli.main import main as connector
from connector.errors import ServerRefused
from connector.state import releases as kept
from survey.actions import wave_changes
from survey.home import Home
from survey.linkage import codes, envelopes, pseudonyms, releases
from survey.model.exchange import HeldRelease
from survey.model.waves import slot
from survey.store import waves
from tests.connector import case_houses
from tests.connector.case_houses import PROGRAMME as THEIR_PROGRAMME
from tests.connector.case_houses import TODAY, UNTIL
from tests.connector.conftest import dump
from tests.contract import first
from tests.privacy import season as seasons
from tests.world import answering, jobcenter
from tests.world.jobcenter import BASE, PROGRAMME, WAVE


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    yield jobcenter.build(folder / "world", count=320, seed=23, level="released")
    seasons.forget([folder])


@pytest.fixture
def world(built, tmp_path):
    return jobcenter.again(built, tmp_path / "world")


@pytest.fixture
def old(world):
    """A connector of the first version with the keys of this house."""
    return first.Connector("musterstadt", world.office / "keys")


@pytest.fixture
def exchange(world):
    with TestClient(world.app(), base_url=BASE) as client:
        yield client


def said(reply, kind, status=200):
    assert reply.status_code == status, reply.text
    return msgspec.json.decode(reply.content, type=kind)


# An old connector, today's server.


def test_an_old_connector_reads_the_waves_of_todays_server(exchange):
    [offer] = said(exchange.get("/exchange/waves"), list[first.WaveOffer])
    assert (offer.wave_id, offer.state, offer.k_up) == (WAVE, "open", 20)
    assert offer.told is not None
    assert offer.told.k == 10


def test_an_old_connector_is_told_no_state_that_it_does_not_know(world, exchange):
    planned(world, "w2")
    wave_changes.withdraw(
        world.home.database, "w2", because="Es war ein Versuch.", actor="test", at=world.home.now()
    )
    offers = said(exchange.get("/exchange/waves"), list[first.WaveOffer])
    assert [offer.wave_id for offer in offers] == [WAVE]


def planned(world, wave_id):
    today = world.home.today().isoformat()
    world.survey(
        "wave", "create", wave_id, "--programme", PROGRAMME, "--number", "2",
        "--opens", today, "--closes", today,
    )  # fmt: skip


def sample(wave_id, key):
    people = [
        first.InvitedCode(
            code_digest=codes.digest(codes.derive(key, number)),
            pseudonym=pseudonyms.fresh(),
            unit_id="u1",
            cell="all",
        )
        for number in range(20)
    ]
    return first.Batch(
        batch_id="old-1",
        wave_id=wave_id,
        units=(first.InvitedUnit(unit_id="u1", label="Team 1"),),
        cells=(first.InvitedCell(unit_id="u1", cell="all", invited=20),),
        codes=tuple(people),
    )


def test_todays_server_takes_the_sample_and_the_word_of_an_old_connector(world, exchange, old):
    planned(world, "w2")
    pushed = old.push(sample("w2", b"k" * 32), world.services.evaluator.public_key)
    receipt = said(exchange.post("/exchange/batches", content=pushed), first.Receipt)
    assert (receipt.batch_id, receipt.invitations) == ("old-1", 20)
    again = said(exchange.post("/exchange/batches", content=pushed), first.Receipt)
    assert again.again
    assert exchange.post("/exchange/prints", content=old.destroyed("w2", 20)).status_code == 204
    with world.home.database.read() as tx:
        assert waves.find(tx, "w2").print_destroyed


def test_an_old_connectors_letters_for_lost_ones_are_refused_in_words(world, exchange, old):
    lost = msgspec.structs.replace(
        sample(WAVE, b"l" * 32), units=(), cells=(), replaces=True, batch_id="lost-1"
    )
    pushed = old.push(lost, world.services.evaluator.public_key)
    reply = exchange.post("/exchange/batches", content=pushed)
    assert reply.status_code == 400
    assert "would tell who has answered" in reply.json()["facts"]["reason"]


def test_an_old_connector_reads_what_todays_server_hands_over(world, old, monkeypatch):
    with TestClient(world.app(), base_url=BASE) as phone:
        phone.follow_redirects = False
        answering.through_the_pages(phone, world.amira, show=["plan"])
    on = slot(world.home.today())
    monkeypatch.setattr(Home, "today", lambda _: on)
    world.survey("release", "deliver")
    with TestClient(world.app(), base_url=BASE) as exchange:
        [held] = said(exchange.post("/exchange/pull", content=old.pull()), first.Pull).releases
    addressed, block = old.read(held)
    assert addressed.pseudonym == world.amira.pseudonym
    assert (addressed.wave_id, addressed.block) == (WAVE, "plan")
    assert block.lines
    with world.home.database.read() as tx:
        closes = waves.find(tx, WAVE).closes_on
    assert (held.from_on, held.until) == (on, closes + timedelta(days=180))


# Today's connector, an old server.


@pytest.fixture
def office(case_house, tmp_path):
    with case_houses.standing(tmp_path / "house", case_house) as standing:
        yield standing


@pytest.fixture(scope="module")
def case_house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    yield case_houses.build(folder / "built")
    seasons.forget([folder])


@pytest.mark.parametrize("command", [("pull",), ("invite", "w1", "--yes"), ("push",)])
def test_todays_connector_tells_that_an_old_server_does_not_sign_and_changes_nothing(
    office, command
):
    office.pull(office.release())
    before = dump(office.home.database)
    office.services.signs = False
    with pytest.raises(ServerRefused, match="its reply is not signed") as refused:
        office.pull()
    assert "update the survey server" in refused.value.facts["cure"]
    ran = CliRunner().invoke(connector, ["--home", str(office.home.directory), *command])
    assert ran.exit_code != 0
    assert dump(office.home.database) == before


def test_a_box_of_an_old_server_opens_with_the_days_beside_it(office):
    """Sealed before days stood inside; listed by today's server, whose list is signed."""
    held = office.release()
    key = office.exchange_key
    words = releases.box(key, msgspec.json.encode(case_houses.WORDS))
    with office.state.read() as tx:
        known = case_houses.links.of_programme(tx, THEIR_PROGRAMME)
    whose = known[office.case(case_houses.AMIRA)]
    bare = first.Addressed(pseudonym=whose, wave_id=held.wave_id, block="help", box=words)
    sealed = envelopes.seal(key, releases.RELEASE, msgspec.msgpack.encode(bare))
    old = msgspec.structs.replace(held, sealed=sealed)
    assert isinstance(old, HeldRelease)
    assert office.pull(old).held == 1
    bernd, since = office.account("bernd"), kept.ended_since(TODAY)
    with office.state.read() as tx:
        case = office.case(case_houses.AMIRA)
        [shown] = kept.shown(tx, case, bernd, on=TODAY, ended_since=since)
    assert (shown.from_on, shown.until) == (TODAY, UNTIL)


def test_what_a_later_server_says_besides_is_passed_over(office):
    office.services.besides = {"more": 1}
    office.services.pull = msgspec.structs.replace(
        office.services.pull, releases=(office.release(),)
    )
    ran = CliRunner().invoke(connector, ["--home", str(office.home.directory), "pull"])
    assert ran.exit_code == 0, ran.output
    with office.state.read() as tx:
        assert len(kept.ids(tx)) == 1
