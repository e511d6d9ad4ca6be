"""Signs replies of the exchange for connectors that ask for it; others get them unsigned."""

import hashlib

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPResponseStartEvent,
    HTTPScope,
    Message,
    Receive,
    ReceiveMessage,
    Scope,
    Send,
)

from survey.linkage import replies
from survey.linkage.keys import Pair
from survey.linkage.replies import SignedReply, SignedRequest


class Signing:
    """Everything of a reply is held until its end, for the signature stands before it."""

    def __init__(self, app: ASGIApp, pair: Pair) -> None:
        self._app, self._pair = app, pair

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and sign its reply when a nonce came with it."""
        if scope["type"] != ScopeType.HTTP or not replies.is_nonce(nonce := _nonce(scope)):
            await self._app(scope, receive, send)
            return
        asked, body = hashlib.sha256(), bytearray()
        begun: list[HTTPResponseStartEvent] = []

        async def heard() -> ReceiveMessage:
            message = await receive()
            if message["type"] == "http.request":
                asked.update(message["body"])
            return message

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message["body"])
            if message["more_body"]:
                return
            [start] = begun
            request = SignedRequest(
                method=scope["method"], path=_target(scope), nonce=nonce, digest=asked.digest()
            )
            reply = SignedReply(status=start["status"], body=bytes(body))
            headers = MutableScopeHeaders.from_message(start)
            headers.update(replies.sign(self._pair, request, reply))
            await send(start)
            await send({"type": "http.response.body", "body": bytes(body), "more_body": False})

        await self._app(scope, heard, signed)


def _target(scope: HTTPScope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else scope["path"]


def _nonce(scope: HTTPScope) -> str:
    name = replies.NONCE.encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
