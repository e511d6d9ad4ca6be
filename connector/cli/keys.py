"""`connector keys`: shows what keys there are, makes missing ones, writes the public halves."""

from pathlib import Path

import click
import msgspec
from msgspec import Struct

from connector import settings as homes
from connector.settings import Home
from connector.state import database, episodes
from survey.errors import KeyMissing
from survey.linkage import keys as files

PUBLIC = "public-keys.toml"
NOWHERE_ELSE = """\
Keep keys out of the database and its backup, off the survey server, out of e-mail. Keep one copy
of index, case, exchange and signature in a safe: without index and case no later import finds its
cases again. The key of a print run is never copied: destroyed, nobody can make its codes again."""
LOST = """\
MISSING keys: put them back from the safe. `connector keys --create` makes others, but never index
or case while there are cases that were taken in with the lost ones."""


class PublicKeys(Struct, frozen=True, kw_only=True):
    """Public keys of a connector for the survey server, in hexadecimal."""

    connector_id: str
    signature_key: str
    exchange_key: str


@click.command()
@click.option("--create", is_flag=True, help="Make keys that are missing; never replaces one.")
@click.pass_obj
def keys(home: Path, create: bool) -> None:
    """Show every key with its purpose and the fingerprints to compare; write public-keys.toml.

    Only exchange and signature have fingerprints, of their public halves: the people who run the
    survey server see the same digits when they trust this connector.
    """
    connector_home = homes.read(home)
    if create:
        _refuse_forgetting(connector_home)
    made = files.create(connector_home.keys, files.CONNECTOR) if create else []
    tell(connector_home, made)
    if (connector_home.keys / "exchange").exists() and (connector_home.keys / "signature").exists():
        click.echo(f"For the survey server: {publish(connector_home)}")


def _refuse_forgetting(home: Home) -> None:
    """New keys for look-ups would make everybody new, to be asked again too soon.

    Raises:
        KeyMissing: a key is lost that cases were taken in with
    """
    lost = [name for name in ("index", "case") if not (home.keys / name).exists()]
    if not lost or not home.database.exists():
        return
    state = database.opened(home.database, tenant=home.settings.tenant)
    with state.read() as tx:
        cases = episodes.count(tx)
    state.close()
    if cases:
        raise KeyMissing(
            keys=", ".join(lost),
            directory=home.keys,
            reason=f"{cases} cases were taken in with them",
            cure="put them back from the safe; to begin anew without those cases, make a new home",
        )


def tell(home: Home, made: list[str]) -> None:
    """Print what each key is for and where it must not be kept."""
    click.echo(f"Keys: {home.keys}")
    for name, purpose in files.CONNECTOR.items():
        there = (home.keys / name).exists()
        state = "new" if name in made else "there" if there else "MISSING"
        click.echo(f"    {name} ({state})")
        click.echo(f"        {purpose}")
        if there and name == "exchange":
            click.echo(f"        {files.fingerprint(files.sealing_pair(home.keys).public)}")
        if there and name == "signature":
            click.echo(f"        {files.fingerprint(files.signing_pair(home.keys).public)}")
    for path in sorted(home.print_keys.glob("*")):
        click.echo(f"    print/{path.name}")
        click.echo("        makes the codes of its letters until `letters --finish` destroys it")
    if any(not (home.keys / name).exists() for name in files.CONNECTOR):
        click.echo(LOST)
    click.echo(NOWHERE_ELSE)


def publish(home: Home) -> Path:
    """Write the public keys for `survey keys trust`."""
    public_keys = PublicKeys(
        connector_id=home.connector_id,
        signature_key=files.signing_pair(home.keys).public.hex(),
        exchange_key=files.sealing_pair(home.keys).public.hex(),
    )
    path = home.directory / PUBLIC
    path.write_bytes(msgspec.toml.encode(public_keys))
    return path
