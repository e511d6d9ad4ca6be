"""The one cookie: a session, gone with the browser window.

For recipients `SameSite=Lax`, not Strict: whoever follows a link to her own questions out of a
message would, with Strict, find the pages forgotten; writes are protected by the form's tag, not by
the cookie. Staff have `Strict`, and a name of their own: cookies know no ports; applications may
share a host. No `Max-Age`: the browser forgets it when it is closed. `__Host-` and `Secure` follow
the base URL, because a browser keeps neither over plain http (the demo on 127.0.0.1).
"""

from typing import Literal

from survey.http.reply import Header


class SessionCookie:
    """Name and attributes, decided once by the address of the server.

    `seconds` is for devices of the house, which stay what they are overnight; a person's session
    has none.
    """

    def __init__(
        self,
        base_url: str,
        *,
        name: str = "session",
        seconds: int = 0,
        same_site: Literal["Lax", "Strict"] = "Lax",
    ) -> None:
        secure = base_url.startswith("https:")
        self.name = f"__Host-{name}" if secure else name
        kept = f"; Path=/; HttpOnly; SameSite={same_site}"
        self._attributes = kept + ("; Secure" if secure else "")
        self._lasting = f"; Max-Age={seconds}" if seconds else ""

    def read(self, sent: str | None) -> str | None:
        """The sealed value in a `Cookie` header, None when there is none."""
        for cookie in (sent or "").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == self.name and value:
                return value
        return None

    def keep(self, value: str) -> Header:
        """The header that sets it, until the browser is closed if no time was given."""
        cookie = f"{self.name}={value}{self._attributes}{self._lasting}"
        return b"set-cookie", cookie.encode("ascii")

    def clear(self) -> Header:
        """The header that takes it away."""
        return b"set-cookie", f"{self.name}={self._attributes}; Max-Age=0".encode("ascii")
