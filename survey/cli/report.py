"""`survey report`: reports of closed waves as files, one command for each report."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from survey.command import YES, agree
from survey.errors import SettingsError
from survey.home import Home
from survey.model.waves import Wave
from survey.report import make
from survey.report_types import REPORT_TYPES, ReportRequest, ReportType

HELP = """{summary}

The first run opens the answers and freezes every figure; each later run, in whatever edition
and language, is a view of these, and the same options give the same bytes. The file also
lies on the staff pages of the wave.
"""


@click.group()
def report() -> None:
    """Write reports of closed waves. Only what passed disclosure control is in them."""


def command_of(report_type: ReportType) -> click.Command:
    """The command of a report; a format is asked for only where there are several."""
    formats = [file_format.name for file_format in report_type.formats]

    @click.command(report_type.name, help=HELP.format(summary=report_type.summary))
    @click.option("--wave", "wave_id", required=True, help="A closed wave.")
    @click.option(
        "--edition",
        type=click.Choice(report_type.editions),
        # The one for everybody, where there is one.
        default=report_type.editions[-1],
        show_default=True,
        help="internal: with units and people's own words; council: for everybody.",
    )
    @click.option(
        "--language", type=click.Choice(report_type.languages), default="de", show_default=True
    )
    @click.option(
        "--format",
        "file_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        hidden=len(formats) == 1,
    )
    @click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        required=True,
        help="The file to write; replaced only when the new one is whole.",
    )
    @YES
    @click.pass_obj
    def command(home: Path, /, wave_id: str, out: Path, yes: bool, **choices: Any) -> None:
        request = ReportRequest(report=report_type.name, **choices)
        _write(home, wave_id, request, out, yes=yes)

    return command


for _report_type in REPORT_TYPES.values():
    report.add_command(command_of(_report_type))


def _write(directory: Path, wave_id: str, request: ReportRequest, out: Path, *, yes: bool) -> None:
    _refuse_unwritable(out)
    home = Home.enter(directory)
    _ask(make.frozen_first(home, wave_id, request.report), yes)
    began = time.monotonic()

    def progress(message: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f} s  {message}", err=True)

    body = make.file(home, wave_id, request, progress, made_on=home.today())
    _replace(out, body)
    progress(f"written: {out} ({len(body) // 1024} kB)")


def _ask(frozen: list[Wave], yes: bool) -> None:
    """The first report decides every figure; later ones are not asked about."""
    if not frozen:
        return
    click.echo("The first report freezes the figures of:")
    for wave in frozen:
        click.echo(f"  {wave.wave_id}  {wave.programme_id} {wave.number}  {wave.form_id}")
    agree("No later report can say anything else of them. Freeze?", yes=yes)


def _refuse_unwritable(out: Path) -> None:
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        raise SettingsError(out=out, reason="its folder is not there or cannot be written to")


def _replace(out: Path, body: bytes) -> None:
    """Beside the target first: an interrupted run leaves the old file whole."""
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        part.write(body)
    Path(part.name).replace(out)
