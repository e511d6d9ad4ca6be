"""`survey report`: reports of closed waves as PDF."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from survey.actions import house, snapshots
from survey.actions.house import House
from survey.actions.snapshots import Frozen
from survey.errors import SettingsError
from survey.report import build, opened
from survey.report import satisfaction as chapters
from survey.report.context import Edition

NAME = "satisfaction"
LABEL = "Ausgabe für Rat und Öffentlichkeit"


@click.group()
def report() -> None:
    """Write reports of closed waves. Only what passed disclosure control is in them."""


@report.command()
@click.option("--wave", "wave_id", required=True, help="A closed wave.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The PDF to write; replaced only when the new one is whole.",
)
@click.pass_obj
def satisfaction(home: Path, wave_id: str, out: Path) -> None:
    """Write the satisfaction report of a wave: German, PDF/A-3a and PDF/UA-1, tables attached.

    The first run opens the answers and freezes every figure; each later run gives the same bytes.
    """
    _refuse_unwritable(out)
    here = house.enter(home)
    began = time.monotonic()

    def told(what: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f} s  {what}", err=True)

    frozen = snapshots.frozen(here.database, wave_id, NAME)
    if frozen is None:
        frozen = _measured(here, wave_id, told)
    else:
        told(f"figures as frozen on {frozen.frozen_on}")
    edition = Edition(label=LABEL, issued=frozen.frozen_on, example=here.settings.demo)
    pdf = chapters.render(
        frozen.snapshot,
        language="de",
        edition=edition,
        progress=lambda name: told("pages" if name == "pdf" else f"chapter {name}"),
    )
    _replace(out, pdf)
    told(f"written: {out} ({len(pdf) // 1024} kB)")


def _measured(here: House, wave_id: str, told: Callable[[str], None]) -> Frozen:
    """Open the answers, count, protect, freeze."""
    found = opened.open_wave(house.desk(here), wave_id, lambda domain: told(f"answers of {domain}"))
    told("figures and disclosure control")
    snapshot = build.measure(
        found.published,
        found.responses,
        found.sample,
        wave=found.wave,
        programme=found.programme,
    )
    return snapshots.freeze(
        here.database, wave_id, NAME, snapshot, actor=house.actor(), at=house.now()
    )


def _refuse_unwritable(out: Path) -> None:
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        raise SettingsError(out=out, reason="its folder is not there or cannot be written to")


def _replace(out: Path, pdf: bytes) -> None:
    """Beside the target first: an interrupted run leaves the old file whole."""
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        part.write(pdf)
    Path(part.name).replace(out)
