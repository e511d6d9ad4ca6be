"""What everything is measured against: one Litestar handler that does nothing, same server."""

from litestar import Litestar, get


@get("/", sync_to_thread=False)
def bare() -> str:
    """Give two letters."""
    return "ok"


def application() -> Litestar:
    """The smallest application."""
    return Litestar([bare], openapi_config=None, logging_config=None)
