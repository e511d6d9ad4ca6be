"""`connector init`: a new home."""

from pathlib import Path

import click

from connector import settings as homes
from connector.cli import keys as key_lines
from connector.settings import Settings
from connector.state import database
from survey import settings as settings_file
from survey.linkage import keys


@click.command()
@click.option("--tenant", required=True, help="Short name of the jobcenter, e.g. musterstadt.")
@click.option(
    "--server-url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address at which the connector reaches the survey server.",
)
@click.option("--survey-url", default="", help="Address printed on letters; default: the same.")
@click.option("--demo", is_flag=True, help="Mark every letter as an example.")
@click.pass_obj
def init(home: Path, tenant: str, server_url: str, survey_url: str, demo: bool) -> None:
    """Make a new home: settings.toml, an empty database, all keys.

    Nothing that is there already is changed. Says for every key what it is for and where it must
    not be kept, and writes public-keys.toml: carry that file to the people who run the survey
    server (`survey keys trust`).
    """
    wanted = Settings(tenant=tenant, server_url=server_url, survey_url=survey_url, demo=demo)
    if not (home / settings_file.FILE).exists():
        settings_file.write(home, wanted)
    connector_home = homes.read(home)
    made = keys.create(connector_home.keys, keys.CONNECTOR)
    connector_home.print_keys.mkdir(mode=0o700, exist_ok=True)
    database.made(connector_home.database, tenant=connector_home.settings.tenant).close()
    click.echo(f"Settings: {home / settings_file.FILE}")
    click.echo(f"Database: {connector_home.database}")
    key_lines.tell(connector_home, made)
    click.echo(f"For the survey server: {key_lines.publish(connector_home)}")
    click.echo("Next: set evaluator_fingerprint and server_fingerprint, see `connector settings`")
