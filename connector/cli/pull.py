"""`connector pull`: fetches what people released, and the published reports."""

from pathlib import Path

import click

from connector import pull as pulling
from connector import settings as homes
from connector.cli.asking import GERMAN
from connector.pull import Outcome
from connector.state import database, waves
from survey.command import YES, agree
from survey.engine.database import Database

OTHER_KEY = """\
{} releases are sealed to another key than this connector's, so nobody can read them here.
  If the old key still exists: put it back from the safe ({}).
  If it is lost: give the survey server this connector's public keys (survey keys trust
  public-keys.toml); it seals the releases anew by `survey release deliver` or at its next weekly
  slot. Then run `connector pull` again."""
DAMAGED = """\
{} releases are damaged: they are sealed to this connector and do not open. Tell whoever runs the
  survey server; nobody can read or repair them."""
ENDED = """\
Programme {} has ended. Deleted here: its pseudonyms, who was invited, what was released, its
  reports, keys and files of its letters. Older backups of this database still hold them: destroy
  those, too."""
ENDING = """\
The survey server says that programme {} has ended. If that is so (ask for its protocol):
  connector pull --end {}
  deletes here for good what leads from its cases to answers. Nothing was deleted yet."""
SURE = (
    "Gelöscht wird für immer, was hier von den Fällen dieser Wellen zu Antworten führt, samt "
    "Einladungen, Freigaben und Schlüsseln. Löschen?"
)
NOTHING = """\
Programme {}: nothing was deleted. The server does not say that it has ended, or nothing is left."""
STRANGER = """\
{} releases are of people this connector does not know, or whose case has left: not kept."""


@click.command()
@click.option(
    "--end",
    multiple=True,
    metavar="PROGRAMME_ID",
    help="Destroy what is here of a programme that the server calls ended; there is no way back.",
)
@YES
@click.pass_obj
def pull(home: Path, end: tuple[str, ...], yes: bool) -> None:
    """Fetch what people released to their case managers, and the published reports.

    The survey server lists everything that may be seen today; it cannot read any of it, since all
    is sealed to this connector. What is new is kept under the key of case numbers, for the one case
    manager who was responsible when the wave was sampled and still is. What is no longer listed was
    withdrawn or is over: its words are deleted here, too. When a programme has ended, this says so;
    --end then destroys everything that leads from its cases to its answers.

    Run it every night. After eight days without a pull the case pages show no released words until
    the next one, because somebody may have withdrawn hers in between. Running it again changes
    nothing; a pull that breaks off leaves everything as it was.

    It does not say how many releases came or went: a number that falls by one would be the trace of
    one person's withdrawal.
    """
    connector_home = homes.read(home)
    state = database.opened(connector_home.database, tenant=connector_home.settings.tenant)
    try:
        if end:
            _ask(state, end, yes)
        now = connector_home.now()
        outcome = pulling.pull(connector_home, state, at=now, today=now.date(), end=end)
    finally:
        state.close()
    click.echo("The case pages show what people release today.")
    click.echo(f"Published reports: {outcome.reports}")
    for programme_id in outcome.ended:
        click.echo(ENDED.format(programme_id))
    for programme_id in sorted({*end} - {*outcome.ended}):
        click.echo(NOTHING.format(programme_id), err=True)
    for programme_id in outcome.ending:
        click.echo(ENDING.format(programme_id, programme_id), err=True)
    _warn(outcome, connector_home.keys / "exchange")


def _ask(state: Database, end: tuple[str, ...], yes: bool) -> None:
    """Name every wave that would lose what leads from its cases to answers."""
    for programme_id in end:
        with state.read() as tx:
            known = waves.of_programme(tx, programme_id)
        click.echo(f"{programme_id}: Wellen {', '.join(wave.wave_id for wave in known) or 'keine'}")
    agree(SURE, yes=yes, asking=GERMAN)


def _warn(outcome: Outcome, key: Path) -> None:
    if outcome.other_key:
        click.echo(OTHER_KEY.format(outcome.other_key, key), err=True)
    if outcome.damaged:
        click.echo(DAMAGED.format(outcome.damaged), err=True)
    if outcome.stranger:
        click.echo(STRANGER.format(outcome.stranger), err=True)
