"""A synthetic jobcenter from export to report, and then the survey, served."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from survey.actions import house
from survey.demo import checks, commands, homes, journey, telling
from survey.demo.commands import Server
from survey.demo.errors import DemoStopped
from survey.demo.homes import FIRST, SECOND, Lived, Place
from survey.demo.telling import Fact
from survey.demo.world import World


def live(place: Place, *, check: bool, fresh: bool) -> None:
    """The whole journey, or, when it was lived before, the server at once.

    Raises:
        DemoStopped: with what to do about it
    """
    before = None if fresh else homes.lived(place)
    if before:
        place = Place(home=place.home, port=before.port)
    commands.refuse_taken(place.port)
    server = Server(place)
    with _ended(place, server):
        code = _again(place, server, before, check=check) if before else ""
        code = code or _journey(place, server, check=check, fresh=fresh)
        if not check:
            _invite(place, code)
            server.wait()
            raise DemoStopped("the server has ended by itself", log=place.own / "server.log")


def _again(place: Place, server: Server, before: Lived, *, check: bool) -> str:
    """Serve what was lived before; gives a code that is still unused."""
    if before.closes_on < house.today():
        raise DemoStopped(
            f"the demo's wave ended on {before.closes_on}", cure="begin anew by --fresh"
        )
    server.start()
    code = next((each for each in before.codes if checks.opens(place, each)), None)
    if code is None:
        raise DemoStopped("every code kept for this was used", cure="begin anew by --fresh")
    if check:
        click.echo("Lived before: only what stands is verified; --fresh --check does it all.")
        world = journey.standing(place, server, before, code)
        verified = sum(_verify(title, fact(world)) for title, fact in journey.STANDING)
        click.echo(f"\n{verified} facts verified.")
    return code


def _journey(place: Place, server: Server, *, check: bool, fresh: bool) -> str:
    """Live through every step; gives a code to try."""
    if fresh:
        homes.clear(place)
    elif homes.begun(place):
        raise DemoStopped(
            f"{place.home} holds an unfinished demo, or something else",
            cure=f".venv/bin/survey demo --home {place.home} --fresh deletes what it made there",
        )
    homes.begin(place)
    world = World(place=place, server=server, today=house.today())
    since, verified = time.monotonic(), 0
    for number, step in enumerate(journey.STEPS, 1):
        with telling.step(number, len(journey.STEPS), step.title) as line:
            step.do(world, line)
        if check:
            verified += _verify("", step.check(world))
    seconds = time.monotonic() - since
    more = f", {verified} facts verified" if check else ""
    click.echo(f"\n{len(journey.STEPS)} steps in {seconds:.0f} s{more}.")
    return world.letters[SECOND][0].code


def _verify(title: str, facts: Iterator[Fact]) -> int:
    count = 0
    for fact in facts:
        if not fact.holds:
            raise DemoStopped(f"this does not hold: {fact.said}")
        count += 1
    click.echo(f"        {title}{': ' if title else ''}{count} facts hold")
    return count


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
def _ended(place: Place, server: Server) -> Iterator[None]:
    """End the server whatever happens; Ctrl-C, or being told to end, is a way to end well."""
    asked = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, _interrupted) for number in asked]
    try:
        yield
    except KeyboardInterrupt as error:
        if homes.lived(place) is None:
            raise DemoStopped("interrupted", cure="begin anew by --fresh") from error
        click.echo("\nThe demo has ended; the same command starts it again.")
    finally:
        server.stop()
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)


def _interrupted(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
