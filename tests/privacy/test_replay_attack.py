"""Promise 6 on the line: what was taken back is not shown again, whoever plays back old replies."""

from contextlib import contextmanager

import httpx
import msgspec
import pytest
from litestar.testing import TestClient

from connector import client
from connector import pull as pulling
from connector import settings as office_settings
from connector.errors import ServerNotPinned, ServerRefused
from connector.pull import PullReply
from connector.settings import Home as ConnectorHome
from connector.state import database as office_database
from connector.state import pulls, releases
from survey import clock
from survey.home import Home
from survey.linkage import envelopes, keys, replies
from survey.linkage.replies import SignedReply
from survey.model.exchange import Pull, PullRequest, WaveOffer
from survey.model.waves import slot
from tests.privacy import replay_attack
from tests.privacy import season as seasons
from tests.privacy.replay_attack import TRICKS, on_the_line
from tests.world import answering, jobcenter
from tests.world.jobcenter import BASE

# The day on which the connector asks: that of the slot.
TODAY = slot(clock.today())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("line")
    yield jobcenter.build(folder / "world", count=320, seed=19, level="released")
    seasons.forget([folder])


@pytest.fixture
def world(built, tmp_path, monkeypatch):
    """Amira and two others show their plan, and the Monday of the slot has come."""
    world = jobcenter.again(built, tmp_path / "world")
    for place in (0, 3, 5):
        with TestClient(world.app(), base_url=BASE) as phone:
            phone.follow_redirects = False
            answering.through_the_pages(phone, world.invited[place], show=["plan"])
    monkeypatch.setattr(Home, "today", lambda _: TODAY)
    world.survey("release", "deliver")
    return world


class Office:
    """The connector of this world, whose server is wherever the line leads."""

    def __init__(self, world, url):
        told = office_settings.read(world.office)
        settings = msgspec.structs.replace(told.settings, server_url=url)
        self.home = ConnectorHome(directory=told.directory, settings=settings)
        self.state = office_database.opened(self.home.database, tenant="musterstadt")
        self.refused = []

    def pull(self):
        """As `connector pull` does it."""
        try:
            pulling.pull(self.home, self.state, at=clock.now(), today=TODAY)
        except (ServerRefused, ServerNotPinned) as error:
            self.refused.append(str(error))

    def pull_unseen(self):
        """A connector as one would build it at first: it takes whatever answers at the address."""
        with self.state.read() as tx:
            before = pulls.last(tx)
        nonce = b"n" * 8 + len(self.refused).to_bytes(8, "big")
        self.refused.append("")
        signature = envelopes.sign(
            keys.read(self.home.keys, "signature"), envelopes.PULL, self.home.connector_id, nonce
        )
        asked = PullRequest(connector_id=self.home.connector_id, nonce=nonce, signature=signature)
        with httpx.Client(base_url=self.home.settings.server_url) as http:
            offers = msgspec.json.decode(
                http.get(replay_attack.WAVES).content, type=list[WaveOffer]
            )
            body = http.post("/exchange/pull", content=msgspec.json.encode(asked)).content
        told = PullReply(offers=offers, answer=msgspec.json.decode(body, type=Pull), before=before)
        pulling.run(self.home, self.state, told, at=clock.now(), today=TODAY)

    def held(self):
        with self.state.read() as tx:
            return {one: _until(tx, one) for one in releases.ids(tx)}


class Until(msgspec.Struct):
    until: str


def _until(tx, release_id):
    row = tx.one(
        "SELECT until FROM release WHERE tenant = :tenant AND release_id = :release_id",
        {"release_id": release_id},
        into=Until,
    )
    return row.until


@contextmanager
def attacked(world):
    with jobcenter.serving(world) as address, on_the_line(address) as line:
        office = Office(world, line.url)
        yield line, office, address
        office.state.close()


def takes_back(world):
    with TestClient(world.app(), base_url=BASE) as phone:
        phone.post("/de/erase", data={"code": world.amira.code, "_go": "erase"})


def withdrawn(world, office, pull):
    """Pull, let Amira take hers back, pull again; gives the number of what she had shown."""
    pull()
    before = set(office.held())
    assert len(before) == 3
    takes_back(world)
    return before


def test_nobody_on_the_line_can_show_again_what_amira_took_back(world, figures):
    with attacked(world) as (line, office, _):
        before = withdrawn(world, office, office.pull)
        line.recording = False
        office.pull()
        [hers] = before - set(office.held())
        found = replay_attack.run(line, office.pull, office.held)
        figures.append(
            f"{len(found.tricks)} tricks on the line: what was taken back is shown after "
            f"{len(found.shown(hers))}, something for ever after {len(found.for_ever())}"
        )
        assert (found.shown(hers), found.for_ever()) == ([], [])
        # Every one of them was refused, and what others show stayed.
        assert len(office.refused) == len(found.tricks) == 2 * len(TRICKS)
        assert set(office.held()) == before - {hers}


def test_the_same_program_shows_it_again_where_replies_are_not_signed(world, figures):
    with attacked(world) as (line, office, _):
        before = withdrawn(world, office, office.pull_unseen)
        line.recording = False
        office.pull_unseen()
        [hers] = before - set(office.held())
        found = replay_attack.run(line, office.pull_unseen, office.held)
        figures.append(
            f"the same where nobody looks at signatures: {len(found.shown(hers))}"
            f" of {len(found.tricks)}"
        )
        assert len(found.shown(hers)) > len(TRICKS)


def test_days_beside_the_box_move_nothing_even_where_replies_are_not_signed(world):
    with attacked(world) as (line, office, _):
        office.pull_unseen()
        found = replay_attack.run(line, office.pull_unseen, office.held)
        assert found.for_ever() == []


def test_a_list_that_was_asked_for_earlier_changes_nothing_when_it_arrives_later(world):
    """Two pulls of the house at once: the slower one must not bring back what the other removed."""
    with attacked(world) as (_, office, _):
        with office.state.read() as tx:
            before = pulls.last(tx)
        with client.connected(office.home) as server:
            offers = client.learn(server, office.state)
            answer = client.fetch(office.home, server)
        takes_back(world)
        office.pull()
        held = office.held()
        assert len(held) == 2
        told = PullReply(offers=offers, answer=answer, before=before)
        with pytest.raises(pulling.Refused, match="another pull was faster"):
            pulling.run(office.home, office.state, told, at=clock.now(), today=TODAY)
        assert office.held() == held


def test_every_reply_of_the_exchange_is_signed_refusals_as_well(world):
    with attacked(world) as (_, _, address):
        asked = [("GET", "waves", b"")]
        asked += [("POST", path, b"{}") for path in ("pull", "batches", "prints")]
        for method, name, body in asked:
            path, nonce = f"/exchange/{name}", replies.nonce()
            signed = httpx.request(
                method, address + path, content=body, headers={replies.NONCE: nonce}
            )
            bare = httpx.request(method, address + path, content=body)
            replies.verify(
                world.services.signature.public,
                signed.headers[replies.SIGNATURE],
                replies.asked(method, path, nonce, body),
                SignedReply(status=signed.status_code, body=signed.content),
            )
            assert (bare.status_code, bare.content) == (signed.status_code, signed.content)
            assert replies.SIGNATURE not in bare.headers
