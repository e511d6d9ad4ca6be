"""`survey kiosk`: devices in the building at which anybody may answer without a letter."""

from pathlib import Path

import click

from survey.actions import kiosks
from survey.command import YES, agree
from survey.engine.database import Transaction
from survey.home import Home, shell_actor
from survey.store import forms, waves
from survey.store import kiosks as stored
from survey.store.kiosks import Kiosk


@click.group()
def kiosk() -> None:
    """Devices in the building: whoever comes answers five questions without a letter.

    First a wave of the form "kiosk" (survey wave create ... --form kiosk, survey wave open), then a
    token for each device. Answers of kiosks are counted apart from those by letter.
    """


@kiosk.command()
@click.argument("kiosk_id")
@click.option("--wave", "wave_id", required=True, help="A wave of the form kiosk.")
@click.option("--place", required=True, help="Where the device stands, for your own list.")
@click.pass_obj
def add(directory: Path, kiosk_id: str, wave_id: str, place: str) -> None:
    """Give device KIOSK_ID a token. It is shown this once; a lost one is revoked and made anew.

    Open the printed address once in the device's browser (kiosk mode, nobody's account): it takes
    the token out of the address and asks you to confirm. From then on the start page shows there.
    """
    home = Home.enter(directory)
    token = kiosks.add(home.database, kiosk_id, wave_id, place, actor=shell_actor(), at=home.now())
    click.echo(f"Token    {token}")
    click.echo(f"Address  {home.settings.base_url}/kiosk#{token}")
    click.echo("Whoever has the token can answer at will: keep it like a key.")


@kiosk.command("list")
@click.pass_obj
def list_(directory: Path) -> None:
    """Show every device with its wave and whether it can ask anybody; never a token."""
    home = Home.enter(directory)
    with home.database.read() as tx:
        every = [(device, _state(tx, device)) for device in stored.list_all(tx)]
    if not every:
        click.echo("No kiosk yet: survey kiosk add KIOSK_ID --wave WAVE --place PLACE")
    for device, state in every:
        click.echo(f"{device.kiosk_id:<16} {device.wave_id:<16} {state:<20} {device.place}")


def _state(tx: Transaction, kiosk: Kiosk) -> str:
    """Whether somebody can answer there; a device may have its right and nothing to ask."""
    if kiosk.revoked_on:
        return f"revoked {kiosk.revoked_on}"
    wave = waves.find(tx, kiosk.wave_id)
    if wave.form_version in forms.withdrawn(tx):
        return "form withdrawn"
    return "in use" if wave.state == "open" else f"wave {wave.state}"


@kiosk.command()
@click.argument("kiosk_id")
@YES
@click.pass_obj
def revoke(directory: Path, kiosk_id: str, yes: bool) -> None:
    """Take the right of device KIOSK_ID away at once; its browser asks for a token again."""
    home = Home.enter(directory)
    with home.database.read() as tx:
        for device in stored.list_all(tx):
            if device.kiosk_id == kiosk_id:
                click.echo(f"{device.kiosk_id}  {device.place}, asks for wave {device.wave_id}")
    agree("Its token cannot be used again, nor its name. Revoke it?", yes=yes)
    kiosks.revoke(home.database, kiosk_id, actor=shell_actor(), at=home.now())
    click.echo(f"Kiosk {kiosk_id} can begin nothing any more.")
