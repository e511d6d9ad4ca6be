"""`connector keys`: shows what keys there are, makes missing ones, writes the public halves."""

import hashlib
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from connector import settings
from connector.settings import Home
from survey.linkage import keys

NOWHERE_ELSE = (
    "Keep them out of the database, out of its backup, off the survey server and out of e-mail. "
    "Keep one copy of index, case, exchange and signature on paper or a stick in a safe: without index "
    "and case no later import finds its cases again. Keys of print runs are never copied anywhere."
)


class PublicKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the survey server may know of a connector; raw keys, base64 in JSON."""

    connector_id: str
    tenant: str
    exchange: bytes
    signature: bytes


@click.command()
@click.option("--create", is_flag=True, help="Make keys that are missing; never replaces one.")
@click.option(
    "--public",
    "public",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the public keys; default: public-keys.json in the home.",
)
@click.pass_obj
def command(home: Path, create: bool, public: Path | None) -> None:
    """Show every key's fingerprint, purpose and place.

    A fingerprint is the first 32 hexadecimal digits of a sha256: compare it by telephone, it tells
    nothing of the key. With --create, missing keys are made.
    """
    known = settings.read(home)
    made = keys.create(known.keys, keys.CONNECTOR) if create else []
    tell(known, made)
    if all((known.keys / name).exists() for name in ("exchange", "signature")):
        click.echo(f"Public keys: {publish(known, public)}")


def tell(home: Home, made: list[str]) -> None:
    """Say what each key is for and where it must not be kept."""
    click.echo(f"Keys in {home.keys}:")
    for name, purpose in keys.CONNECTOR.items():
        there = (home.keys / name).exists()
        state = "new" if name in made else "there" if there else "MISSING"
        click.echo(f"  {name:<10} {state:<8} {purpose}")
        if there:
            click.echo(f"  {'':<10} {'':<8} fingerprint {fingerprint(home, name)}")
    runs = sorted(home.print_keys.iterdir()) if home.print_keys.is_dir() else []
    for path in runs:
        click.echo(f"  print run {path.name}: makes its codes until `letters --finish` destroys it")
    click.echo(NOWHERE_ELSE)


def fingerprint(home: Home, name: str) -> str:
    """Fingerprint of a key: of its public half where it has one."""
    if name == "exchange":
        shown = keys.sealing_pair(home.keys).public
    elif name == "signature":
        shown = keys.signing_pair(home.keys).public
    else:
        shown = b"fingerprint of " + keys.read(home.keys, name)
    return settings.grouped(hashlib.sha256(shown).hexdigest()[:32])


def publish(home: Home, path: Path | None = None) -> Path:
    """Write the public keys for the survey server."""
    path = path or home.directory / "public-keys.json"
    told = PublicKeys(
        connector_id=home.connector_id,
        tenant=home.settings.tenant,
        exchange=keys.sealing_pair(home.keys).public,
        signature=keys.signing_pair(home.keys).public,
    )
    path.write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")
    return path
