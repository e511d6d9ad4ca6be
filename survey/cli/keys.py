"""`survey keys`: which keys there are, who holds them, and which connectors are trusted."""

from collections.abc import Mapping
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from survey.actions import exchange, programmes
from survey.command import YES, agree
from survey.errors import SettingsError
from survey.home import HOUSE_KEYS, Home, shell_actor
from survey.linkage import keys as files
from survey.model import modes
from survey.store import exchange as stored_exchange
from survey.store import programmes as stored
from survey.store import waves
from survey.store.exchange import Connector


class PublicKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file a connector hands over; keys in hexadecimal."""

    connector_id: str
    signature_key: str
    exchange_key: str


NOWHERE_ELSE = """\
Keep keys out of the database and its backup, out of e-mail, off the jobcenter's machines. Whoever
has the evaluator's and the server's keys reads answers: never keep both in one place but the
running server, and one sealed copy of each with different people."""


def told(title: str, directory: Path, purposes: Mapping[str, str]) -> None:
    """Say what each key of a directory is for, and which are missing."""
    click.echo(f"{title}: {directory}")
    for name, purpose in purposes.items():
        there = "" if (directory / name).exists() else "  MISSING"
        click.echo(f"    {name}{there}\n        {purpose}")


@click.group()
def keys() -> None:
    """Show keys, confirm the key ceremony, trust a connector.

    Keys are files, never in the database and never in its backup. Whoever holds the evaluator's
    directory can pair answers; whoever holds it together with the server's can read them: give it
    to another body, or at least to another device (setting evaluator_keys).
    """


@keys.command()
@click.pass_obj
def show(directory: Path) -> None:
    """List every key with what it is for, and the fingerprint connectors must know."""
    home = Home.enter(directory)
    for title, directory, purposes in _directories(home):
        told(title, directory, purposes)
    click.echo(NOWHERE_ELSE)
    with home.database.read() as tx:
        for connector in stored_exchange.connectors(tx):
            trusted = files.fingerprint(connector.signature_key)
            click.echo(f"Trusted connector {connector.connector_id}: {trusted}")
    click.echo(f"Evaluator's fingerprint: {_evaluators(home)}")
    click.echo(f"Server's fingerprint: {_servers(home)}")


@keys.command()
@click.option("--server", is_flag=True, help="Of the key that this server signs its replies with.")
@click.pass_obj
def fingerprint(directory: Path, server: bool) -> None:
    """Print the fingerprint of the evaluator's public key, for the connector's settings.

    The connector needs both, told by telephone: evaluator_fingerprint by whoever holds the
    evaluator's keys, server_fingerprint by whoever runs this server.
    """
    home = Home.enter(directory)
    click.echo(_servers(home) if server else _evaluators(home))


@keys.command()
@click.argument("programme_id")
@YES
@click.pass_obj
def confirm(directory: Path, programme_id: str, yes: bool) -> None:
    """Confirm the key ceremony of a programme: its keys are copied and lie where they belong.

    Confirm only when the evaluator's directory is with its holder, a sealed copy of every
    directory is with somebody else, and no backup contains them. No wave opens before.
    """
    home = Home.enter(directory)
    home.services()
    with home.database.read() as tx:
        before = stored.ceremony(tx, stored.find(tx, programme_id).programme_id)
        waiting = [row for row in waves.list_all(tx) if row.programme_id == programme_id]
    if before:
        click.echo(f"The key ceremony of {programme_id} was confirmed on {before}.")
        return
    told("Evaluator's keys", home.evaluator_keys / programme_id, files.EVALUATOR)
    told("Server's keys", home.server_keys / programme_id, files.SERVER)
    for wave in waiting:
        click.echo(f"Wave {wave.wave_id}, {wave.state}, may open then.")
    agree("Are they copied, sealed, and with whom they belong?", yes=yes)
    programmes.confirm_keys(home.database, programme_id, actor=shell_actor(), at=home.now())
    click.echo(f"The key ceremony of {programme_id} is confirmed.")


@keys.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@YES
@click.pass_obj
def trust(directory: Path, file: Path, yes: bool) -> None:
    """Take the public keys of a connector from the FILE that `connector keys` wrote.

    Carry the file by hand and compare the fingerprints: whoever is trusted here can invite people.
    Other keys in the place of trusted ones are taken only after a question: the connector that had
    those can send nothing any more, and what is released from then on is sealed to the new ones.
    """
    home = Home.enter(directory)
    try:
        given = msgspec.toml.decode(file.read_bytes(), type=PublicKeys)
        connector = Connector(
            connector_id=given.connector_id,
            signature_key=bytes.fromhex(given.signature_key),
            exchange_key=bytes.fromhex(given.exchange_key),
        )
    except (msgspec.DecodeError, ValueError) as error:
        raise SettingsError(
            file=file, reason=str(error), cure="write it by `connector keys`"
        ) from error
    _ask_replacing(home, connector, yes)
    exchange.trust(home.database, connector, actor=shell_actor(), at=home.now())
    click.echo(f"{connector.connector_id} is trusted.")
    click.echo(f"Signature key: {files.fingerprint(connector.signature_key)}")


def _ask_replacing(home: Home, given: Connector, yes: bool) -> None:
    """Ask before keys are replaced, which affects all waves not closed."""
    with home.database.read() as tx:
        before = stored_exchange.connector(tx, given.connector_id)
        touched = [
            row
            for row in waves.list_all(tx)
            if modes.is_invited(row.mode) and row.state != "closed"
        ]
    if before is None or before == given:
        return
    click.echo(f"{given.connector_id} is trusted by other keys until now.")
    click.echo(f"  signature key so far: {files.fingerprint(before.signature_key)}")
    click.echo(f"  signature key in the file: {files.fingerprint(given.signature_key)}")
    for wave in touched:
        click.echo(f"  concerns wave {wave.wave_id}, {wave.state}")
    agree("Did somebody bring this file by hand? Trust it instead?", yes=yes)


def _directories(home: Home) -> list[tuple[str, Path, dict[str, str]]]:
    directories = [
        ("Evaluator, exchange", home.evaluator_keys / HOUSE_KEYS, files.EVALUATOR_HOUSE),
        ("Server, exchange", home.server_keys / HOUSE_KEYS, files.SERVER_HOUSE),
    ]
    for programme_id in home.programme_ids():
        directories.append(
            (f"Evaluator, {programme_id}", home.evaluator_keys / programme_id, files.EVALUATOR)
        )
        directories.append(
            (f"Server, {programme_id}", home.server_keys / programme_id, files.SERVER)
        )
    return directories


def _evaluators(home: Home) -> str:
    return files.fingerprint(home.evaluator().public_key)


def _servers(home: Home) -> str:
    return files.fingerprint(files.signing_pair(home.server_keys / HOUSE_KEYS).public)
