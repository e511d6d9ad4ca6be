"""The one clock of a house: days begin at midnight in its own time zone, not in the machine's.

A container runs in UTC, and a wave that closes on the 30th must not go on until one in the morning
of the 1st. Whatever asks which day it is, or prints a time, asks here.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

GERMANY = "Europe/Berlin"


def zone(name: str) -> ZoneInfo:
    """The time zone of this name.

    Raises:
        ValueError: there is none
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}; write e.g. {GERMANY}") from error


def now(name: str = GERMANY) -> datetime:
    """The moment it is, with the zone of this name: its date is the day it is there."""
    return datetime.now(zone(name))


def today(name: str = GERMANY) -> date:
    """The day it is in the zone of this name."""
    return now(name).date()
