"""`connector settings`: every setting with its value, where the value comes from, and its meaning."""

from pathlib import Path

import click

from connector import settings


@click.command()
@click.pass_obj
def command(home: Path) -> None:
    """List every setting: name, value, source, meaning.

    Values come from settings.toml in the home; CONNECTOR_SERVER_URL and the like overrule them, and
    CONNECTOR_SERVER_URL_FILE names a file to read the value from.
    """
    for name, value, source, meaning in settings.lines(settings.read(home)):
        click.echo(f"{name} = {value}    ({source})")
        click.echo(f"    {meaning}")
