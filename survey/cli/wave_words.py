"""How commands write a wave and read a day."""

import click

from survey.model import modes
from survey.model.waves import Wave

DAY = click.DateTime(["%Y-%m-%d"])


def line(each: Wave) -> str:
    """One line: short name, programme and number, state, days as they are, title."""
    days = f"{each.opens_on} to {each.last_day}"
    return f"{each.wave_id}  {each.programme_id} {each.number}  {each.state}  {days}{_more(each)}"


def _more(each: Wave) -> str:
    told = f"  {each.title}" if each.title else ""
    if each.closed_early:
        return f" (planned until {each.closes_on}){told}"
    if each.prolonged_from:
        said = "letters say" if modes.has_letters(each.mode) else "first told"
        return f" ({said} {each.prolonged_from}){told}"
    if each.state == "withdrawn":
        return f"{told}  withdrawn: {each.withdrawn_because}"
    return told
