"""How commands write a wave and read a day."""

import click

from survey.model import modes
from survey.model.waves import Wave

DAY = click.DateTime(["%Y-%m-%d"])


def line(wave: Wave) -> str:
    """One line: short name, programme and number, state, days as they are, title."""
    days = f"{wave.opens_on} to {wave.last_day}"
    return f"{wave.wave_id}  {wave.programme_id} {wave.number}  {wave.state}  {days}{_more(wave)}"


def _more(wave: Wave) -> str:
    title = f"  {wave.title}" if wave.title else ""
    if wave.closed_early:
        return f" (planned until {wave.closes_on}){title}"
    if wave.prolonged_from:
        source = "letters say" if modes.has_letters(wave.mode) else "first told"
        return f" ({source} {wave.prolonged_from}){title}"
    if wave.state == "withdrawn":
        return f"{title}  withdrawn: {wave.withdrawn_because}"
    return title
