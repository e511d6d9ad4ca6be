"""The attack of who sits on the line between connector and survey server.

It reads and changes everything that passes, because proxies of towns break TLS open, and keeps what
passed earlier; it has no key. It wants the connector to show what a person took back, or to show
something longer than she was told.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct
from msgspec.structs import replace

from survey.linkage import replies
from survey.linkage.keys import Pair
from survey.linkage.replies import SignedReply

PULL, WAVES = "/exchange/pull", "/exchange/waves?assured=1"
FOREVER = "2099-12-31"
SIGNED = (replies.KEY, replies.SIGNATURE)


class Reply(Struct, frozen=True, kw_only=True):
    """What the server said, or what is passed off as it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Asked(Struct, frozen=True, kw_only=True):
    """What the connector asked just now."""

    method: str
    path: str
    nonce: str
    body: bytes


# What is answered: the question, the server's reply to it, the reply of back then.
Trick = Callable[[Asked, Reply, Reply], Reply]


class Line:
    """Passes everything on; with a trick set, answers in the server's place."""

    def __init__(self, server_url: str) -> None:
        self.old: dict[str, Reply] = {}
        self.recording = True
        self.trick: Trick | None = None
        self.tricked: frozenset[str] = frozenset()
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._pass(b"")

            def do_POST(self) -> None:
                self._pass(self.rfile.read(int(self.headers["content-length"])))

            def _pass(self, body: bytes) -> None:
                nonce = self.headers.get(replies.NONCE, "")
                asked = Asked(method=self.command, path=self.path, nonce=nonce, body=body)
                reply = line._heard(server_url, asked)
                if line.recording:
                    line.old[self.path] = reply
                elif line.trick is not None and self.path in line.tricked:
                    reply = line.trick(asked, reply, line.old[self.path])
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _heard(self, server_url: str, asked: Asked) -> Reply:
        headers = {"content-type": "application/json"}
        if asked.nonce:
            headers[replies.NONCE] = asked.nonce
        reply = httpx.request(
            asked.method, server_url + asked.path, content=asked.body, headers=headers
        )
        kept = {name: reply.headers[name] for name in SIGNED if name in reply.headers}
        return Reply(status=reply.status_code, headers=kept, body=reply.content)


@contextmanager
def on_the_line(server_url: str) -> Iterator[Line]:
    """The attacker's machine between the two."""
    line = Line(server_url)
    try:
        yield line
    finally:
        line.server.shutdown()
        line.server.server_close()


_own = Ed25519PrivateKey.generate()
OWN = Pair(private=_own.private_bytes_raw(), public=_own.public_key().public_bytes_raw())


def _signed(asked: Asked, reply: Reply) -> Reply:
    to = replies.asked(asked.method, asked.path, asked.nonce, asked.body)
    return replace(
        reply, headers=replies.sign(OWN, to, SignedReply(status=reply.status, body=reply.body))
    )


def _put_back(now: Reply, old: Reply) -> Reply:
    """Today's list with what stood in the old one and is missing."""
    told, before = json.loads(now.body), json.loads(old.body)
    if isinstance(told, dict):
        here = {one["release_id"] for one in told["releases"]}
        told["releases"] += [o for o in before["releases"] if o["release_id"] not in here]
    return replace(now, body=json.dumps(told).encode())


def _for_ever(reply: Reply) -> Reply:
    told = json.loads(reply.body)
    if isinstance(told, dict):
        for one in told["releases"]:
            one["until"] = FOREVER
    return replace(reply, body=json.dumps(told).encode())


def _of_old_key(now: Reply, old: Reply) -> Reply:
    """The old words with the key that the connector knows and today's signature."""
    return replace(
        old, headers={**old.headers, replies.SIGNATURE: now.headers.get(replies.SIGNATURE, "")}
    )


TRICKS: dict[str, Trick] = {
    "the old reply as it was": lambda _, __, old: old,
    "the old words with today's signature": lambda _, now, old: replace(now, body=old.body),
    "the old words with the old key and today's signature": lambda _, now, o: _of_old_key(now, o),
    "the old words unsigned": lambda _, __, old: replace(old, headers={}),
    "the old words signed by the attacker": lambda asked, _, old: _signed(asked, old),
    "the server's key beside the attacker's signature": lambda asked, now, old: replace(
        _signed(asked, old),
        headers={
            replies.KEY: now.headers.get(replies.KEY, ""),
            replies.SIGNATURE: _signed(asked, old).headers[replies.SIGNATURE],
        },
    ),
    "what was taken back put into today's list": lambda _, now, old: _put_back(now, old),
    "the same, unsigned": lambda _, now, old: replace(_put_back(now, old), headers={}),
    "the same, signed by the attacker": lambda asked, now, old: _signed(asked, _put_back(now, old)),
    "the old list to the old status": lambda _, now, old: replace(old, headers=now.headers),
    "days for ever": lambda _, now, __: _for_ever(now),
    "days for ever, signed by the attacker": lambda asked, now, __: _signed(asked, _for_ever(now)),
}


class Found(Struct, frozen=True, kw_only=True):
    """What the connector shows after each trick: last day by release."""

    tricks: dict[str, Mapping[str, str]]

    def shown(self, release_id: str) -> list[str]:
        """The tricks after which this is shown."""
        return [name for name, held in self.tricks.items() if release_id in held]

    def for_ever(self) -> list[str]:
        """The tricks after which something is shown for ever."""
        return [name for name, held in self.tricks.items() if FOREVER in held.values()]


def run(line: Line, pull: Callable[[], object], held: Callable[[], Mapping[str, str]]) -> Found:
    """Try every trick on a connector, on its list of releases alone and on that of waves as well.

    Args:
        pull: lets the connector ask; a refusal is swallowed by it
        held: last day by release, as it would show them
    """
    line.recording = False
    found = {}
    for tricked in (frozenset({PULL}), frozenset({PULL, WAVES})):
        for name, trick in TRICKS.items():
            line.trick, line.tricked = trick, tricked
            pull()
            found[f"{name}, {len(tricked)}"] = held()
            line.trick = None
            pull()
    return Found(tricks=found)
