"""The survey server as the connector hears it: only what it signed for exactly this request."""

import httpx

from connector.errors import ServerNotPinned, ServerRefused
from survey.errors import NotSealedForUs
from survey.linkage import keys, replies
from survey.linkage.replies import SignedReply, SignedRequest


class Server:
    """An open connection; `fingerprint` is of the key that its replies are signed with."""

    def __init__(self, http: httpx.Client, fingerprint: str) -> None:
        self._http, self._fingerprint = http, fingerprint

    def get(self, path: str) -> httpx.Response:
        """The server's verified reply to a GET; see `post`."""
        return self._ask("GET", path, b"")

    def post(self, path: str, body: bytes) -> httpx.Response:
        """What the server says, a refusal as well; whatever else it says is signed.

        Raises:
            ServerNotPinned: it is signed with another key than the one in the settings
            ServerRefused: it is not signed, or not for this request: an old or a changed reply
        """
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: bytes) -> httpx.Response:
        nonce = replies.nonce()
        reply = self._http.request(method, path, content=body, headers={replies.NONCE: nonce})
        # Whoever could forge a refusal could as well cut the line: it changes nothing here.
        if reply.is_success:
            self._verify(reply, replies.asked(method, path, nonce, body))
        return reply

    def _verify(self, reply: httpx.Response, asked: SignedRequest) -> None:
        try:
            key = bytes.fromhex(reply.headers[replies.KEY])
            signature = reply.headers[replies.SIGNATURE]
        except (KeyError, ValueError) as error:
            raise ServerRefused(
                address=asked.path,
                reason="its reply is not signed: it is older than this connector, or something "
                "between the two answers in its place",
                cure="update the survey server and run survey migrate there; nothing was changed",
            ) from error
        offered = keys.fingerprint(key)
        if not keys.same_fingerprint(offered, self._fingerprint):
            raise ServerNotPinned(
                offered=offered,
                pinned=self._fingerprint or "none",
                cure="compare with whoever runs the survey server by telephone (survey keys "
                "fingerprint --server), then set server_fingerprint",
            )
        try:
            signed = SignedReply(status=reply.status_code, body=reply.content)
            replies.verify(key, signature, asked, signed)
        except NotSealedForUs as error:
            raise ServerRefused(
                address=asked.path,
                reason="its reply is not signed for what was asked: it is an old one, or was "
                "changed on the way",
                cure="run the command again; if it stays so, look at what stands between the two "
                "(proxy, cache); nothing was changed",
            ) from error
