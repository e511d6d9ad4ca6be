"""`survey wave`: plan, open, close, list waves; what changes them lies in `wave_changes`."""

from datetime import datetime
from pathlib import Path

import click

from survey.actions import wave_close, wave_plans
from survey.actions import waves as actions
from survey.cli import wave_changes
from survey.cli.wave_words import DAY, line
from survey.command import YES, agree
from survey.form import load
from survey.home import Home, shell_actor
from survey.model import floors, modes
from survey.model.waves import Thresholds, Wave
from survey.store import forms, waves


@click.group()
def wave() -> None:
    """Plan, open and close waves: planned, sampled (letters exist), open, closed.

    A wave has a short name for commands and addresses (herbst-2026) and a title for people
    (Zufriedenheit, Herbst 2026). While nobody is invited it can be corrected or withdrawn; while it
    is open it can be prolonged; a title can be changed at any time.
    """


for command in (
    wave_changes.correct,
    wave_changes.rename,
    wave_changes.withdraw,
    wave_changes.prolong,
):
    wave.add_command(command)


@wave.command()
@click.argument("wave_id")
@click.option("--title", default="", help="What people call it; else programme and season.")
@click.option("--programme", "programme_id", required=True, help="Programme the wave belongs to.")
@click.option("--number", type=click.IntRange(min=1), help="1, 2, 3 …; else the next one.")
@click.option("--form", "form_id", default="satisfaction", show_default=True, help="The form.")
@click.option("--selection", default="default", show_default=True, help="Its questions.")
@click.option("--opens", type=DAY, required=True, help="First day, e.g. 2026-11-02.")
@click.option("--closes", type=DAY, required=True, help="Last day, which people are told.")
@click.option("--k", type=click.IntRange(min=floors.K), default=floors.K, show_default=True)
@click.option(
    "--k-sensitive",
    type=click.IntRange(min=floors.K_SENSITIVE),
    default=floors.K_SENSITIVE,
    show_default=True,
)
@click.option(
    "--k-up", type=click.IntRange(min=floors.K_UP), default=floors.K_UP, show_default=True
)
@click.pass_obj
def create(
    directory: Path,
    wave_id: str,
    title: str,
    programme_id: str,
    number: int | None,
    form_id: str,
    selection: str,
    opens: datetime,
    closes: datetime,
    k: int,
    k_sensitive: int,
    k_up: int,
) -> None:
    """Plan wave WAVE_ID and freeze its form.

    Thresholds count people: a figure needs k answers (k-sensitive for sensitive questions), and
    every reporting unit and cell must hold k-up invited people. They can only be raised, and all
    that is given here can be corrected until the jobcenter has invited somebody.
    """
    home = Home.enter(directory)
    published = load.publish(load.form(form_id), load.wordings(form_id), selection)
    planned = Wave(
        wave_id=wave_id,
        programme_id=programme_id,
        number=number or _next_number(home, programme_id, form_id),
        form_id=form_id,
        form_version=published.version,
        opens_on=opens.date(),
        closes_on=closes.date(),
        state="planned",
        thresholds=Thresholds(k=k, k_sensitive=k_sensitive, k_up=k_up),
        title=title,
        mode=modes.of_form(form_id),
    )
    actions.create(home.database, planned, published, actor=shell_actor(), at=home.now())
    with home.database.read() as tx:
        kept = waves.find(tx, wave_id)
    click.echo(f"Wave {wave_id} is planned, titled {kept.title!r}.")
    click.echo(f"Form {form_id}, {len(published.form.questions)} questions, frozen.")
    if modes.is_invited(kept.mode):
        click.echo(f"Next, in the jobcenter: connector invite {wave_id}")
    else:
        click.echo(f"Next: survey wave open {wave_id}")
        click.echo(f"Then: survey kiosk add DEVICE --wave {wave_id} --place PLACE")


@wave.command("open")
@click.argument("wave_id")
@YES
@click.pass_obj
def open_(directory: Path, wave_id: str, yes: bool) -> None:
    """Open WAVE_ID: from now on codes work, and nothing that people were told can be changed.

    Needs the sample (connector push), the confirmed key ceremony (survey keys confirm) and the
    connector's word that codes can no longer be computed (connector letters --finish).
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        row = actions.refuse_unready(tx, wave_id, today=home.today())
    click.echo(line(row))
    agree("An open wave can only be prolonged or closed. Open it?", yes=yes)
    actions.open_wave(home.database, wave_id, actor=shell_actor(), at=home.now())
    click.echo(f"Wave {wave_id} is open.")


@wave.command()
@click.argument("wave_id")
@click.option("--because", default="", help="Why before the last day; goes into the log.")
@YES
@click.pass_obj
def close(directory: Path, wave_id: str, because: str, yes: bool) -> None:
    """Close WAVE_ID for good: codes stop, drafts and invitations are deleted, reports may run.

    Before its last day only for a reason. What people were told about deleting holds all the same:
    texts can be deleted with the code until that day is over, go to the comments on the day after
    it, by the worker, and a report that is frozen sooner has none.
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        row = waves.find(tx, wave_id)
    click.echo(line(row))
    reason = _reason(home, row, because)
    agree("A closed wave cannot be opened again. Close it?", yes=yes)
    wave_close.close(
        home.services(),
        wave_id,
        actor=shell_actor(),
        at=home.now(),
        because=reason,
        early=home.settings.demo,
    )
    home.database.rewrite()
    click.echo(f"Wave {wave_id} is closed.")
    if modes.has_report(row.mode):
        click.echo(f"Report: survey report satisfaction --wave {wave_id}")
    else:
        click.echo("Its answers are a chapter in the report of the next wave by letter.")


@wave.command("withdraw-form")
@click.argument("wave_id")
@YES
@click.pass_obj
def withdraw_form(directory: Path, wave_id: str, yes: bool) -> None:
    """Take the wording of WAVE_ID out of use at once, in every wave that asks it.

    Nobody can answer these waves any more, whoever has begun neither, and no other wave can be
    planned with this wording. Named first: all of them.
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        version = waves.find(tx, wave_id).form_version
        touched = [row for row in waves.list_all(tx) if row.form_version == version]
    click.echo("Nobody will be able to answer any more:")
    for row in touched:
        click.echo(f"  {line(row)}")
    agree("A wording cannot be put back into use. Withdraw it?", yes=yes)
    actions.withdraw_form(home.database, version, actor=shell_actor(), at=home.now())
    click.echo(f"Withdrawn: {', '.join(row.wave_id for row in touched)}")


@wave.command("list")
@click.pass_obj
def listed(directory: Path) -> None:
    """List the waves: short name, programme, number, state, days, title; never who answered."""
    home = Home.enter(directory)
    with home.database.read() as tx:
        gone = forms.withdrawn(tx)
        for row in waves.list_all(tx):
            unanswerable = row.form_version in gone and row.state not in ("closed", "withdrawn")
            click.echo(line(row) + ("  form withdrawn: nobody can answer" * unanswerable))


def _next_number(home: Home, programme_id: str, form_id: str) -> int:
    with home.database.read() as tx:
        return wave_plans.next_number(tx, programme_id, modes.of_form(form_id))


def _reason(home: Home, row: Wave, because: str) -> str:
    """The reason for closing early, and what early means; nothing is asked after the last day."""
    if row.state != "open" or home.today() > row.closes_on:
        return ""
    click.echo(f"People were told that they can answer until {row.closes_on}.")
    if modes.has_letters(row.mode):
        click.echo(
            "In a demo their texts go to the comments at once, and no code finds them then."
            if home.settings.demo
            else "Until then they can delete texts, which go to the comments on "
            f"{row.texts_leave_on}; a report frozen sooner has none."
        )
    reason = " ".join(because.split())
    if not 0 < len(reason) <= actions.LONGEST_REASON:
        raise click.UsageError(
            f"before the last day give a reason of at most {actions.LONGEST_REASON} characters: "
            '--because "…"'
        )
    return reason
