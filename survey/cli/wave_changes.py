"""`survey wave correct`, `rename`, `withdraw`, `prolong`: what can still be changed, and when."""

from datetime import datetime
from pathlib import Path

import click

from survey.actions import wave_changes as actions
from survey.actions.wave_changes import Correction
from survey.cli.wave_words import DAY, line
from survey.command import YES, agree
from survey.form import load
from survey.form.load import Published
from survey.home import Home, shell_actor
from survey.model import modes
from survey.model.waves import Thresholds, Wave
from survey.store import forms, waves


@click.command()
@click.argument("wave_id")
@click.option("--title", help="Another title.")
@click.option("--opens", type=DAY, help="Another first day, e.g. 2026-11-02.")
@click.option("--closes", type=DAY, help="Another last day.")
@click.option("--form", "form_id", help="Another form.")
@click.option("--selection", help="Other questions of the form.")
@click.option("--k", type=click.IntRange(min=10), help="A higher threshold.")
@click.option("--k-sensitive", type=click.IntRange(min=20), help="A higher one for sensitive ones.")
@click.option("--k-up", type=click.IntRange(min=20), help="More invited people in every cell.")
@click.pass_obj
def correct(
    directory: Path,
    wave_id: str,
    title: str | None,
    opens: datetime | None,
    closes: datetime | None,
    form_id: str | None,
    selection: str | None,
    k: int | None,
    k_sensitive: int | None,
    k_up: int | None,
) -> None:
    """Correct the plan of WAVE_ID, as long as nobody is invited.

    What is not given stays. Thresholds can only be raised. Once the jobcenter has invited somebody,
    letters say what was planned: then a title can be changed (rename) and a later last day be set
    (prolong), nothing else.
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        old = waves.find(tx, wave_id)
        asked = load.published(forms.find(tx, old.form_version).body)
    limits = old.thresholds
    wanted = Correction(
        title=old.title if title is None else title,
        opens_on=opens.date() if opens else old.opens_on,
        closes_on=closes.date() if closes else old.closes_on,
        thresholds=Thresholds(
            k=k or limits.k,
            k_sensitive=k_sensitive or limits.k_sensitive,
            k_up=k_up or limits.k_up,
            comments=limits.comments,
        ),
        published=_published(old, asked, form_id, selection),
    )
    new = actions.correct(home.database, wave_id, wanted, actor=shell_actor(), at=home.now())
    click.echo(f"was: {line(old)}")
    click.echo(f"now: {line(new)}")


@click.command()
@click.argument("wave_id")
@click.argument("title")
@click.pass_obj
def rename(directory: Path, wave_id: str, title: str) -> None:
    """Give WAVE_ID another TITLE, at any time; a report that is frozen keeps the one it has."""
    home = Home.enter(directory)
    actions.rename(home.database, wave_id, title, actor=shell_actor(), at=home.now())
    with home.database.read() as tx:
        click.echo(line(waves.find(tx, wave_id)))


@click.command()
@click.argument("wave_id")
@click.option("--because", required=True, help="Why; stays with the wave and in the log.")
@YES
@click.pass_obj
def withdraw(directory: Path, wave_id: str, because: str, yes: bool) -> None:
    """Give up planned WAVE_ID, as long as nobody is invited.

    It stays in every list with the reason; its short name and its number are not given again. For
    the wording of a questionnaire see withdraw-form.
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        click.echo(line(waves.find(tx, wave_id)))
    agree("A withdrawn wave cannot be asked any more. Withdraw it?", yes=yes)
    actions.withdraw(home.database, wave_id, because=because, actor=shell_actor(), at=home.now())
    click.echo(f"Wave {wave_id} is withdrawn.")


@click.command()
@click.argument("wave_id")
@click.argument("until", type=DAY)
@YES
@click.pass_obj
def prolong(directory: Path, wave_id: str, until: datetime, yes: bool) -> None:
    """Set a later last day for open WAVE_ID: UNTIL, e.g. 2026-12-20.

    Pages say the new day at once, and until then people can answer and delete their texts. Letters
    go on saying the earlier one, which is kept. What people show ends by the day that letters say,
    so that it is never seen longer than somebody was told; a wave is prolonged by 12 weeks at most.
    """
    home = Home.enter(directory)
    with home.database.read() as tx:
        row = waves.find(tx, wave_id)
    click.echo(line(row))
    first = "Letters say" if modes.has_letters(row.mode) else "First told was"
    click.echo(f"{first} {row.letters_say}; the latest day possible is {actions.latest_day(row)}.")
    agree(
        f"People are told {until.date()} from now on, and it never gets earlier. Set it?", yes=yes
    )
    actions.prolong(home.database, wave_id, until.date(), actor=shell_actor(), at=home.now())
    click.echo(f"Wave {wave_id} is open until {until.date()}.")


def _published(
    old: Wave, asked: Published, form_id: str | None, selection: str | None
) -> Published | None:
    """The requested other form of a wave, None to keep its own."""
    if form_id is None and selection is None:
        return None
    form = form_id or old.form_id
    return load.publish(load.form(form), load.wordings(form), selection or asked.selection)
