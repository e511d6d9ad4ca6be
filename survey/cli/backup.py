"""`survey backup`: a copy of the database, without keys and without drafts."""

from pathlib import Path

import click

from survey.actions import backups
from survey.home import Home, shell_actor


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(directory: Path, file: Path) -> None:
    """Copy the database into the new FILE, as it is at one moment, while the server goes on.

    Nothing in it can be read without the keys, and these are not in it: keep them elsewhere, as
    agreed at the key ceremony, and never beside a backup. Drafts, sessions of staff and jobs are
    left out: a draft ends with its wave, and a copy would not. Only you can read the file (0600);
    an existing file is never replaced.

    Where backups lie is written down beside the server's keys, because `programme end` must name
    them. A PostgreSQL database is copied by pg_dump: the command then says how.
    """
    home = Home.enter(directory)
    click.echo("copying ...", err=True)
    written = backups.write(home, file, actor=shell_actor(), at=home.now())
    home.database.close()
    size = file.stat().st_size // 1024
    click.echo(f"Written: {written.file} ({size} kB), programmes: {_listed(written.programmes)}")
    click.echo("Without keys and drafts. To use it: survey restore FILE")


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "none"
