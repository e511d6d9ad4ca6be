"""`survey programme end`: its rows and keys destroyed, the protocol written."""

import hashlib
import os
import tempfile
from pathlib import Path

import click

from survey.actions import programme_end
from survey.actions.programme_end import EndStatus, Mark
from survey.command import agree_by_name
from survey.errors import Refused
from survey.home import Home, shell_actor
from survey.report import end_protocol


@click.command()
@click.argument("programme_id")
@click.option(
    "--yes-destroy",
    metavar="PROGRAMME_ID",
    help="Do not ask: the id once more, for scripts.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the protocol; by default `protocols` in the home.",
)
@click.pass_obj
def end(directory: Path, programme_id: str, yes_destroy: str | None, out: Path | None) -> None:
    """End PROGRAMME_ID for good: nobody can read what people answered, from now on and ever.

    Deletes answers, texts, releases, drafts and invitations, destroys the server's and the
    evaluator's keys, and writes the protocol in German and English, with everything that people
    must still do by hand: sealed copies of keys, keys that their holder keeps elsewhere, every
    backup by name, and `connector pull --end`, by which the house destroys its links.

    Published reports stay. Write missing ones first; close open waves first. Broken off at any
    point, the same command goes on where it was. A server that is running notices by itself.
    """
    home = Home.enter(directory)
    status = programme_end.standing(home, programme_id)
    if status.mark is None:
        _ask(status, yes_destroy)
    else:
        click.echo(f"{programme_id} was ended on {status.mark.ended_on}; going on.")
    folder = out or home.directory / "protocols"
    folder.mkdir(parents=True, exist_ok=True)
    _refuse_unwritable(folder)
    mark = programme_end.begin(home, programme_id, on=home.today())
    actor = shell_actor()
    click.echo("deleting answers, texts, releases, drafts, invitations ...", err=True)
    programme_end.empty(home, programme_id, mark, actor=actor, at=home.now())
    click.echo("destroying keys ...", err=True)
    gone = programme_end.destroy_keys(home, programme_id, mark, actor=actor, at=home.now())
    click.echo(f"Keys destroyed: {', '.join(gone) or 'none was left'}")
    click.echo("writing the protocol ...", err=True)
    for file in _protocol(home, programme_id, mark, folder):
        click.echo(f"Protocol: {file}")
    _left_to_do(programme_end.standing(home, programme_id), mark)
    home.database.close()


def _ask(status: EndStatus, typed: str | None) -> None:
    programme_id = status.programme.programme_id
    programme_end.refuse_open(status)
    click.echo(f"{programme_id}: {status.programme.title}")
    for wave in status.waves:
        report = "published" if wave.wave_id in status.reported else "NO REPORT, and never one"
        click.echo(f"  wave {wave.wave_id}, {wave.state}, report: {report}")
    for wave in status.unreported:
        click.echo(f"  first, perhaps: survey report satisfaction --wave {wave.wave_id} ...")
    click.echo("All answers, texts, releases and keys of it will be destroyed. No way back.")
    if typed is None:
        agree_by_name(programme_id, "Type the programme's id to go on", option="--yes-destroy")
    elif typed != programme_id:
        raise Refused(programme=programme_id, reason="the id was not typed: nothing was changed")


def _protocol(home: Home, programme_id: str, mark: Mark, folder: Path) -> list[Path]:
    status, proof = programme_end.standing(home, programme_id), programme_end.proof(home)
    files, digests = [], {}
    for language in end_protocol.LANGUAGES:
        paper = end_protocol.render(
            status, proof, issued=home.today(), language=language, example=home.settings.demo
        )
        file = folder / f"end-{programme_id}-{mark.ended_on}-{language}.pdf"
        _replace(file, paper)
        digests[language] = hashlib.sha256(paper).hexdigest()
        files.append(file)
    programme_end.note_protocol(home, programme_id, digests, actor=shell_actor(), at=home.now())
    return files


def _left_to_do(status: EndStatus, mark: Mark) -> None:
    click.echo("Left to do by hand, as the protocol says:")
    click.echo("  destroy the sealed copies of the keys made at the key ceremony")
    if not mark.evaluator_here:
        holder, name = status.programme.key_holder.name, status.programme.programme_id
        click.echo(
            f"  {holder} keeps the evaluator's keys: overwrite and delete its folder {name},"
        )
        click.echo("  end whatever has loaded them, sign the protocol. NOT COMPLETE before that")
    for backup in status.backups:
        click.echo(f"  delete the backup of {backup.made_on}: {backup.file}")
    click.echo("  start running servers again; in the jobcenter: connector pull")


def _refuse_unwritable(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise Refused(folder=folder, reason="cannot be written to: nothing was changed")


def _replace(file: Path, paper: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        part.write(paper)
    Path(part.name).replace(file)
