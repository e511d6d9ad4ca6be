"""`connector letters`: prints invitations and reminders, and ends the printing."""

import sys
from pathlib import Path

import click

from connector import settings as homes
from connector.cli import summary
from connector.cli.asking import GERMAN
from connector.errors import FileRefused, MappingError
from connector.imports import findings, mapping
from connector.imports.source import kinds
from connector.letter_errors import LettersRefused
from connector.letters import finish as letters_finish
from connector.letters import print_run
from connector.letters.print_run import Printed, PrintRequest
from connector.settings import Home
from connector.state import database
from survey.command import YES, agree

SURE = (
    "Danach kann niemand diese Briefe noch einmal drucken. Sind Einladungen und Erinnerungen auf "
    "Papier?"
)


@click.command()
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Export that names and addresses are read from; they are not stored.",
)
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file that says what the columns mean; its part [letter] names the address.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="PDF of invitations.")
@click.option(
    "--reminders",
    type=click.Path(path_type=Path, dir_okay=False),
    help="PDF of reminders with the same codes, to be posted to everybody later.",
)
@click.option("--leave-out", is_flag=True, help="Print without people who have no address now.")
@click.option("--finish", is_flag=True, help="Destroy the key of the codes and the written files.")
@YES
@click.pass_obj
def letters(
    home: Path,
    wave_id: str,
    source: Path | None,
    mapping_file: Path | None,
    out: Path | None,
    reminders: Path | None,
    leave_out: bool,
    finish: bool,
    yes: bool,
) -> None:
    """Print the letters of WAVE, one page per person.

    May be repeated, with the same codes, until --finish: that destroys the key the codes are made
    from, removes the files and tells the survey server. Only then can the wave open.
    """
    connector_home = homes.read(home)
    today = connector_home.today()
    if finish:
        _finish(connector_home, wave_id, yes)
        return
    if source is None or mapping_file is None or out is None:
        raise click.UsageError("--source, --mapping and --out are needed, or --finish.")
    try:
        loaded = mapping.load(mapping_file)
        request = PrintRequest(
            wave_id=wave_id,
            source=loaded.mapping.source(source),
            loaded=loaded,
            out=out,
            reminders=reminders,
            today=today,
            leave_out=leave_out,
        )
        printed = _print(connector_home, request)
    except (LettersRefused, MappingError) as error:
        raise click.ClickException(error.said) from error
    except FileRefused as error:
        finding = findings.of_file(error.code, error.column, error.filling, shown=error.shown)
        named = kinds.words(request.source).name
        message = summary.line(finding, named, clear=sys.stderr.isatty())
        raise click.ClickException(message) from error
    _tell(printed, request)


def _print(home: Home, request: PrintRequest) -> Printed:
    """Print behind a progress bar, which only a terminal sees."""
    state = database.opened(home.database, tenant=home.settings.tenant)
    hidden = not sys.stderr.isatty()
    try:
        with click.progressbar(
            length=1, label="Briefe setzen", file=sys.stderr, hidden=hidden
        ) as bar:

            def drawing(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            return print_run.write(state, home, request, drawing=drawing)
    finally:
        state.close()


def _tell(printed: Printed, request: PrintRequest) -> None:
    click.echo(f"{printed.letters} Einladungen: {request.out}")
    if request.reminders:
        click.echo(f"{printed.letters} Erinnerungen: {request.reminders}")
    for reason, times in sorted(printed.left_out.items()):
        click.echo(f"  ohne Brief: {times} x {reason}")
    if printed.unknown:
        named = kinds.words(request.source).this_accusative
        click.echo(
            f"Dass {printed.unknown} Eingeladene nicht mehr angeschrieben werden dürfen, sagt nur "
            f"{named}. Bitte auch einlesen: connector import {kinds.place(request.source)}"
        )
    click.echo(
        "Die Dateien enthalten Namen und Codes: nicht kopieren, nicht verschicken. Nach dem "
        f"Druck: connector letters {request.wave_id} --finish"
    )


def _finish(home: Home, wave_id: str, yes: bool) -> None:
    today = home.today()
    state = database.opened(home.database, tenant=home.settings.tenant)
    try:
        for path in letters_finish.code_files(state, wave_id):
            click.echo(f"Gelöscht wird: {path}")
        agree(SURE, yes=yes, asking=GERMAN)
        finished = letters_finish.finish(state, home, wave_id, today=today)
        click.echo(f"Die Codes von {finished.letters} Briefen kann niemand mehr berechnen.")
        for path in finished.removed:
            click.echo(f"  gelöscht: {path}")
        for path in finished.not_found:
            click.echo(f"  nicht mehr da: {path} (verschoben? Dann bitte selbst löschen)", err=True)
        letters_finish.report(state, home, wave_id, finished, today=today)
    except LettersRefused as error:
        raise click.ClickException(error.said) from error
    finally:
        state.close()
    click.echo("Der Befragungsserver weiß es: Die Welle kann geöffnet werden.")
