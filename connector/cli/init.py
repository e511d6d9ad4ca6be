"""`connector init`: makes a home with settings, keys and database."""

from pathlib import Path

import click

from connector import settings
from connector.cli import keys as key_lines
from connector.state import database
from survey.linkage import keys


@click.command()
@click.option("--tenant", required=True, help="Short name of the jobcenter, e.g. musterstadt.")
@click.option(
    "--server-url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address at which the connector reaches the survey server.",
)
@click.option("--demo", is_flag=True, help="Mark letters as examples.")
@click.pass_obj
def command(home: Path, tenant: str, server_url: str, demo: bool) -> None:
    """Make the home directory: settings, keys, database.

    Nothing that exists is overwritten. Says for every key what it is for and where it must not be kept,
    and writes `public-keys.json`, the one file to hand to the people who run the survey server.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = {"tenant": tenant, "server_url": server_url, "demo": demo}
    if not (home / settings.FILE).exists():
        settings.write(home, told)
    known = settings.read(home)
    made = keys.create(known.keys, keys.CONNECTOR)
    known.print_keys.mkdir(mode=0o700, exist_ok=True)
    database.opened(known.database, tenant=known.settings.tenant).close()
    click.echo(f"Home: {home.resolve()}")
    click.echo(f"Settings: {home / settings.FILE}    Database: {known.database}")
    click.echo()
    key_lines.tell(known, made)
    click.echo()
    click.echo(
        f"Hand this file to the people who run the survey server: {key_lines.publish(known)}"
    )
