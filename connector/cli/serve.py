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
    connector_home = homes.read(home)
    app.create_app(connector_home)
    os.environ[app.HOME] = str(home)
    uvicorn.run(
        "connector.app:from_home",
        factory=True,
        host=host or connector_home.settings.host,
        port=port or connector_home.settings.port,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_level="warning",
    )
