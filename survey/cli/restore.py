"""`survey restore`: a backup in the place of the database."""

from pathlib import Path

import click

from survey import clock
from survey.actions import restore as restore_action
from survey.actions.restore import Restored, Turned
from survey.command import YES, agree
from survey.errors import KeyMissing
from survey.home import Home, load_settings, shell_actor


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@YES
@click.option(
    "--replay",
    is_flag=True,
    help="Only do again what the logs beside the keys say, after pg_restore.",
)
@click.pass_obj
def restore(directory: Path, file: Path | None, yes: bool, replay: bool) -> None:
    """Put the backup FILE in the place of the database; end every server on it first.

    The file is read through and brought up to date beside the database; a damaged one, another
    tenant's or one of a newer version is refused, and the home stays as it was. Before anybody can
    use it, all answers, texts and releases that people have deleted since are deleted again, and
    programmes that were ended are ended again: the logs beside the server's keys say which.

    What came after the backup is gone, except what must not be undone: published reports, closed
    waves of published reports, disabled accounts, revoked devices, the audit. The old database is
    put aside under another name.
    """
    if replay:
        home = Home.enter(directory)
        agree("Delete again in this database what people have deleted?", yes=yes)
        restore_action.replay(home.database, home.server_keys)
        click.echo("Done again: deletions and ends of programmes.")
        return
    if file is None:
        raise click.UsageError("Missing argument 'FILE'.")
    settings = load_settings(directory)
    done = restore_action.restore(
        directory,
        settings,
        file,
        actor=shell_actor(),
        at=clock.now(settings.time_zone),
        progress=lambda what: click.echo(f"{what} ...", err=True),
        agreed=lambda turned: _ask(directory, file, turned, yes),
    )
    _tell(done)
    _verify(directory)


def _ask(home: Path, file: Path, turned: list[Turned], yes: bool) -> None:
    """Name every wave that will stand otherwise, before anything is put in place."""
    for wave in turned:
        now, then = wave.now or "not known", wave.then or "not there"
        click.echo(f"Wave {wave.wave_id}: {now} until now, {then} afterwards.")
    agree(f"Put {file} in the place of the database of {home}?", yes=yes)


def _tell(done: Restored) -> None:
    for name in done.migrated:
        click.echo(f"ran {name}")
    if done.aside:
        click.echo(f"The old database is now {done.aside}")
        click.echo(
            "Delete it when you need it no longer: it holds what a backup holds, and drafts."
        )
    if not done.carried:
        click.echo(
            "The old database could not be read. Reports published since the backup are not known "
            "here: do not publish new ones of the same waves. Accounts and devices are as on the "
            "day of the backup: disable and revoke anew."
        )
    for wave_id in done.open_waves:
        click.echo(f"Wave {wave_id} is open again, as it was in the backup.")
    click.echo("Restored; what people deleted since is deleted again.")


def _verify(directory: Path) -> None:
    home = Home.enter(directory)
    try:
        home.services()
    except KeyMissing as error:
        click.echo(f"Not ready to serve: {error}")
    else:
        click.echo("All keys are there. Start again: survey serve")
    home.database.close()
