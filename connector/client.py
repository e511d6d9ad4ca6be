"""The connector's way out: asks the survey server for its waves, sends what waits in the outbox.

Only outwards and only these four addresses. Everything that is sent was sealed and signed when it
was put into the outbox; sending it again does no harm, so whatever goes wrong is mended by `push`.
What is fetched is everything the connector may hold: `pull` again gives the same. What the server
says is heard only with its signature over this very request (`connector.server`).
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn, TypeVar

import httpx
import msgspec
from msgspec import Struct

from connector.errors import KeyNotPinned, ServerRefused, ServerUnreachable
from connector.server import Server
from connector.settings import Home
from connector.state import outbox, waves
from connector.state.outbox import Message
from survey.engine.database import Database
from survey.linkage import envelopes, keys
from survey.model.exchange import (
    Batch,
    Envelope,
    PrintDestroyed,
    Pull,
    PullRequest,
    Receipt,
    WaveOffer,
)

T = TypeVar("T")

# A batch of 100,000 letters takes the server some seconds to unseal and store.
TIMEOUT = httpx.Timeout(10, read=120, write=120)
JSON = {"content-type": "application/json", "accept": "application/json"}
# What to do about what the server says, where its word alone does not tell.
CURES = {
    "": {"cure": "is server_url the address of a survey server?"},
    "not-sealed-for-us": {
        "cure": "on the survey server: survey keys trust public-keys.toml, with the file of "
        "`connector keys`; compare the fingerprints"
    },
}


class _Refusal(Struct, frozen=True):
    """The server's answer when it refuses a request."""

    message: str = ""
    facts: dict[str, str] = {}


@contextmanager
def connected(home: Home, *, again: str = "connector push") -> Iterator[Server]:
    """The survey server; redirects are not followed, they would lead elsewhere.

    `again` is the command that mends a connection that broke.
    """
    address = home.settings.server_url
    try:
        with httpx.Client(
            base_url=address, timeout=TIMEOUT, follow_redirects=False, headers=JSON
        ) as http:
            yield Server(http, home.settings.server_fingerprint)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ServerUnreachable(
            server=address,
            reason=str(error) or type(error).__name__,
            cure=f"check server_url and the network, then run `{again}` again",
        ) from error


def learn(server: Server, database: Database) -> list[WaveOffer]:
    """Ask for the waves and remember them.

    Raises:
        ServerNotPinned: somebody else answers
        ServerRefused: the answer is no list of waves, or is not signed for us
    """
    # Asked for, because a connector of an older version would refuse an offer that has them.
    offers = _decoded(server.get("/exchange/waves?assured=1"), list[WaveOffer])
    with database.write() as tx:
        waves.learn(tx, offers)
    return offers


def fetch(home: Home, server: Server) -> Pull:
    """Ask, signed, for all live releases and all published reports.

    Raises:
        ServerNotPinned: somebody else answers
        ServerRefused: the server does not know us, or its answer is no pull or not signed for us
    """
    nonce = secrets.token_bytes(16)
    signature = envelopes.sign(
        keys.read(home.keys, "signature"), envelopes.PULL, home.connector_id, nonce
    )
    asked = PullRequest(connector_id=home.connector_id, nonce=nonce, signature=signature)
    return _decoded(server.post("/exchange/pull", msgspec.json.encode(asked)), Pull)


def refuse_unpinned(home: Home, evaluator_key: bytes) -> None:
    """Nothing is sealed or sent to a key whose fingerprint is not in the settings.

    Raises:
        KeyNotPinned: another fingerprint, or none, is set
    """
    offered = keys.fingerprint(evaluator_key)
    if not keys.same_fingerprint(offered, home.settings.evaluator_fingerprint):
        raise KeyNotPinned(
            offered=offered,
            pinned=home.settings.evaluator_fingerprint or "none",
            cure="compare with the holder of the evaluator's keys by telephone, then set "
            "evaluator_fingerprint",
        )


def enveloped(home: Home, batch: Batch, evaluator_key: bytes) -> bytes:
    """The batch sealed to the evaluator and signed, as the JSON that is posted."""
    sealed = envelopes.seal(evaluator_key, envelopes.PUSH, msgspec.msgpack.encode(batch))
    signature = envelopes.sign(
        keys.read(home.keys, "signature"),
        envelopes.PUSH,
        home.connector_id,
        batch.batch_id,
        batch.wave_id,
        sealed,
    )
    envelope = Envelope(
        connector_id=home.connector_id,
        batch_id=batch.batch_id,
        wave_id=batch.wave_id,
        sealed=sealed,
        signature=signature,
    )
    return msgspec.json.encode(envelope)


def push(home: Home, database: Database, *, today: date) -> list[Message]:
    """Send everything that waits; gives what was acknowledged, each as soon as it was.

    Raises:
        ServerUnreachable, ServerRefused, ServerNotPinned, KeyNotPinned: what was not acknowledged
            still waits
    """
    sent = []
    with connected(home) as server:
        offers = {offer.wave_id: offer for offer in learn(server, database)}
        with database.read() as tx:
            waiting = outbox.waiting(tx)
        for message in waiting:
            _refuse_changed(home, message, offers)
            _send(server, message)
            with database.write() as tx:
                outbox.acknowledge(tx, message.message_id, on=today)
            sent.append(message)
    return sent


def report_destroyed(
    home: Home, database: Database, wave_id: str, *, letters: int, today: date
) -> None:
    """Give our signed word that a wave's codes can no longer be made, and send it.

    Call it after the key file of every print run of the wave is gone.

    Raises:
        ServerUnreachable, ServerRefused: the word waits in the outbox for `connector push`
    """
    signature = envelopes.sign(
        keys.read(home.keys, "signature"),
        envelopes.PRINTS,
        home.connector_id,
        wave_id,
        str(letters),
    )
    word = PrintDestroyed(
        connector_id=home.connector_id, wave_id=wave_id, letters=letters, signature=signature
    )
    message = Message(
        message_id=f"prints-{secrets.token_hex(8)}",
        kind="print-destroyed",
        wave_id=wave_id,
        body=msgspec.json.encode(word),
        written_on=today,
    )
    with database.write() as tx:
        outbox.put(tx, message)
    push(home, database, today=today)


def _refuse_changed(home: Home, message: Message, offers: dict[str, WaveOffer]) -> None:
    """The key may have been exchanged since the batch was sealed, here or on the way."""
    if message.evaluator_key is None:
        return
    refuse_unpinned(home, message.evaluator_key)
    offer = offers.get(message.wave_id)
    if offer is not None:
        refuse_unpinned(home, offer.evaluator_key)


def _send(server: Server, message: Message) -> None:
    if message.kind == "batch":
        receipt = _decoded(server.post("/exchange/batches", message.body), Receipt)
        if receipt.batch_id != message.message_id:
            raise ServerRefused(message=message.message_id, reason="the receipt is for another")
        return
    reply = server.post("/exchange/prints", message.body)
    if reply.status_code != httpx.codes.NO_CONTENT:
        _refused(reply)


def _decoded(reply: httpx.Response, kind: type[T]) -> T:
    if reply.status_code != httpx.codes.OK:
        _refused(reply)
    try:
        return msgspec.json.decode(reply.content, type=kind)
    except msgspec.DecodeError as error:
        raise ServerRefused(
            address=reply.url.path, reason=f"not the reply of a survey server: {error}"
        ) from error


def _refused(reply: httpx.Response) -> NoReturn:
    try:
        refusal = msgspec.json.decode(reply.content, type=_Refusal)
    except msgspec.DecodeError:
        refusal = _Refusal()
    raise ServerRefused(
        address=reply.url.path,
        status=reply.status_code,
        said=refusal.message or "nothing",
        **{f"server_{name}": fact for name, fact in refusal.facts.items()},
        **CURES.get(refusal.message, {}),
    )
