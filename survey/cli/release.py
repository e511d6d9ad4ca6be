"""`survey release`: hand over what people show, on the day it is due."""

from datetime import datetime
from pathlib import Path

import click

from survey.actions import releases
from survey.errors import Refused
from survey.home import Home, shell_actor

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def release() -> None:
    """What people chose to show their case manager. Nobody is told how many did."""


@release.command()
@click.option("--as-of", type=DAY, help="As if it were this day; in the future only in a demo.")
@click.pass_obj
def deliver(directory: Path, as_of: datetime | None) -> None:
    """Seal what is due to the connector, and delete what is past its end.

    The worker does this by itself every week. What people show waits a week at least, so that they
    can take it back, and is the connector's from the Monday after that.
    """
    home = Home.enter(directory)
    today = home.today()
    day = as_of.date() if as_of else today
    if day > today and not home.settings.demo:
        raise Refused(as_of=day, reason="people were told a day; only a demo may be early")
    early = today if day > today else None
    releases.hand_over_now(home.services(), day, actor=shell_actor(), at=home.now(), early=early)
    click.echo(f"Everything due by {day} lies ready for the connector.")
    click.echo("Next, in the jobcenter: connector pull")
