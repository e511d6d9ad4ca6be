"""`survey serve`: the server people's phones talk to, the staff pages, and the worker."""

import os
import sys
from pathlib import Path

import click
import uvicorn

from survey.cli import children
from survey.home import Home

# uvicorn imports the application in each worker process; this tells them which home is theirs.
HOME = "SURVEY_HOME"
PARTS = ("public", "staff", "worker")


@click.command()
@click.option("--host", help="Interface of the questionnaires (setting host).")
@click.option("--port", type=click.IntRange(1, 65535), help="Their port (setting port).")
@click.option(
    "--workers",
    type=click.IntRange(1, 32),
    default=1,
    show_default=True,
    help="Processes that serve questionnaires.",
)
@click.option("--staff-host", help="Interface of the staff pages (setting staff_host).")
@click.option("--staff-port", type=click.IntRange(1, 65535), help="Their port (staff_port).")
@click.option("--no-staff", is_flag=True, help="Without staff pages.")
@click.option(
    "--no-worker", is_flag=True, help="Without the worker; run `survey worker` elsewhere."
)
@click.option(
    "--only", type=click.Choice(PARTS), help="One part alone, e.g. in a container of its own."
)
@click.pass_obj
def serve(
    directory: Path,
    host: str | None,
    port: int | None,
    workers: int,
    staff_host: str | None,
    staff_port: int | None,
    no_staff: bool,
    no_worker: bool,
    only: str | None,
) -> None:
    """Serve the questionnaires with the exchange, the staff pages, and do what takes longer.

    Three processes that end together on Ctrl-C or SIGTERM. One that dies is started again; if it
    dies three times in a row right after its start, everything is ended and the reason told.

    Put a reverse proxy with TLS in front and switch its access log off for questionnaires: no
    address is to be kept anywhere. Staff pages belong on a host of their own, best one that only
    the office's network reaches. One process of questionnaires serves a city on SQLite.
    """
    home = Home.enter(directory)
    home.services()
    settings = home.settings
    home.database.close()
    listening = {
        "public": (host or settings.host, port or settings.port),
        "staff": (staff_host or settings.staff_host, staff_port or settings.staff_port),
    }
    if only == "worker":
        # In place of this process: what reports need is not loaded where pages are served.
        os.execv(sys.executable, children.command_line(["--home", str(directory), "worker"]))  # noqa: S606
    elif only is not None:
        children.end_with_parent()
        _serve(directory, only, *listening[only], workers=workers if only == "public" else 1)
    else:
        wanted = ["public", *([] if no_staff else ["staff"]), *([] if no_worker else ["worker"])]
        _together(directory, wanted, listening, workers)


def _together(
    home: Path, wanted: list[str], listening: dict[str, tuple[str, int]], workers: int
) -> None:
    commands = {}
    for part in wanted:
        if part == "worker":
            commands[part] = ["--home", str(home), "worker"]
            continue
        prefix = "" if part == "public" else "staff-"
        host, port = listening[part]
        place = [f"--{prefix}host", host, f"--{prefix}port", str(port)]
        only = ["serve", "--only", part, "--workers", str(workers)]
        commands[part] = ["--home", str(home), *only, *place]
        click.echo(f"{part}: {host}:{port}")
    children.keep(commands)


def _serve(home: Path, part: str, host: str, port: int, *, workers: int) -> None:
    os.environ[HOME] = str(home)
    uvicorn.run(
        "survey.app:from_home" if part == "public" else "survey.staff_app:from_home",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_level="warning",
    )
