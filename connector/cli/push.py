"""`connector push`: sends what waits in the outbox."""

from pathlib import Path

import click

from connector import client
from connector import settings as homes
from connector.state import database

SAID = {
    "batch": "The sample of wave {} is with the survey server.",
    "print-destroyed": "The survey server knows that the codes of wave {} can no longer be made.",
}


@click.command()
@click.pass_obj
def push(home: Path) -> None:
    """Send what waits: samples, and the word that the codes of a wave can no longer be made.

    A push that was broken off is simply repeated: the server takes every message once. A batch
    leaves the outbox when the server has acknowledged it.
    """
    connector_home = homes.read(home)
    state = database.opened(connector_home.database, tenant=connector_home.settings.tenant)
    try:
        sent = client.push(connector_home, state, today=connector_home.today())
    finally:
        state.close()
    for message in sent:
        click.echo(SAID[message.kind].format(message.wave_id))
    if not sent:
        click.echo("Nothing waits to be sent.")
