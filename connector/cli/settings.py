"""`connector settings`: every setting with its meaning, value and source."""

from pathlib import Path

import click

from connector.settings import PREFIX, Settings
from survey import settings as settings_file


@click.command()
@click.pass_obj
def settings(home: Path) -> None:
    """List every setting: its value, where the value comes from, what it means.

    Change one in settings.toml, or for one process by CONNECTOR_<NAME> (or CONNECTOR_<NAME>_FILE, a
    file that holds the value) in the environment.
    """
    for setting in settings_file.listed(home, Settings, prefix=PREFIX):
        click.echo(f"{setting.name} = {setting.value}")
        click.echo(f"    {setting.meaning}")
        click.echo(f"    from: {setting.source}")
