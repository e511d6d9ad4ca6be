"""`survey settings`: every setting with its meaning, value and source."""

from pathlib import Path

import click

from survey import settings as settings_file
from survey.home import PREFIX
from survey.settings import Settings


@click.command()
@click.pass_obj
def settings(home: Path) -> None:
    """List every setting: its value, where the value comes from, what it means.

    Change one in settings.toml, or for one process by SURVEY_<NAME> (or SURVEY_<NAME>_FILE, a file
    that holds the value) in the environment.
    """
    for setting in settings_file.listed(home, Settings, prefix=PREFIX):
        value = ", ".join(setting.value) if isinstance(setting.value, tuple) else setting.value
        click.echo(f"{setting.name} = {value}")
        click.echo(f"    {setting.meaning}")
        click.echo(f"    from: {setting.source}")
