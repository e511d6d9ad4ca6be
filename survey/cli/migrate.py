"""`survey migrate`: bring the database to the version of the programme."""

from pathlib import Path

import click

from survey.actions import house
from survey.command import YES, agree
from survey.engine import migrate as runner


@click.command()
@YES
@click.pass_obj
def migrate(home: Path, yes: bool) -> None:
    """Bring the database to this version: missing migrations, each whole or not at all.

    Back up first. A database from a newer version is refused and left as it is.
    """
    settings = house.load(home)
    database = house.open_database(home, settings)
    missing = runner.missing(database, house.MIGRATIONS)
    if runner.version(database) and missing:
        for name in missing:
            click.echo(f"to run: {name}")
        agree("There is no way back but a backup. Is there one?", yes=yes)
    ran = runner.migrate(database, house.MIGRATIONS)
    for name in ran:
        click.echo(f"ran {name}")
    click.echo(f"The database is at version {runner.version(database)}.")
