"""`survey report`: reports of closed waves as PDF."""

import os
import tempfile
import time
from pathlib import Path
from typing import get_args

import click

from survey.actions import house
from survey.command import YES, agree
from survey.errors import SettingsError
from survey.model.waves import Wave
from survey.report import making
from survey.report.making import Kind
from survey.report.measure.questions import LANGUAGES


@click.group()
def report() -> None:
    """Write reports of closed waves. Only what passed disclosure control is in them."""


@report.command()
@click.option("--wave", "wave_id", required=True, help="A closed wave.")
@click.option(
    "--edition",
    type=click.Choice(get_args(Kind)),
    default="council",
    show_default=True,
    help="internal: with units and people's own words; council: for everybody.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="de", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The PDF to write; replaced only when the new one is whole.",
)
@YES
@click.pass_obj
def satisfaction(
    home: Path, wave_id: str, edition: Kind, language: str, out: Path, yes: bool
) -> None:
    """Write the satisfaction report of a wave: PDF/A-3a and PDF/UA-1, tables attached.

    The first run opens the answers and freezes every figure; each later run, in whatever edition
    and language, is a view of these, and the same options give the same bytes. The file also
    lies on the staff pages of the wave.
    """
    _refuse_unwritable(out)
    here = house.enter(home)
    _ask(making.frozen_first(here, wave_id), yes)
    began = time.monotonic()

    def told(what: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f} s  {what}", err=True)

    pdf = making.make_file(
        here, wave_id, edition=edition, language=language, made_on=here.today(), told=told
    )
    _replace(out, pdf)
    told(f"written: {out} ({len(pdf) // 1024} kB)")


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


def _replace(out: Path, pdf: bytes) -> None:
    """Beside the target first: an interrupted run leaves the old file whole."""
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        part.write(pdf)
    Path(part.name).replace(out)
