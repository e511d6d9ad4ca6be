"""`connector serve`: the case pages, for browsers in the house."""

import os
from pathlib import Path

import click
import uvicorn

from connector import app
from connector import settings as homes


@click.command()
@click.option("--host", help="Interface to listen on (setting host).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (setting port).")
@click.pass_obj
def serve(home: Path, host: str | None, port: int | None) -> None:
    """Serve the case pages: Meine Fälle, Fall, Mein Team, and the log for data protection.

    For the network of the house only. It listens on this machine alone unless told otherwise; put a
    reverse proxy with TLS in front, set base_url to the address staff open, and let nobody outside
    reach it. `connector account add` makes logins, `connector pull` brings what may be shown.
    """
    here = homes.read(home)
    app.create_app(here)
    os.environ[app.HOME] = str(home)
    uvicorn.run(
        "connector.app:from_home",
        factory=True,
        host=host or here.settings.host,
        port=port or here.settings.port,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_level="warning",
    )
