"""The one cookie: a sealed session, gone with the browser window.

`SameSite=Lax`, not Strict: whoever follows a link to her own questions out of a message would, with
Strict, find the pages forgotten; writes are protected by the form's tag, not by the cookie. No
`Max-Age`: the browser forgets it when it is closed. `__Host-` and `Secure` follow the base URL,
because a browser keeps neither over plain http (the demo on 127.0.0.1).
"""

from survey.http.reply import Header


class SessionCookie:
    """Name and attributes, decided once by the address of the server."""

    def __init__(self, base_url: str) -> None:
        secure = base_url.startswith("https:")
        self.name = "__Host-session" if secure else "session"
        self._attributes = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    def read(self, sent: str | None) -> str | None:
        """The sealed value in a `Cookie` header, None when there is none."""
        for cookie in (sent or "").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == self.name and value:
                return value
        return None

    def keep(self, value: str) -> Header:
        """The header that sets it until the browser is closed."""
        return b"set-cookie", f"{self.name}={value}{self._attributes}".encode("ascii")

    def clear(self) -> Header:
        """The header that takes it away."""
        return b"set-cookie", f"{self.name}={self._attributes}; Max-Age=0".encode("ascii")
