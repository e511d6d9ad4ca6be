"""A synthetic jobcenter from export to report, and then the survey, served."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import click

from survey.actions import house
from survey.demo import checks, commands, homes, telling
from survey.demo.commands import Server
from survey.demo.errors import DemoStopped
from survey.demo.homes import FIRST, SECOND, Lived, Place
from survey.demo.journey import STEPS
from survey.demo.world import World

# Long enough for a demo that stays on a desk for a season.
OPEN_DAYS = 90


def live(place: Place, *, check: bool, fresh: bool) -> None:
    """The whole journey, or, when it was lived before, the server at once.

    Raises:
        DemoStopped: with what to do about it
    """
    before = homes.lived(place)
    if before and not fresh:
        place = Place(home=place.home, port=before.port)
        _refuse_past(before)
    commands.refuse_taken(place.port)
    server = Server(place)
    with _ended(server):
        if before and not fresh:
            server.start()
            code = _unused(place, before)
        else:
            code = _journey(place, server, check=check, fresh=fresh)
        if not check:
            _invite(place, code)
            server.wait()
            raise DemoStopped("the server has ended by itself", log=place.own / "server.log")
        if before and not fresh:
            click.echo("The demo was complete before; --fresh --check lives and verifies it all.")


def _journey(place: Place, server: Server, *, check: bool, fresh: bool) -> str:
    if fresh:
        homes.clear(place)
    elif homes.begun(place):
        raise DemoStopped(
            f"{place.home} holds an unfinished demo, or something else",
            cure=f".venv/bin/survey demo --home {place.home} --fresh deletes what it made there",
        )
    homes.begin(place)
    today = house.today()
    closes_on = today + timedelta(days=OPEN_DAYS)
    world = World(place=place, server=server, today=today, closes_on=closes_on)
    since, verified = time.monotonic(), 0
    for number, step in enumerate(STEPS, 1):
        with telling.step(number, len(STEPS), step.title) as line:
            step.do(world, line)
        if check:
            verified += _verify(step.title, step.check(world))
    seconds = time.monotonic() - since
    more = f", {verified} facts verified" if check else ""
    click.echo(f"\n{len(STEPS)} steps in {seconds:.0f} s{more}.")
    return world.letters[SECOND][0].code


def _verify(title: str, facts: Iterator[telling.Fact]) -> int:
    count = 0
    for fact in facts:
        if not fact.holds:
            raise DemoStopped(f"{title}: this does not hold: {fact.said}")
        count += 1
    click.echo(f"        {count} facts hold")
    return count


def _refuse_past(before: Lived) -> None:
    if before.closes_on < house.today():
        raise DemoStopped(
            f"the demo's wave ended on {before.closes_on}", cure="begin anew by `--fresh`"
        )


def _unused(place: Place, before: Lived) -> str:
    """The first code of the letters kept that still opens the questionnaire."""
    for code in before.codes:
        if checks.opens(place, code):
            return code
    raise DemoStopped("every code kept for this was used", cure="begin anew by `--fresh`")


def _invite(place: Place, code: str) -> None:
    home = place.home
    telling.box(
        "The second wave is open. Answer as somebody who got this letter.",
        [
            ("Open", place.base_url),
            ("Code", f"{code}   not used yet"),
            ("As by QR", f"{place.base_url}/q#{code}"),
            ("Letters", str(place.posted(SECOND))),
            ("Report", str(place.report)),
            ("Findings", str(place.findings(FIRST))),
            ("Try", f".venv/bin/survey --home {home / 'survey'} wave list"),
            ("", f".venv/bin/survey --home {home / 'survey'} keys show"),
            ("", f".venv/bin/connector --home {home / 'connector'} settings"),
            ("Everybody in it is invented. Ctrl-C ends.", ""),
        ],
    )


@contextmanager
def _ended(server: Server) -> Iterator[None]:
    """End the server whatever happens; Ctrl-C, or being told to end, is a way to end well."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupted)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nThe demo has ended; the same command starts it again.")
    finally:
        server.stop()


def _interrupted(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
