"""`survey migrate`: bring the database to the version of the programme."""

from pathlib import Path

import click

from survey.command import YES, agree
from survey.engine import migrate as runner
from survey.errors import KeyMissing
from survey.home import HOUSE_KEYS, MIGRATIONS, Home, load_settings, open_database
from survey.linkage import keys


@click.command()
@YES
@click.pass_obj
def migrate(home: Path, yes: bool) -> None:
    """Bring the database to this version: missing migrations, each whole or not at all.

    Back up first. A database from a newer version is refused and left as it is. A key that this
    version needs and older ones did not have is made.
    """
    settings = load_settings(home)
    database = open_database(home, settings)
    missing = runner.missing(database, MIGRATIONS)
    if runner.version(database) and missing:
        for name in missing:
            click.echo(f"to run: {name}")
        agree("There is no way back but a backup. Is there one?", yes=yes)
    ran = runner.migrate(database, MIGRATIONS)
    for name in ran:
        click.echo(f"ran {name}")
    click.echo(f"The database is at version {runner.version(database)}.")
    _make_signature(Home(directory=home, settings=settings, database=database))


def _make_signature(home: Home) -> None:
    """Houses of an older version have no key that signs what connectors are told."""
    try:
        made = home.make_signature()
    except KeyMissing as error:
        click.echo(f"Keys were not looked at, they are not here: {error.facts['path']}", err=True)
        return
    if made:
        click.echo("Replies to connectors are signed from now on. For each connector's settings:")
        key = keys.signing_pair(home.server_keys / HOUSE_KEYS).public
        click.echo(f'    server_fingerprint = "{keys.fingerprint(key)}"')
