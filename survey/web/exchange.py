"""The connectors' door: four addresses, JSON, nothing found by person, case or pseudonym."""

import asyncio
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from litestar import Controller, MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from survey.actions import exchange, pull
from survey.errors import Refused, ResonanzError
from survey.home import Services
from survey.model.exchange import Envelope, PrintDestroyed, Pull, PullRequest, Receipt, WaveOffer

T = TypeVar("T", bound=Struct)
# 100,000 letters are some 15 MB.
MOST = 64 * 1024 * 1024
# A signed word or question: nobody who is not known yet makes the server hold more.
SHORT = 4096


class Refusal(Struct, frozen=True):
    """Why something was refused: the key of the reason, and ids or counts."""

    message: str
    facts: dict[str, str]


def refusal(_: Request[object, object, State], error: ResonanzError) -> Response[Refusal]:
    """The error as JSON, with its status."""
    facts = {name: str(value) for name, value in error.facts.items()}
    return Response(
        Refusal(error.message, facts), status_code=error.status, media_type=MediaType.JSON
    )


class Exchange(Controller):
    """Offers, pushes, words about destroyed print keys, and what a connector may hold."""

    path = "/exchange"
    exception_handlers = {ResonanzError: refusal}  # noqa: RUF012 - litestar reads it so

    @get("/waves", sync_to_thread=True)
    def waves(
        self, services: NamedDependency[Services], assured: FromQuery[bool] = False
    ) -> list[WaveOffer]:
        """Every wave with what a connector must know; `assured` for those that know the field."""
        with services.database.read() as tx:
            return exchange.offers(tx, services.evaluator, assured=assured)

    @post("/batches", request_max_body_size=MOST, status_code=200)
    async def batches(
        self, request: Request[object, object, State], services: NamedDependency[Services]
    ) -> Receipt:
        """Take a push."""
        envelope = _decoded(await request.body(), Envelope)
        # In a thread: opening ten thousand letters takes seconds, and people are answering.
        return await asyncio.to_thread(
            exchange.open_batch,
            services.database,
            services.evaluator,
            envelope,
            at=datetime.now(UTC),
        )

    @post("/prints", request_max_body_size=SHORT, status_code=204)
    async def prints(
        self, request: Request[object, object, State], services: NamedDependency[Services]
    ) -> None:
        """Take the word that a wave's codes can no longer be computed."""
        word = _decoded(await request.body(), PrintDestroyed)
        await asyncio.to_thread(
            exchange.print_destroyed, services.database, word, at=datetime.now(UTC)
        )

    @post("/pull", request_max_body_size=SHORT, status_code=200)
    async def pull(
        self, request: Request[object, object, State], services: NamedDependency[Services]
    ) -> Pull:
        """Give all live releases and published reports to the connector that signed for them."""
        asked = _decoded(await request.body(), PullRequest)
        return await asyncio.to_thread(pull.pull, services, asked, at=datetime.now(UTC))


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise Refused(what=kind.__name__, reason=str(error)) from error
