"""`survey wave`: plan, open, close, list waves."""

from datetime import date, datetime
from pathlib import Path

import click

from survey.actions import house, redaction
from survey.actions import waves as actions
from survey.command import YES, agree
from survey.form import load
from survey.model.waves import Thresholds, Wave
from survey.store import forms, waves

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def wave() -> None:
    """Plan, open and close waves: planned, sampled (letters exist), open, closed."""


@wave.command()
@click.argument("wave_id")
@click.option("--programme", "programme_id", required=True, help="Programme the wave belongs to.")
@click.option("--number", type=click.IntRange(min=1), required=True, help="1, 2, 3 …")
@click.option("--form", "form_id", default="satisfaction", show_default=True, help="The form.")
@click.option("--selection", default="default", show_default=True, help="Its questions.")
@click.option("--opens", type=DAY, required=True, help="First day, e.g. 2026-11-02.")
@click.option("--closes", type=DAY, required=True, help="Last day.")
@click.option("--k", type=click.IntRange(min=10), default=10, show_default=True)
@click.option("--k-sensitive", type=click.IntRange(min=20), default=20, show_default=True)
@click.option("--k-up", type=click.IntRange(min=20), default=20, show_default=True)
@click.pass_obj
def create(
    home: Path,
    wave_id: str,
    programme_id: str,
    number: int,
    form_id: str,
    selection: str,
    opens: datetime,
    closes: datetime,
    k: int,
    k_sensitive: int,
    k_up: int,
) -> None:
    """Plan wave WAVE_ID and freeze its form and thresholds.

    Thresholds count people: a figure needs k answers (k-sensitive for sensitive questions), and
    every reporting unit and cell must hold k-up invited people. They can only be raised.
    """
    here = house.enter(home)
    published = load.publish(load.form(form_id), load.wordings(form_id), selection)
    planned = Wave(
        wave_id=wave_id,
        programme_id=programme_id,
        number=number,
        form_id=form_id,
        form_version=published.version,
        opens_on=opens.date(),
        closes_on=closes.date(),
        state="planned",
        thresholds=Thresholds(k=k, k_sensitive=k_sensitive, k_up=k_up),
    )
    actions.create(here.database, planned, published, actor=house.actor(), at=here.now())
    click.echo(f"Wave {wave_id} is planned; form {form_id} {published.version[:12]}.")
    if planned.by_letter:
        click.echo(f"Next, in the jobcenter: connector invite {wave_id}")
    else:
        click.echo(f"Next: survey wave open {wave_id}")
        click.echo(f"Then: survey kiosk add DEVICE --wave {wave_id} --place PLACE")


@wave.command("open")
@click.argument("wave_id")
@YES
@click.pass_obj
def open_(home: Path, wave_id: str, yes: bool) -> None:
    """Open WAVE_ID: from now on codes work, and nothing that people were told can be changed.

    Needs the sample (connector push), the confirmed key ceremony (survey keys confirm) and the
    connector's word that codes can no longer be computed (connector letters --finish).
    """
    here = house.enter(home)
    with here.database.read() as tx:
        click.echo(_line(waves.find(tx, wave_id)))
    agree("An open wave can only be closed. Open it?", yes=yes)
    actions.open_wave(here.database, wave_id, actor=house.actor(), at=here.now())
    click.echo(f"Wave {wave_id} is open.")


@wave.command()
@click.argument("wave_id")
@YES
@click.pass_obj
def close(home: Path, wave_id: str, yes: bool) -> None:
    """Close WAVE_ID for good: codes stop, drafts and invitations are deleted, reports may run."""
    here = house.enter(home)
    with here.database.read() as tx:
        found = waves.find(tx, wave_id)
    click.echo(_line(found))
    if here.today() <= found.closes_on:
        click.echo(f"People were told that they can answer until {found.closes_on}.")
    agree("A closed wave cannot be opened again. Close it?", yes=yes)
    actions.close(here.database, wave_id, actor=house.actor(), at=here.now())
    redaction.take_out(
        house.desk(here), wave_id, actor=house.actor(), at=here.now(), early=here.settings.demo
    )
    here.database.rewrite()
    click.echo(f"Wave {wave_id} is closed. Report: survey report satisfaction --wave {wave_id}")


@wave.command("withdraw-form")
@click.argument("wave_id")
@YES
@click.pass_obj
def withdraw_form(home: Path, wave_id: str, yes: bool) -> None:
    """Take the wording of WAVE_ID out of use at once, in every wave that asks it.

    Nobody can answer these waves any more, whoever has begun neither, and no other wave can be
    planned with this wording. Named first: all of them.
    """
    here = house.enter(home)
    with here.database.read() as tx:
        version = waves.find(tx, wave_id).form_version
        touched = [each for each in waves.every(tx) if each.form_version == version]
    click.echo("Nobody will be able to answer any more:")
    for each in touched:
        click.echo(f"  {_line(each)}")
    agree("A wording cannot be put back into use. Withdraw it?", yes=yes)
    actions.withdraw_form(here.database, version, actor=house.actor(), at=here.now())
    click.echo(f"Withdrawn: {', '.join(each.wave_id for each in touched)}")


@wave.command("list")
@click.pass_obj
def listed(home: Path) -> None:
    """List the waves with state and days; never how many have answered."""
    here = house.enter(home)
    with here.database.read() as tx:
        gone = forms.withdrawn(tx)
        for each in waves.every(tx):
            unanswerable = each.form_version in gone and each.state not in ("closed", "withdrawn")
            click.echo(_line(each) + ("  form withdrawn: nobody can answer" * unanswerable))


def _line(each: Wave) -> str:
    days = f"{_day(each.opens_on)} to {_day(each.closes_on)}"
    return f"{each.wave_id}  {each.programme_id} {each.number}  {each.state}  {days}"


def _day(day: date) -> str:
    return day.isoformat()
