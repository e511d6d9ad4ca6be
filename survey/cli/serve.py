"""`survey serve`: the server people's phones talk to."""

import os
from pathlib import Path

import click
import uvicorn

from survey.actions import house

# uvicorn imports the application in each worker process; this tells them which home is theirs.
HOME = "SURVEY_HOME"


@click.command()
@click.option("--host", help="Interface to listen on (setting host).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (setting port).")
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True)
@click.pass_obj
def serve(home: Path, host: str | None, port: int | None, workers: int) -> None:
    """Serve the questionnaires and the exchange.

    Put a reverse proxy with TLS in front and switch its access log off for this host: no address
    is to be kept anywhere. One worker serves a city on SQLite.
    """
    here = house.enter(home)
    house.desk(here)
    os.environ[HOME] = str(home)
    uvicorn.run(
        "survey.app:from_home",
        factory=True,
        host=host or here.settings.host,
        port=port or here.settings.port,
        workers=workers,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_level="warning",
    )
